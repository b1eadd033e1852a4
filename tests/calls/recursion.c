/* Functions that call themselves and each other through what they are given. */
typedef int (*walker)(int depth, void *self);

static int down(int depth, void *self);

static int sideways(int depth, void *self)
{
	walker *next = self;

	return depth ? (*next)(depth - 1, next) + 1 : 0; /* -> down; closed */
}

static int down(int depth, void *self)
{
	walker next = depth % 2 ? sideways : down;

	return depth ? next(depth - 1, self) + 1 : 0; /* -> sideways, down; closed */
}

static int factorial(int n, int (*self)(int, int (*)()))
{
	return n < 2 ? 1 : n * self(n - 1, (int (*)(int, int (*)()))self); /* -> factorial; closed */
}

int main(void)
{
	walker start = down;

	return start(6, &start) == 6 && factorial(4, (int (*)(int, int (*)()))factorial) == 24 ? 0 : 1; /* -> down, factorial; closed */
}
