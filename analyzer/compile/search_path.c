#include "analyzer/compile/search_path.h"

#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/text.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_directory(struct search_path *search, struct arena *arena,
	const char *base, const char *directory)
{
	char path[PATH_MAX];
	scoped_text joined = {0};

	if (directory[0] != '/')
		text_printf(&joined, "%s/", base);
	text_add(&joined, directory);
	if (!realpath(joined.bytes, path))
		return;
	search->directories[search->ndirectories++] =
		(struct search_directory){arena_strdup(arena, path), strlen(path)};
}

/* The directory that argument `i` names with `flag`, joined or next; or "". */
static const char *directory_of(const struct scan_unit *unit, size_t i, const char *flag)
{
	const char *argument = unit->arguments[i];

	if (!text_has_prefix(argument, flag))
		return "";
	if (argument[strlen(flag)])
		return argument + strlen(flag);
	return i + 1 < unit->narguments ? unit->arguments[i + 1] : "";
}

static void add_flagged(struct search_path *search, struct arena *arena,
	const struct scan_unit *unit, const char *flag)
{
	for (size_t i = 0; i < unit->narguments; i++) {
		const char *directory = directory_of(unit, i, flag);

		if (*directory)
			add_directory(search, arena, unit->directory, directory);
	}
}

void search_path_read(struct arena *arena, const struct scan_unit *unit,
	struct search_path *out)
{
	static const char multiarch[] = "/usr/include/" PCARCH_TRIPLE;
	static const char *const system[] = {
		"/usr/local/include", multiarch, "/usr/include"};
	const size_t nsystem = sizeof(system) / sizeof(system[0]);
	const char *slash = strrchr(unit->file, '/');
	struct search_path search = {0};
	scoped_text own = {0};

	search.directories = arena_alloc(arena,
		(unit->narguments + nsystem + 1) * sizeof(*search.directories));
	text_add_bytes(&own, unit->file, slash ? (size_t)(slash - unit->file) : 0);
	add_directory(&search, arena, unit->directory, text_string(&own));
	add_flagged(&search, arena, unit, "-iquote");
	search.nquoted = search.ndirectories;
	add_flagged(&search, arena, unit, "-I");
	add_flagged(&search, arena, unit, "-isystem");
	for (size_t i = 0; i < nsystem; i++)
		add_directory(&search, arena, "/", system[i]);
	add_flagged(&search, arena, unit, "-idirafter");
	*out = search;
}

static const char *in_directory(struct arena *arena, const char *directory, size_t len,
	const char *line)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%.*s/%.*s", (int)len, directory,
		(int)strlen(line) - 2, line + 1);

	if (n < 0 || (size_t)n >= sizeof(path) || access(path, R_OK) < 0)
		return NULL;
	return arena_copy(arena, path, (size_t)n);
}

const char *search_path_find(const struct search_path *search, struct arena *arena,
	const char *from, const char *line)
{
	bool is_quoted = line[0] == '"';
	const char *slash = from ? strrchr(from, '/') : NULL;
	const char *found = NULL;

	if (line[1] == '/')
		return in_directory(arena, "", 0, line);
	if (is_quoted && slash)
		found = in_directory(arena, from, (size_t)(slash - from), line);
	for (size_t i = is_quoted ? 0 : search->nquoted;
		!found && i < search->ndirectories; i++)
		found = in_directory(arena, search->directories[i].path,
			search->directories[i].len, line);
	return found;
}
