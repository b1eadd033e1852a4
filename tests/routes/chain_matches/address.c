#include "prefix.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CMD_NEW,
	CMD_DEL
};
enum {
	FLAG_CREATE = 1,
	FLAG_EXCL = 2,
	FLAG_REPLACE = 4
};

static void usage(void) __attribute__((noreturn));
static void usage(void)
{
	puts(__func__);
	exit(0);
}

static int addr_modify(int cmd, int flags, int argc, char **argv)
{
	const char *dev = NULL, *label = NULL, *peer = NULL;

	puts(__func__);
	while (argc > 0) {
		if (strcmp(*argv, "peer") == 0 || strcmp(*argv, "remote") == 0) {
			NEXT_ARG();
			peer = *argv;
		} else if (strcmp(*argv, "dev") == 0) {
			NEXT_ARG();
			dev = *argv;
		} else if (matches(*argv, "label") == 0) {
			NEXT_ARG();
			label = *argv;
		} else if (matches(*argv, "help") == 0) {
			usage();
		}
		argc--;
		argv++;
	}
	return dev && peer && label ? cmd + flags : 0;
}

static int addr_list(int argc, char **argv, int action)
{
	puts(__func__);
	return 0;
}

int do_address(int argc, char **argv)
{
	puts(__func__);
	if (argc < 1)
		return addr_list(0, NULL, 0);
	if (matches(*argv, "add") == 0)
		return addr_modify(CMD_NEW, FLAG_CREATE | FLAG_EXCL, argc - 1, argv + 1);
	if (matches(*argv, "change") == 0 || strcmp(*argv, "chg") == 0)
		return addr_modify(CMD_NEW, FLAG_REPLACE, argc - 1, argv + 1);
	if (matches(*argv, "delete") == 0)
		return addr_modify(CMD_DEL, 0, argc - 1, argv + 1);
	if (matches(*argv, "list") == 0 || matches(*argv, "show") == 0 ||
		matches(*argv, "lst") == 0)
		return addr_list(argc - 1, argv + 1, 0);
	if (matches(*argv, "flush") == 0)
		return addr_list(argc - 1, argv + 1, 1);
	if (matches(*argv, "help") == 0)
		usage();
	fprintf(stderr, "Command \"%s\" is unknown, try \"address help\".\n", *argv);
	exit(255);
}
