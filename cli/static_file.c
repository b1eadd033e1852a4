#include "cli/static_file.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

static const char name[] = "static.json";

enum {
	MAX_LEVELS = 256
};

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

const char *static_file_find(struct arena *arena, const char *how, struct error *err)
{
	scoped_text path = {0};
	struct stat here, above;

	text_add(&path, name);
	for (int i = 0; i < MAX_LEVELS; i++) {
		if (access(path.bytes, F_OK) == 0)
			return arena_strdup(arena, path.bytes);
		path.len -= sizeof(name) - 1; /* the directory, "" or "../…" */
		path.bytes[path.len] = '\0';
		if (stat(path.len ? path.bytes : ".", &here) < 0)
			break;
		text_add(&path, "../");
		if (stat(path.bytes, &above) < 0 || is_same(&here, &above))
			break; /* the root is above itself */
		text_add(&path, name);
	}
	error_set(err, (struct location){0},
		"no static.json here or in a directory above: make it with 'pcarch scan', "
		"or name one with %s",
		how);
	return NULL;
}
