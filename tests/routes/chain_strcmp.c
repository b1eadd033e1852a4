/* A chain of comparisons in main(), each of which ends in a call. */
#include <stdio.h>
#include <string.h>

static int do_compress(const char *file)
{
	puts(__func__);
	return 0;
}
static int do_extract(const char *file)
{
	puts(__func__);
	return 0;
}
static int do_list(const char *file, int verbose)
{
	puts(__func__);
	return 0;
}

int main(int argc, char **argv)
{
	const char *file = argc > 2 ? argv[2] : "-";

	if (argc < 2) {
		fprintf(stderr, "usage: %s compress|extract|list|toc [FILE]\n", argv[0]);
		return 2;
	}
	if (strcmp(argv[1], "compress") == 0)
		return do_compress(file);
	else if (!strcmp(argv[1], "extract"))
		return do_extract(file);
	else if (!strcmp("list", argv[1])) {
		return do_list(file, 1);
	} else if (0 == strcmp(argv[1], "toc")) {
		int status = do_list(file, 0);
		return status;
	}
	fprintf(stderr, "unknown command '%s'\n", argv[1]);
	return 2;
}
