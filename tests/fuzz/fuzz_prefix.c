/* The leading #include lines of a stranger's source: what is read must really stand
 * there. */
#include "analyzer/workers/prefix.h"
#include "core/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_line(const char *source, size_t size, const char *line)
{
	size_t len = strlen(line);
	char close = line[0] == '<' ? '>' : '"';

	if (len < 2 || (line[0] != '<' && line[0] != '"') || line[len - 1] != close ||
		strchr(line, '\n') || !memmem(source, size, line, len))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *lines[PREFIX_MAX_LINES], *line;
	struct arena arena = {0};
	char *source =
		malloc(size ? size : 1); /* of exact size: a read past it is seen */
	size_t count;

	if (!source)
		return 0;
	if (size)
		memcpy(source, data, size);
	count = prefix_read_includes(&arena, source, size, lines, PREFIX_MAX_LINES);
	if (count > PREFIX_MAX_LINES)
		abort();
	for (size_t i = 0; i < count; i++)
		check_line(source, size, lines[i]);
	line = prefix_include_line(&arena, source, source + size);
	if (line)
		check_line(source, size, line);
	arena_release(&arena);
	free(source);
	return 0;
}
