/* Closures made of closures: a function that is made when it runs, with its parts on the heap. */
#include <stdlib.h>

struct closure {
	int (*run)(const struct closure *self, int x);
	const struct closure *parts[2];
	int (*plain)(int);
};

static int increment(int x)
{
	return x + 1;
}

static int square(int x)
{
	return x * x;
}

static int run_plain(const struct closure *self, int x)
{
	return self->plain(x); /* -> increment, square; closed */
}

static int run_both(const struct closure *self, int x)
{
	int inner = self->parts[1]->run(self->parts[1], x); /* -> run_plain, run_both; closed */

	return self->parts[0]->run(self->parts[0], inner); /* -> run_plain, run_both (not run); closed */
}

static struct closure *closure_new(struct closure value)
{
	struct closure *closure = malloc(sizeof(*closure));

	if (!closure)
		abort();
	*closure = value;
	return closure;
}

static struct closure *lift(int (*f)(int))
{
	return closure_new((struct closure){.run = run_plain, .plain = f});
}

static struct closure *compose(const struct closure *f, const struct closure *g)
{
	return closure_new((struct closure){run_both, {f, g}, NULL});
}

int main(void)
{
	struct closure *f = lift(increment), *g = lift(square), *h = compose(f, g), *k = compose(f, h);
	int result = k->run(k, 3); /* -> run_both, run_plain (may); closed */

	free(f);
	free(g);
	free(h);
	free(k);
	return result == 11 ? 0 : 1;
}
