/* Sources that lie in a directory. */
#ifndef PCARCH_DIFF_SOURCE_TREE_H
#define PCARCH_DIFF_SOURCE_TREE_H

#include <limits.h>
#include <stdbool.h>

struct file_map;

struct source_tree {
	char root[PATH_MAX]; /* without symlinks */
};

/* False: there is no such directory. */
bool source_tree_open(struct source_tree *tree, const char *root);

/*
 * Map `file`, a path from the root. Its name may be a stranger's: false where it does not
 * lie in the tree, behind a symlink either, or cannot be read.
 */
bool source_tree_map(const struct source_tree *tree, const char *file,
	struct file_map *out);

#endif
