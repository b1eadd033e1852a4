/* Any bytes as a source: comments are found in it, in order, at lines that it has. */
#include "diff/report/source_comments.h"

#include "core/arena.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = {0};
	struct source_comments found =
		source_comments_find(&arena, (const char *)data, size);
	unsigned nlines = 1, line = 1;

	for (size_t i = 0; i < size; i++)
		nlines += data[i] == '\n';
	for (size_t i = 0; i < found.count; i++) {
		const struct source_comment *comment = &found.items[i];

		if (comment->line < line || comment->covers < comment->line ||
			comment->covers > nlines)
			abort();
		line = comment->line;
	}
	arena_release(&arena);
	return 0;
}
