/* A branch goes to a label where its handler is called; a counter walks over the words.
 */
#include <stdio.h>
#include <string.h>

static int mount_all(void)
{
	return puts(__func__) < 0;
}
static int unmount_all(void)
{
	return puts(__func__) < 0;
}
static int cache_drop(void)
{
	return puts(__func__) < 0;
}
static int cache_show(void)
{
	return puts(__func__) < 0;
}

int main(int argc, char **argv)
{
	int i = 1;

	if (i < argc && !strcmp(argv[i], "-v"))
		i++;
	if (i >= argc)
		goto usage;
	if (!strcmp(argv[i], "mount"))
		goto mount;
	if (!strcmp(argv[i], "unmount"))
		goto unmount;
	if (!strcmp(argv[i], "cache")) {
		if (++i >= argc)
			goto usage;
		if (!strcmp(argv[i], "drop"))
			return cache_drop();
		if (!strcmp(argv[i], "show"))
			return cache_show();
	}
usage:
	fputs("mount, unmount, cache drop, cache show\n", stderr);
	return 2;
mount:
	return mount_all();
unmount:
	return unmount_all();
}
