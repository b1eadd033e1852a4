/* A struct that ends in an array of functions, as long as its memory; and GNU's of length 0. */
/* build: -w */
#include <stdlib.h>

struct chain {
	size_t count;
	int (*links[])(int);
};

struct old_chain {
	int (*first)(int);
	int (*rest[0])(int);
};

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static struct chain constant = {2, {two, two}};

int main(void)
{
	struct chain *chain = malloc(sizeof(*chain) + 2 * sizeof(chain->links[0]));
	struct old_chain *old = malloc(sizeof(*old) + sizeof(old->rest[0]));
	int sum = 0;

	if (!chain || !old)
		return 1;
	chain->count = 2;
	chain->links[0] = one;
	*(chain->links + 1) = two;
	old->rest[0] = one;
	for (size_t i = 0; i < chain->count; i++)
		sum += chain->links[i](0); /* -> one, two; closed */
	sum += constant.links[1](0); /* -> two, one (may); closed */
	sum += old->rest[0](0); /* -> one; closed */
	free(chain);
	free(old);
	return sum == 6 ? 0 : 1;
}
