/* build: -fno-strict-aliasing */
/* A pointer to a struct is one to its first member, and to that one's first: a function. */
typedef int (*method)(int);

struct base {
	method run;
};

struct derived {
	struct base base;
	int number;
};

static int initial(int x)
{
	return x + 1;
}

static int patched(int x)
{
	return x + 2;
}

static int other(int x)
{
	return x + 4;
}

static void patch(void *object)
{
	*(method *)object = patched;
}

static int run_base(struct base *base)
{
	return base->run(0); /* -> other, patched (may), initial (may); sound */
}

int main(void)
{
	struct derived derived = {{initial}, 1}, second = {{initial}, 2};

	patch(&derived);
	((struct base *)&second)->run = other;
	return derived.base.run(0) + run_base(&second.base) == 6 ? 0 : 1; /* -> patched, run_base, initial (may), other (may); sound */
}
