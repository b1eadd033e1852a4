#include "analyzer/compiler_line.h"

#include "core/arena.h"
#include "core/compdb_merge.h"

#include <stdbool.h>
#include <string.h>

/* The value of `flag` at `i`, joined or the next argument; NULL: it is another flag. */
static const char *value_of(const char *const *arguments, size_t narguments, size_t i,
	const char *flag)
{
	size_t len = strlen(flag);

	if (strncmp(arguments[i], flag, len) != 0)
		return NULL;
	if (arguments[i][len])
		return arguments[i] + len;
	return i + 1 < narguments ? arguments[i + 1] : NULL;
}

static const char *default_depfile(struct arena *arena, const char *output)
{
	const char *dot = strrchr(basename(output), '.');
	size_t len = dot ? (size_t)(dot - output) : strlen(output);

	return arena_printf(arena, "%.*s.d", (int)len, output);
}

void compiler_line_read(struct arena *arena, const char *const *arguments,
	size_t narguments, struct compiler_line *out)
{
	struct compiler_line line = {.output = compile_output(arguments, narguments)};
	const char *file = NULL;
	bool wants_depfile = false;

	for (size_t i = 1; i < narguments; i++) {
		const char *named = value_of(arguments, narguments, i, "-MF");

		if (named)
			file = named;
		if (strcmp(arguments[i], "-MD") == 0 || strcmp(arguments[i], "-MMD") == 0)
			wants_depfile = true;
	}
	if (wants_depfile && file)
		line.depfile = file;
	else if (wants_depfile && line.output)
		line.depfile = default_depfile(arena, line.output);
	*out = line;
}
