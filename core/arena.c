#include "core/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	BLOCK_BYTES = 64 * 1024,
	ALIGNMENT = 16
};

struct arena_block {
	struct arena_block *next;
	_Alignas(ALIGNMENT) char bytes[];
};

static void out_of_memory(size_t size)
{
	fprintf(stderr, "pcarch: error: out of memory (%zu bytes wanted)\n", size);
	exit(4);
}

void *xmalloc(size_t size)
{
	void *memory = malloc(size ? size : 1);

	if (!memory)
		out_of_memory(size);
	return memory;
}

void *xrealloc(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);

	if (!memory)
		out_of_memory(size);
	return memory;
}

char *xstrdup(const char *string)
{
	size_t size = strlen(string) + 1;

	return memcpy(xmalloc(size), string, size);
}

void *grow(void *items, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return items;
	*room = *room ? *room * 2 : 16;
	if (*room > SIZE_MAX / size)
		out_of_memory(SIZE_MAX);
	return xrealloc(items, *room * size);
}

void arena_release(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	*arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
	if (arena->total_bytes > arena->size || arena->size > BLOCK_BYTES)
		arena_release(arena);
	arena->used = 0;
	arena->total_bytes = 0;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size_t need = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	char *memory;

	if (need < size)
		out_of_memory(size);
	if (!arena->blocks || need > arena->size - arena->used) {
		size_t room = need > BLOCK_BYTES ? need : BLOCK_BYTES;
		struct arena_block *block = xmalloc(sizeof(*block) + room);

		block->next = arena->blocks;
		arena->blocks = block;
		arena->size = room;
		arena->used = 0;
	}
	memory = arena->blocks->bytes + arena->used;
	arena->used += need;
	arena->total_bytes += need;
	return memset(memory, 0, need);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	if (len)
		memcpy(copy, bytes, len);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *string)
{
	return arena_copy(arena, string, strlen(string));
}

char *arena_vprintf(struct arena *arena, const char *fmt, va_list args)
{
	va_list again;
	char *string;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	string = arena_alloc(arena, (size_t)(len < 0 ? 0 : len) + 1);
	if (len > 0)
		vsnprintf(string, (size_t)len + 1, fmt, again);
	va_end(again);
	return string;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
	va_list args;
	char *string;

	va_start(args, fmt);
	string = arena_vprintf(arena, fmt, args);
	va_end(args);
	return string;
}
