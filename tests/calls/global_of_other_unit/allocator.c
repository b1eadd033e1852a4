/* Pointers that other units set directly; defaults that are library functions. */
#include "allocator.h"

#include <stdlib.h>

struct allocator allocator = {malloc, free};
int (*on_failure)(size_t);

void *get_memory(size_t size)
{
	void *memory = allocator.get(size); /* -> malloc, get_static; closed */

	if (!memory && on_failure && on_failure(size)) /* -> give_up; closed */
		return NULL;
	return memory;
}

void put_memory(void *memory)
{
	allocator.put(memory); /* -> free, put_static; closed */
}
