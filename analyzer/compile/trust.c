#include "analyzer/compile/trust.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_ours(const struct stat *st)
{
	return st->st_uid == 0 || st->st_uid == geteuid();
}

/* Who can write a directory can replace what is in it, unless it is sticky. */
static bool directory_is_ours(const struct stat *st)
{
	return is_ours(st) && (!(st->st_mode & S_IWOTH) || (st->st_mode & S_ISVTX));
}

const char *trust_refusal(const char *path, struct stat *st)
{
	char above[PATH_MAX];
	struct stat dir;

	if (strlen(path) >= sizeof(above))
		return "its path is too long";
	if (stat(path, st) < 0)
		return strerror(errno);
	if (!S_ISREG(st->st_mode) || access(path, X_OK) < 0)
		return "it cannot be executed";
	if (!is_ours(st) || (st->st_mode & S_IWOTH))
		return "others can write to it";
	memcpy(above, path, strlen(path) + 1);
	for (char *slash = strrchr(above, '/'); slash; slash = strrchr(above, '/')) {
		*slash = '\0';
		if (stat(*above ? above : "/", &dir) < 0 || !directory_is_ours(&dir))
			return "others can write to a directory above it";
	}
	return NULL;
}
