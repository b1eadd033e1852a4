/* build: -fno-strict-aliasing */
/* Two struct types of one layout: written through one, called through the other. */
#include <stdlib.h>

struct public_view {
	int kind;
	int (*run)(int);
};

struct private_view {
	int kind;
	int (*execute)(int);
	int count;
};

struct header {
	void *ignored;
	int (*first)(int);
};

static int hidden(int x)
{
	return x + 1;
}

static int other(int x)
{
	return x + 2;
}

static struct public_view *create(void)
{
	struct private_view *view = calloc(1, sizeof(*view));

	if (!view)
		abort();
	view->execute = hidden;
	return (struct public_view *)view;
}

int main(void)
{
	struct public_view *view = create();
	void *memory[2] = {NULL, (void *)other};
	int sum = view->run(0); /* -> hidden; sound */

	sum += ((struct header *)memory)->first(0); /* -> other; sound */
	free(view);
	return sum == 3 ? 0 : 1;
}
