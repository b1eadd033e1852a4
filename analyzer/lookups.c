#include "analyzer/lookups.h"

#include "analyzer/units.h"
#include "core/arena.h"
#include "core/interner.h"
#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_DIRECTORIES = 256 };

struct lookups {
	struct arena arena;
	struct interner seen; /* candidates that have been tried */
	const char *directories[MAX_DIRECTORIES]; /* in the order of the search */
	size_t lengths[MAX_DIRECTORIES];
	size_t ndirectories, nabsent;
	struct text *out;
};

static void add_directory(struct lookups *lookups, const char *base, const char *directory)
{
	char path[PATH_MAX];
	scoped_text joined = {0};

	if (directory[0] != '/')
		text_printf(&joined, "%s/", base);
	text_add(&joined, directory);
	if (!realpath(joined.bytes, path) || lookups->ndirectories == MAX_DIRECTORIES)
		return;
	lookups->lengths[lookups->ndirectories] = strlen(path);
	lookups->directories[lookups->ndirectories++] = arena_strdup(&lookups->arena, path);
}

/* The directory that `arguments[i]` names, joined to the flag or after it; or NULL. */
static const char *directory_of(const struct scan_unit *unit, size_t i, const char *flag)
{
	size_t len = strlen(flag);
	const char *argument = unit->arguments[i];

	if (strncmp(argument, flag, len) != 0)
		return NULL;
	if (argument[len])
		return argument + len;
	return i + 1 < unit->narguments ? unit->arguments[i + 1] : NULL;
}

static void add_directories(struct lookups *lookups, const struct scan_unit *unit)
{
	static const char *const flags[] = {"-iquote", "-I", "-isystem", "-idirafter"};
	const char *slash = strrchr(unit->file, '/');
	scoped_text own = {0};

	text_add_bytes(&own, unit->file, slash ? (size_t)(slash - unit->file) : 0);
	add_directory(lookups, unit->directory, text_string(&own));
	for (size_t f = 0; f < sizeof(flags) / sizeof(flags[0]); f++)
		for (size_t i = 0; i < unit->narguments; i++) {
			const char *directory = directory_of(unit, i, flags[f]);

			if (directory)
				add_directory(lookups, unit->directory, directory);
		}
	add_directory(lookups, "/", "/usr/local/include");
	add_directory(lookups, "/", "/usr/include");
}

static void try_candidate(struct lookups *lookups, const char *directory, const char *name)
{
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), "%s/%s", directory, name);
	size_t known = lookups->seen.count;

	if (len < 0 || (size_t)len >= sizeof(path))
		return;
	intern(&lookups->seen, path, (size_t)len);
	if (lookups->seen.count == known || access(path, F_OK) == 0)
		return;
	text_add_bytes(lookups->out, path, (size_t)len + 1);
	lookups->nabsent++;
}

/* `path` may have been found through any directory above it: try all that come before. */
static void look_for(struct lookups *lookups, const char *path)
{
	for (size_t d = 1; d < lookups->ndirectories; d++) {
		size_t len = lookups->lengths[d];

		if (strncmp(path, lookups->directories[d], len) != 0 || path[len] != '/')
			continue;
		for (size_t earlier = 0; earlier < d; earlier++)
			try_candidate(lookups, lookups->directories[earlier], path + len + 1);
	}
}

size_t lookups_absent(const struct scan_unit *unit, const struct text *paths, size_t npaths,
	struct text *out)
{
	struct lookups lookups = {.out = out};
	const char *path = text_string(paths);
	size_t nabsent;

	lookups.seen.arena = &lookups.arena;
	add_directories(&lookups, unit);
	for (size_t i = 0; i < npaths; i++, path += strlen(path) + 1)
		look_for(&lookups, path);
	nabsent = lookups.nabsent;
	interner_release(&lookups.seen);
	arena_release(&lookups.arena);
	return nabsent;
}
