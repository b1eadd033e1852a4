/* An example of a file with something wrong in it. */
#ifndef PCARCH_TESTS_UNIT_EDITED_FILE_H
#define PCARCH_TESTS_UNIT_EDITED_FILE_H

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <string.h>

struct edit {
	const char *anchor, *from, *to; /* the first `from` after `anchor` becomes `to` */
};

static inline void edit_file(struct text *out, const char *path, const struct edit *edit)
{
	struct arena arena = {0};
	struct error err;
	char *example = file_read(&arena, path, NULL, &err), *at;

	cr_assert(example, "%s", err.text);
	at = strstr(example, edit->anchor);
	cr_assert(at, "no %s in the example", edit->anchor);
	at = strstr(at, edit->from);
	cr_assert(at, "no %s after %s", edit->from, edit->anchor);
	text_add_bytes(out, example, (size_t)(at - example));
	text_add(out, edit->to);
	text_add(out, at + strlen(edit->from));
	arena_release(&arena);
}

#endif
