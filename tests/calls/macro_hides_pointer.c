/* A macro of a function's name that calls through a pointer, and one that takes it back. */
#include <stdlib.h>

static void *counted(size_t size);

static void *(*allocate)(size_t) = counted;
static int calls;

#define malloc(size) (*allocate)(size)
#define run(object) ((object).run)
#define unless_null(f, ...) ((f) ? (f)(__VA_ARGS__) : 0)

struct object {
	int (*run)(int);
};

static int one(int x)
{
	return x + 1;
}

static void *counted(size_t size)
{
	calls++;
	return (malloc)(size);
}

int main(void)
{
	struct object object = {one}, empty = {0};
	void *memory = malloc(4); /* -> counted; closed */
	int sum = run(object)(0); /* -> one; closed */

	free(memory);
	sum += unless_null(object.run, 1); /* -> one; closed */
	sum += unless_null(empty.run, 1); /* -> one (may); closed */
	return sum + calls == 4 ? 0 : 1;
}
