#include "analyzer/lookups.h"

#include "analyzer/search_path.h"
#include "core/arena.h"
#include "core/interner.h"
#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct lookups {
	struct arena arena;
	struct interner seen; /* candidates that have been tried */
	struct search_path search;
	size_t nabsent;
	struct text *out;
};

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
	const struct search_directory *directories = lookups->search.directories;

	for (size_t d = 1; d < lookups->search.ndirectories; d++) {
		size_t len = directories[d].len;

		if (strncmp(path, directories[d].path, len) != 0 || path[len] != '/')
			continue;
		for (size_t earlier = 0; earlier < d; earlier++)
			try_candidate(lookups, directories[earlier].path, path + len + 1);
	}
}

size_t lookups_absent(const struct scan_unit *unit, const struct text *paths, size_t npaths,
	struct text *out)
{
	struct lookups lookups = {.out = out};
	const char *path = text_string(paths);
	size_t nabsent;

	lookups.seen.arena = &lookups.arena;
	search_path_read(&lookups.arena, unit, &lookups.search);
	for (size_t i = 0; i < npaths; i++, path += strlen(path) + 1)
		look_for(&lookups, path);
	nabsent = lookups.nabsent;
	interner_release(&lookups.seen);
	arena_release(&lookups.arena);
	return nabsent;
}
