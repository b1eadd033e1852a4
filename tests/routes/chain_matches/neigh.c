#include "prefix.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void usage(void) __attribute__((noreturn));
static void usage(void)
{
	puts(__func__);
	exit(0);
}

static int do_show_or_flush(int argc, char **argv, int flush)
{
	puts(__func__);
	while (argc > 0) {
		if (strcmp(*argv, "unused") == 0) {
			flush += 2;
		} else if (strcmp(*argv, "proxy") == 0) {
			flush += 4;
		} else {
			if (strcmp(*argv, "to") == 0)
				NEXT_ARG();
			if (matches(*argv, "help") == 0)
				usage();
		}
		argv++;
		argc--;
	}
	return flush > 9;
}

static int neigh_get(int argc, char **argv)
{
	puts(__func__);
	return 0;
}

int do_neigh(int argc, char **argv)
{
	puts(__func__);
	if (argc > 0) {
		if (matches(*argv, "get") == 0)
			return neigh_get(argc - 1, argv + 1);
		if (matches(*argv, "show") == 0 || matches(*argv, "list") == 0)
			return do_show_or_flush(argc - 1, argv + 1, 0);
		if (matches(*argv, "flush") == 0)
			return do_show_or_flush(argc - 1, argv + 1, 1);
		if (matches(*argv, "help") == 0)
			usage();
	} else {
		return do_show_or_flush(0, NULL, 0);
	}
	fprintf(stderr, "Command \"%s\" is unknown, try \"neigh help\".\n", *argv);
	exit(255);
}
