/* Obstacks take their allocator from macros, and call it from the library. */
/* build: -Wno-pointer-arith -Wno-cast-function-type */
#include <obstack.h>
#include <stdlib.h>

struct item {
	int (*run)(int);
};

static int allocated;

static void *allocate(size_t size)
{
	allocated++;
	return malloc(size);
}

static void release(void *memory)
{
	allocated--;
	free(memory);
}

#define obstack_chunk_alloc allocate
#define obstack_chunk_free release

static int one(int x)
{
	return x + 1;
}

int main(void)
{
	struct obstack stack;
	struct item *item;
	int sum;

	obstack_init(&stack); /* -> _obstack_begin, allocate, release (may); sound */
	item = obstack_alloc(&stack, sizeof(*item)); /* -> _obstack_newchunk (may); sound +extra */
	item->run = one;
	sum = item->run(0); /* -> one; closed */
	obstack_free(&stack, NULL); /* -> release (run only); sound +extra */
	return sum == 1 && allocated == 0 ? 0 : 1;
}
