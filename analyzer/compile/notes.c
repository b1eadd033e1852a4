#include "analyzer/compile/notes.h"

#include "core/arena.h"
#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <uthash.h>

struct note {
	const char *key, *text;
	size_t count;
	UT_hash_handle hh;
};

void notes_add(struct notes *notes, const char *key, const char *fmt, ...)
{
	struct note *note;
	char text[1024];
	va_list args;

	HASH_FIND_STR(notes->notes, key, note);
	if (note) {
		note->count++;
		return;
	}
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	note = arena_alloc(notes->arena, sizeof(*note));
	note->key = arena_strdup(notes->arena, key);
	note->text = arena_strdup(notes->arena, text);
	note->count = 1;
	HASH_ADD_KEYPTR(hh, notes->notes, note->key, strlen(note->key), note);
}

const char *const *notes_list(const struct notes *notes, size_t *count)
{
	size_t n = HASH_COUNT(notes->notes), i = 0;
	const char **list = arena_alloc(notes->arena, n * sizeof(*list));

	for (const struct note *note = notes->notes; note; note = note->hh.next) {
		list[i++] = note->count == 1
				    ? note->text
				    : arena_printf(notes->arena, "%s (and %zu more)",
					      note->text, note->count - 1);
	}
	*count = n;
	return list;
}

void notes_release(struct notes *notes)
{
	HASH_CLEAR(hh, notes->notes);
}
