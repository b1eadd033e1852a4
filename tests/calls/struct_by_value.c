/* A struct with a function travels by value: returned, passed, copied, and taken apart. */
struct closure {
	int (*run)(int);
	int bound;
};

struct pair {
	struct closure left, right;
};

static int add(int x)
{
	return x + 1;
}

static int square(int x)
{
	return x * x;
}

static struct closure make(int (*f)(int), int bound)
{
	struct closure result;

	result.run = f;
	result.bound = bound;
	return result;
}

static int call(struct closure c)
{
	return c.run(c.bound); /* -> add, square; closed */
}

static struct pair both(struct closure a, struct closure b)
{
	struct pair pair = {b, a};

	return pair;
}

int main(void)
{
	struct pair pair = both(make(add, 1), make(square, 3));
	struct pair copy;
	int (*last)(int);

	copy = pair;
	last = both(copy.left, copy.right).left.run;
	return call(copy.left) + call(copy.right) + last(1) == 13 ? 0 : 1; /* -> call, add, square (may); closed */
}
