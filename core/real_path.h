/* Absolute paths without symlinks, each directory asked for once. */
#ifndef PCARCH_CORE_REAL_PATH_H
#define PCARCH_CORE_REAL_PATH_H

#include <stdbool.h>

#include "core/interner.h"

struct real_dir;

struct real_paths {
	struct interner strings; /* set strings.arena before use */
	struct real_dir *dirs;
};

void real_paths_release(struct real_paths *paths);

/*
 * The directory `dir` (relative: from `base`) without symlinks, "." and "..". Where it
 * does not exist, its text with the dots taken out, and `*is_missing` is true. Equal
 * results are equal pointers.
 */
const char *real_dir(struct real_paths *paths, const char *base, const char *dir,
	bool *is_missing);

/* The same for a file; a missing one, or a loop of symlinks, keeps its name as it is. */
const char *real_file(struct real_paths *paths, const char *base, const char *file);

/* Whether the clean absolute path `path` is `dir` or lies below it. */
bool path_is_within(const char *path, const char *dir);

#define scoped_real_paths __attribute__((cleanup(real_paths_release))) struct real_paths

#endif
