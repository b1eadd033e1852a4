/* Branches set a value; a call that all of them share comes at the end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CMD_NONE,
	CMD_SETHMAC,
	CMD_DUMPHMAC,
	CMD_SET_SRC,
	CMD_GET_SRC
};

static struct {
	unsigned int cmd;
	unsigned int keyid;
	const char *source;
} opts;

static void usage(void)
{
	puts(__func__);
	exit(0);
}

static int seg_do_cmd(void)
{
	puts(__func__);
	return opts.cmd == CMD_NONE;
}

static int do_seg(int argc, char **argv)
{
	memset(&opts, 0, sizeof(opts));
	if (argc < 1)
		usage();
	if (!strcmp(*argv, "help"))
		usage();
	if (!strcmp(*argv, "hmac")) {
		argv++;
		if (--argc < 1)
			usage();
		if (!strcmp(*argv, "show")) {
			opts.cmd = CMD_DUMPHMAC;
		} else if (!strcmp(*argv, "set")) {
			opts.cmd = CMD_SETHMAC;
			if (argc > 1)
				opts.keyid = strtoul(argv[1], NULL, 0);
		} else {
			return 1;
		}
	} else if (!strcmp(*argv, "source")) {
		argv++;
		if (--argc < 1)
			usage();
		if (!strcmp(*argv, "show")) {
			opts.cmd = CMD_GET_SRC;
		} else if (!strcmp(*argv, "set")) {
			opts.cmd = CMD_SET_SRC;
			opts.source = argc > 1 ? argv[1] : NULL;
		} else {
			return 1;
		}
	} else {
		return 1;
	}
	return seg_do_cmd();
}

int main(int argc, char **argv)
{
	return do_seg(argc - 1, argv + 1);
}
