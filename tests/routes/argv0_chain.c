/* The name by which the program is started decides, by comparisons: compress, or one of
 * its other names. */
#include <libgen.h>
#include <stdio.h>
#include <string.h>

static int compress_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int uncompress_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int zcat_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}

int main(int argc, char **argv)
{
	const char *progname = basename(argv[0]);

	if (!strncmp(progname, "lt-", 3))
		progname += 3;
	if (!strcmp(progname, "uncompress") || !strcmp(progname, "gunzip"))
		return uncompress_main(argc, argv);
	if (!strcmp(progname, "zcat"))
		return zcat_main(argc, argv);
	return compress_main(argc, argv);
}
