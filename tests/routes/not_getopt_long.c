/* Negative: options with callbacks are options. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int level;

static void set_output(const char *value)
{
	puts(__func__);
}
static void set_level(const char *value)
{
	level = atoi(value);
}
static void be_quiet(const char *value)
{
	level = 0;
}

static const struct {
	const char *name;
	void (*apply)(const char *value);
} appliers[] = {
	{"output", set_output},
	{"level", set_level},
	{"quiet", be_quiet},
};

static const struct option long_options[] = {
	{"output", required_argument, NULL, 'o'},
	{"level", required_argument, NULL, 'l'},
	{"quiet", no_argument, NULL, 'q'},
	{"help", no_argument, NULL, 'h'},
	{0},
};

static void usage(FILE *to)
{
	fputs("usage: copy [--output FILE] [--level N] [--quiet] FILE...\n", to);
}

static int copy(const char *file)
{
	puts(__func__);
	return 0;
}

int main(int argc, char **argv)
{
	int c, index, status = 0;

	while ((c = getopt_long(argc, argv, "o:l:qh", long_options, &index)) != -1) {
		switch (c) {
		case 'o':
		case 'l':
		case 'q':
			for (size_t i = 0; i < sizeof(appliers) / sizeof(*appliers); i++)
				if (appliers[i].name[0] == c)
					appliers[i].apply(optarg);
			break;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return 2;
		}
	}
	for (; optind < argc; optind++)
		status |= copy(argv[optind]);
	return status;
}
