#include "analyzer/cache/lookups.h"

#include "analyzer/compile/search_path.h"
#include "core/arena.h"
#include "core/text.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uthash.h>

struct candidate {
	UT_hash_handle hh;
	bool is_absent;
	unsigned unit; /* the last one that it was listed for */
	size_t len;
	char path[];
};

struct lookups {
	struct arena arena;
	struct candidate *candidates;
	unsigned unit; /* number of the one at hand */
	size_t nabsent;
	struct text *out;
};

struct lookups *lookups_new(void)
{
	struct lookups *lookups = xmalloc(sizeof(*lookups));

	*lookups = (struct lookups){0};
	return lookups;
}

void lookups_free(struct lookups *lookups)
{
	HASH_CLEAR(hh, lookups->candidates);
	arena_release(&lookups->arena);
	free(lookups);
}

static struct candidate *find(struct lookups *lookups, const char *path, size_t len)
{
	struct candidate *candidate;

	HASH_FIND(hh, lookups->candidates, path, len, candidate);
	if (candidate)
		return candidate;
	candidate = arena_alloc(&lookups->arena, sizeof(*candidate) + len + 1);
	memcpy(candidate->path, path, len);
	candidate->len = len;
	candidate->is_absent = access(candidate->path, F_OK) < 0;
	HASH_ADD(hh, lookups->candidates, path, len, candidate);
	return candidate;
}

/* List what is missing on the way to `name` in `directory`; its first missing part is
 * enough. */
static void try_candidate(struct lookups *lookups,
	const struct search_directory *directory, const char *name)
{
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), "%s/%s", directory->path, name);

	if (len < 0 || (size_t)len >= sizeof(path))
		return;
	for (const char *end = path + directory->len; end;) {
		struct candidate *candidate;

		end = strchr(end + 1, '/');
		candidate = find(lookups, path, end ? (size_t)(end - path) : (size_t)len);
		if (!candidate->is_absent)
			continue;
		if (candidate->unit != lookups->unit) {
			candidate->unit = lookups->unit;
			text_add_bytes(lookups->out, candidate->path, candidate->len + 1);
			lookups->nabsent++;
		}
		return;
	}
}

/* `path` may have been found through any directory above it: try all that come before. */
static void look_for(struct lookups *lookups, const struct search_path *search,
	const char *path)
{
	const struct search_directory *directories = search->directories;

	for (size_t d = 1; d < search->ndirectories; d++) {
		size_t len = directories[d].len;

		if (strncmp(path, directories[d].path, len) != 0 || path[len] != '/')
			continue;
		for (size_t earlier = 0; earlier < d; earlier++)
			try_candidate(lookups, &directories[earlier], path + len + 1);
	}
}

size_t lookups_absent(struct lookups *lookups, const struct scan_unit *unit,
	const struct text *paths, size_t npaths, struct text *out)
{
	struct arena arena = {0};
	struct search_path search;
	const char *path = text_string(paths);

	search_path_read(&arena, unit, &search);
	lookups->unit++;
	lookups->nabsent = 0;
	lookups->out = out;
	for (size_t i = 0; i < npaths; i++, path += strlen(path) + 1)
		look_for(lookups, &search, path);
	arena_release(&arena);
	return lookups->nabsent;
}
