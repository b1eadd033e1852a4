/* nftw, scandir and glob call back while they read a directory: here the one the program is in. */
#include <dirent.h>
#include <ftw.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

static int files;

static int count(const char *path, const struct stat *stat, int kind, struct FTW *place)
{
	(void)path, (void)stat, (void)place;
	files += kind == FTW_F;
	return 0;
}

static int is_source(const struct dirent *entry)
{
	const char *end = strrchr(entry->d_name, '.');

	return end && !strcmp(end, ".c");
}

static int on_error(const char *path, int error)
{
	(void)path;
	return error;
}

static int backwards(const struct dirent **a, const struct dirent **b)
{
	return alphasort(b, a);
}

int main(void)
{
	struct dirent **names = NULL;
	glob_t found;
	int n;

	if (nftw(".", count, 4, FTW_PHYS)) /* -> nftw, count; closed */
		return 1;
	n = scandir(".", &names, is_source, alphasort); /* -> scandir, is_source, alphasort; closed */
	while (n > 0)
		free(names[--n]);
	free(names);
	n = scandir(".", &names, NULL, backwards); /* -> scandir, backwards; closed */
	while (n > 0)
		free(names[--n]);
	free(names);
	if (glob("./*.c", 0, on_error, &found)) /* -> glob, on_error (not run); closed */
		return 1;
	globfree(&found);
	return files > 0 ? 0 : 1;
}
