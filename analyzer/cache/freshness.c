#include "analyzer/cache/freshness.h"

#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct looking {
	struct arena *arena;
	const char *root;
	time_t database_time;
	const struct unit_list *units;
	struct freshness *out;
	size_t nentries;
	struct pending { /* directories to look into */
		const char *path;
		unsigned depth;
	} * pending; /* heap */
	size_t npending, room;
};

static int compare_file(const void *key, const void *unit)
{
	return strcmp(key, ((const struct scan_unit *)unit)->file);
}

static bool is_unit(const struct unit_list *units, const char *path)
{
	return bsearch(path, units->units, units->nunits, sizeof(*units->units),
		compare_file);
}

static bool is_build_file(const char *name)
{
	static const char *const names[] = {"CMakeLists.txt", "GNUmakefile", "Kbuild",
		"Makefile", "Makefile.am", "SConstruct", "configure.ac", "makefile",
		"meson.build"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Keep the first names in order, whatever the order of the directory. */
static void add_name(const char *names[FRESHNESS_MAX_NAMES], const char *name)
{
	for (size_t i = 0; i < FRESHNESS_MAX_NAMES; i++) {
		if (!names[i] || strcmp(name, names[i]) < 0) {
			const char *later = names[i];

			names[i] = name;
			name = later;
		}
		if (!name)
			return;
	}
}

static void look_at_file(struct looking *looking, const char *path, const char *name)
{
	const char *inside = path + strlen(looking->root);

	inside += *inside == '/';
	if (is_build_file(name)) {
		looking->out->nbuild_files++;
		add_name(looking->out->build_files, inside);
	} else if (text_has_suffix(name, ".c") && !is_unit(looking->units, path)) {
		looking->out->nsources++;
		add_name(looking->out->sources, inside);
	}
}

static void push(struct looking *looking, const char *path, unsigned depth)
{
	looking->pending = grow(looking->pending, looking->npending, &looking->room,
		sizeof(*looking->pending));
	looking->pending[looking->npending++] = (struct pending){path, depth};
}

static void look_at_entry(struct looking *looking, const struct pending *dir,
	const char *name, int dir_fd)
{
	bool is_wanted = text_has_suffix(name, ".c") || is_build_file(name);
	const char *path;
	struct stat st;

	if (name[0] == '.' || fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	if (!S_ISDIR(st.st_mode) && !(is_wanted && S_ISREG(st.st_mode) &&
					    st.st_mtime > looking->database_time))
		return;
	path = arena_printf(looking->arena, "%s/%s", dir->path, name);
	if (!S_ISDIR(st.st_mode))
		look_at_file(looking, path, name);
	else if (dir->depth < FRESHNESS_MAX_DEPTH)
		push(looking, path, dir->depth + 1);
	else
		looking->out->is_cut = true;
}

void freshness_look(struct arena *arena, const char *root, time_t database_time,
	const struct unit_list *units, struct freshness *out)
{
	struct looking looking = {.arena = arena,
		.root = root,
		.database_time = database_time,
		.units = units,
		.out = out};

	*out = (struct freshness){0};
	push(&looking, strcmp(root, "/") == 0 ? "" : root, 0);
	while (looking.npending && !out->is_cut) {
		struct pending dir = looking.pending[--looking.npending];
		DIR *entries = opendir(*dir.path ? dir.path : "/");
		const struct dirent *entry;

		while (entries && (entry = readdir(entries))) {
			if (++looking.nentries > FRESHNESS_MAX_ENTRIES)
				out->is_cut = true;
			else
				look_at_entry(&looking, &dir, entry->d_name,
					dirfd(entries));
		}
		if (entries)
			closedir(entries);
	}
	free(looking.pending);
}
