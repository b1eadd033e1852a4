#include "diff/report/source_tree.h"

#include "core/error.h"
#include "core/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool source_tree_open(struct source_tree *tree, const char *root)
{
	return realpath(root, tree->root) != NULL;
}

bool source_tree_map(const struct source_tree *tree, const char *file,
	struct file_map *out)
{
	char path[PATH_MAX], real[PATH_MAX];
	size_t len = strlen(tree->root);
	struct error ignored;

	if (!*file || *file == '/' || *file == '<' ||
		snprintf(path, sizeof(path), "%s/%s", tree->root, file) >=
			(int)sizeof(path) ||
		!realpath(path, real))
		return false;
	if (len > 1 && (strncmp(real, tree->root, len) != 0 || real[len] != '/'))
		return false;
	return file_map(real, out, &ignored);
}
