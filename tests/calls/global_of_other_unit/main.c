#include "allocator.h"

static char block[64];
static int failures;

static void *get_static(size_t size)
{
	return size > sizeof(block) ? NULL : block;
}

static void put_static(void *memory)
{
	(void)memory;
}

static int give_up(size_t size)
{
	failures++;
	return size > 0;
}

int main(void)
{
	put_memory(get_memory(8));
	on_failure = give_up;
	allocator.get = get_static;
	allocator.put = put_static;
	put_memory(get_memory(8));
	return get_memory(1000) || failures != 1;
}
