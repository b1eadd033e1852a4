#include "analyzer/clang/sources.h"

#include "analyzer/clang/string.h"
#include "analyzer/facts/facts_builder.h"
#include "analyzer/workers/extractor.h"
#include "core/arena.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* A name as libclang gives it, and the file that it leads to from one directory. */
struct resolved {
	UT_hash_handle hh;
	const char *path;
	char name[]; /* absolute, or below the current directory */
};

/* A file of the current unit. */
struct numbered {
	UT_hash_handle hh;
	CXFile file;
	uint32_t index;
};

struct sources {
	struct arena arena; /* of `resolved` */
	struct resolved *resolved;
	char *directory; /* that relative names in `resolved` belong to */
	CXTranslationUnit tu;
	struct facts_builder *facts;
	struct arena unit_arena;
	struct numbered *numbered;
	CXFile last; /* most look-ups ask for the same file again */
	uint32_t last_index;
};

struct sources *sources_new(void)
{
	struct sources *sources = xmalloc(sizeof(*sources));

	*sources = (struct sources){0};
	return sources;
}

static void forget_names(struct sources *sources)
{
	HASH_CLEAR(hh, sources->resolved);
	arena_release(&sources->arena);
	free(sources->directory);
	sources->directory = NULL;
}

static void forget_unit(struct sources *sources)
{
	HASH_CLEAR(hh, sources->numbered);
	arena_release(&sources->unit_arena);
	sources->last = NULL;
}

void sources_free(struct sources *sources)
{
	forget_unit(sources);
	forget_names(sources);
	free(sources);
}

void sources_begin(struct sources *sources, CXTranslationUnit tu,
	struct facts_builder *facts)
{
	char *directory = realpath(".", NULL);

	forget_unit(sources);
	if (!directory || !sources->directory ||
		strcmp(directory, sources->directory) != 0) {
		forget_names(sources);
		sources->directory = directory;
	} else {
		free(directory);
	}
	sources->tu = tu;
	sources->facts = facts;
}

static const char *resolve(struct sources *sources, CXFile file)
{
	scoped_cxstring name = clang_getFileName(file);
	const char *string = clang_getCString(name);
	size_t len = strlen(string);
	char path[PATH_MAX];
	struct resolved *entry;

	HASH_FIND(hh, sources->resolved, string, len, entry);
	if (entry)
		return entry->path;
	entry = arena_alloc(&sources->arena, sizeof(*entry) + len + 1);
	memcpy(entry->name, string, len);
	/* A file that is gone by now keeps the name it had. */
	entry->path =
		arena_strdup(&sources->arena, realpath(string, path) ? path : string);
	HASH_ADD(hh, sources->resolved, name, len, entry);
	return entry->path;
}

uint32_t sources_index(struct sources *sources, CXFile file)
{
	struct numbered *entry;

	if (!file)
		return FACTS_NONE;
	if (file == sources->last)
		return sources->last_index;
	HASH_FIND_PTR(sources->numbered, &file, entry);
	if (!entry) {
		struct facts_file facts_file = {
			.path = facts_intern(sources->facts, resolve(sources, file)),
		};

		entry = arena_alloc(&sources->unit_arena, sizeof(*entry));
		entry->file = file;
		entry->index = facts_add_file(sources->facts, facts_file);
		HASH_ADD_PTR(sources->numbered, file, entry);
	}
	sources->last = file;
	sources->last_index = entry->index;
	return entry->index;
}

struct listing {
	struct sources *sources;
	struct extract_output *out;
};

static void list_file(CXFile file, CXSourceLocation *stack, unsigned depth,
	CXClientData data)
{
	struct listing *listing = data;
	const char *path = resolve(listing->sources, file);

	(void)stack;
	(void)depth;
	text_add_bytes(&listing->out->paths, path, strlen(path) + 1);
	listing->out->npaths++;
}

void sources_list(struct sources *sources, struct extract_output *out)
{
	struct listing listing = {.sources = sources, .out = out};

	clang_getInclusions(sources->tu, list_file, &listing);
}
