#include "cli/log_files.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct found {
	struct arena *arena;
	const char **paths; /* heap */
	size_t count, room;
};

static void add(struct found *found, const char *path)
{
	found->paths =
		grow(found->paths, found->count, &found->room, sizeof(*found->paths));
	found->paths[found->count++] = path;
}

static int is_log(const struct dirent *entry)
{
	return entry->d_name[0] != '.' && text_has_suffix(entry->d_name, ".jsonl");
}

static bool add_directory(struct found *found, const char *path, struct error *err)
{
	bool has_slash = text_has_suffix(path, "/");
	struct dirent **entries;
	int n = scandir(path, &entries, is_log, alphasort);

	if (n < 0)
		return error_set_errno(err, "read", path, NULL);
	for (int i = 0; i < n; i++) {
		add(found, arena_printf(found->arena, "%s%s%s", path,
				   has_slash ? "" : "/", entries[i]->d_name));
		free(entries[i]);
	}
	free(entries);
	if (!n)
		return error_set(err, (struct location){0},
			"there is no log in '%s': no file's name ends in '.jsonl'", path);
	return true;
}

static bool add_operand(struct found *found, enum log_file_kind kind, const char *path,
	struct error *err)
{
	bool is_stdin = strcmp(path, "-") == 0;
	struct stat st;

	if (!is_stdin && stat(path, &st) < 0)
		return error_set_errno(err, "open", path, NULL);
	if (!is_stdin && S_ISDIR(st.st_mode))
		return add_directory(found, path, err);
	if (kind == LOG_FILES_AGAIN && (is_stdin || !S_ISREG(st.st_mode)))
		return error_set(err, (struct location){0},
			"'%s' is not a regular file: it must be read more than once, so "
			"save it first",
			path);
	add(found, path);
	return true;
}

static bool add_all(struct found *found, enum log_file_kind kind, char **operands,
	struct error *err)
{
	const char *directory = getenv("PCARCH_LOG");

	if (!*operands && directory && *directory)
		return add_directory(found, directory, err);
	if (!*operands)
		return error_set(err, (struct location){0},
			"no log is named: give files or directories, or set PCARCH_LOG to "
			"the directory that programs log to");
	for (; *operands; operands++)
		if (!add_operand(found, kind, *operands, err))
			return false;
	return true;
}

bool log_files_find(struct arena *arena, enum log_file_kind kind, char **operands,
	struct log_files *out, struct error *err)
{
	struct found found = {.arena = arena};
	bool ok = add_all(&found, kind, operands, err);
	const char **paths;

	if (ok) {
		paths = arena_alloc(arena, found.count * sizeof(*paths));
		memcpy(paths, found.paths, found.count * sizeof(*paths));
		*out = (struct log_files){paths, found.count};
	}
	free(found.paths);
	return ok;
}
