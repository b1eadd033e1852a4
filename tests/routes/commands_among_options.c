/* Options first, then a command, then the command's own options: only the commands are
 * routes. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int verbose;
static const char *format = "text";

static int usage(int status)
{
	fputs("store [-v] [-f FORMAT] put|get|rm ...\n", status ? stderr : stdout);
	return status;
}

static int cmd_put(int argc, char **argv)
{
	static const struct option long_options[] = {
		{"sync", no_argument, NULL, 's'},
		{"ttl", required_argument, NULL, 't'},
		{0},
	};
	int c, ttl = 0, sync = 0;

	puts(__func__);
	optind = 0;
	while ((c = getopt_long(argc, argv, "st:", long_options, NULL)) != -1) {
		if (c == 's')
			sync = 1;
		else if (c == 't')
			ttl = !strcmp(optarg, "forever") ? -1 : atoi(optarg);
		else
			return 2;
	}
	return ttl + sync > 1000;
}

static int cmd_get(int argc, char **argv)
{
	puts(__func__);
	if (!strcmp(format, "json"))
		puts("{}");
	else if (!strcmp(format, "csv"))
		puts(",");
	return 0;
}

static int cmd_rm(int argc, char **argv)
{
	puts(__func__);
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--force") || !strcmp(argv[i], "-f"))
			verbose = -1;
		else if (!strcmp(argv[i], "--"))
			break;
	}
	return 0;
}

int main(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "+vf:h")) != -1) {
		switch (c) {
		case 'v':
			verbose = 1;
			break;
		case 'f':
			format = optarg;
			break;
		case 'h':
			return usage(0);
		default:
			return usage(2);
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 1)
		return usage(2);
	if (!strcmp(argv[0], "put"))
		return cmd_put(argc, argv);
	if (!strcmp(argv[0], "get"))
		return cmd_get(argc, argv);
	if (!strcmp(argv[0], "rm"))
		return cmd_rm(argc, argv);
	return usage(2);
}
