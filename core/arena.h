/*
 * One command's memory: allocate, link, drop whole. Nothing in an arena is freed alone or
 * outlives it. Running out of memory ends the program with one line on stderr.
 */
#ifndef PCARCH_CORE_ARENA_H
#define PCARCH_CORE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
	size_t used, size; /* of the newest block, in bytes */
	size_t total_bytes; /* handed out so far */
};

/* A zeroed struct is an empty arena. */
void arena_release(struct arena *arena);

/* Drop what is in it, and keep a small block for what comes next. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type. `size` 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of `len` bytes of `bytes`, with a NUL after them. */
char *arena_copy(struct arena *arena, const char *bytes, size_t len);
char *arena_strdup(struct arena *arena, const char *string);

/* A formatted string. */
char *arena_printf(struct arena *arena, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *fmt, va_list args)
	__attribute__((format(printf, 2, 0)));

/* malloc and realloc that end the program when memory is gone; free() the result. */
void *xmalloc(size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *string);

/*
 * Make room for one more element of `size` bytes in the heap array `items` that holds
 * `count` of `*room`; returns the array, perhaps moved. Grows by doubling.
 */
void *grow(void *items, size_t count, size_t *room, size_t size);

#endif
