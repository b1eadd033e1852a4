#include "tracer/source_names.h"

#include "core/arena.h"
#include "core/source_paths.h"
#include "core/text.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* How many files are below a directory what they are in static.json. */
struct votes {
	struct interner strings;
	struct key_table files, roots; /* of interned strings */
	size_t *counts; /* heap, parallel to `roots` */
	size_t room;
};

static void votes_release(struct votes *votes)
{
	interner_release(&votes->strings);
	key_table_release(&votes->files);
	key_table_release(&votes->roots);
	free(votes->counts);
}

#define scoped_votes __attribute__((cleanup(votes_release))) struct votes

static void vote(struct votes *votes, const char *root, size_t len)
{
	const char *key = intern(&votes->strings, root, len);
	bool is_new;
	uint32_t index = key_table_add(&votes->roots, &key, &is_new);

	if (is_new) {
		votes->counts =
			grow(votes->counts, index, &votes->room, sizeof(*votes->counts));
		votes->counts[index] = 0;
	}
	votes->counts[index]++;
}

/* Each directory above `file` from which the rest of its path is in static.json. */
static void vote_for(struct votes *votes, const char *file)
{
	for (const char *slash = strchr(file, '/'); slash;
		slash = strchr(slash + 1, '/')) {
		const char *key = intern_string(&votes->strings, slash + 1);

		if (key_table_find(&votes->files, &key) != UINT32_MAX)
			vote(votes, file, slash == file ? 1 : (size_t)(slash - file));
	}
}

/* NULL: no file is where static.json says. */
static const char *elect(struct arena *arena, const struct static_trace *program,
	const char *const *files, size_t nfiles)
{
	scoped_votes votes = {
		.strings.arena = arena,
		.files.key_bytes = sizeof(const char *),
		.roots.key_bytes = sizeof(const char *),
	};
	const char *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < program->nfunctions; i++) {
		const char *key =
			intern_string(&votes.strings, program->functions[i].file);

		if (key[0] && key[0] != '<')
			key_table_add(&votes.files, &key, NULL);
	}
	for (size_t i = 0; i < nfiles; i++)
		vote_for(&votes, files[i]);
	for (size_t i = 0; i < votes.roots.count; i++) {
		const char *root = ((const char **)votes.roots.keys)[i];

		if (votes.counts[i] > most ||
			(best && votes.counts[i] == most && strcmp(root, best) < 0)) {
			most = votes.counts[i];
			best = root;
		}
	}
	return best;
}

static bool is_of_system(const char *file)
{
	return text_has_prefix(file, "/usr/") || text_has_prefix(file, "/lib/");
}

/* Cut `dir` to the deepest directory that holds `path`, too. */
static void widen(char *dir, const char *path)
{
	while (!path_is_within(path, dir)) {
		char *slash = strrchr(dir, '/');

		slash[slash == dir] = '\0';
	}
}

/* What all share; for what is of the system only, that. */
static const char *share(struct arena *arena, const char *const *files, size_t nfiles)
{
	char *root = NULL;

	for (int pass = 0; pass < 2 && !root; pass++)
		for (size_t i = 0; i < nfiles; i++) {
			char *slash;

			if (!pass && is_of_system(files[i]))
				continue;
			if (root) {
				widen(root, files[i]);
				continue;
			}
			root = arena_strdup(arena, files[i]);
			slash = strrchr(root, '/');
			slash[slash == root] = '\0';
		}
	return root ? root : "/";
}

void source_names_release(struct source_names *names)
{
	real_paths_release(&names->real);
	if (names->paths)
		source_paths_free(names->paths);
	names->paths = NULL;
	key_table_release(&names->asked);
	free(names->shown);
	names->shown = NULL;
}

void source_names_open(struct source_names *names, struct arena *arena,
	const struct static_trace *program, const char *const *files, size_t nfiles)
{
	const char **real = xmalloc(nfiles * sizeof(*real));
	size_t n = 0;

	*names = (struct source_names){.real.strings.arena = arena,
		.root = names->root,
		.asked.key_bytes = sizeof(const char *)};
	for (size_t i = 0; i < nfiles; i++)
		if (files[i][0] == '/')
			real[n++] = real_file(&names->real, "/", files[i]);
	if (!names->root && program)
		names->root = elect(arena, program, real, n);
	if (!names->root)
		names->root = share(arena, real, n);
	names->paths = source_paths_new(arena, names->root);
	free(real);
}

const char *source_names_file(struct source_names *names, const char *file)
{
	bool is_new;
	uint32_t index;

	if (!file || !file[0])
		return "";
	index = key_table_add(&names->asked, &file, &is_new);
	if (is_new) {
		names->shown =
			grow(names->shown, index, &names->room, sizeof(*names->shown));
		names->shown[index] = source_paths_shown(names->paths,
			real_file(&names->real, names->root, file));
	}
	return names->shown[index];
}

const char *source_names_module(struct source_names *names, const char *shown)
{
	return source_paths_module(names->paths, shown);
}
