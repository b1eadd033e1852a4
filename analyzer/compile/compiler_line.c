#include "analyzer/compile/compiler_line.h"

#include "core/arena.h"
#include "core/compdb_merge.h"

#include <stdbool.h>
#include <string.h>

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
		if (strncmp(arguments[i], "-MF", 3) == 0 && arguments[i][3])
			file = arguments[i] + 3;
		else if (strcmp(arguments[i], "-MF") == 0 && i + 1 < narguments)
			file = arguments[i + 1];
		if (strcmp(arguments[i], "-MD") == 0 || strcmp(arguments[i], "-MMD") == 0)
			wants_depfile = true;
	}
	if (wants_depfile && file)
		line.depfile = file;
	else if (wants_depfile && line.output)
		line.depfile = default_depfile(arena, line.output);
	*out = line;
}
