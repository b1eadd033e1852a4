/* Negative: a table of the program's own options, each with a function that takes its
 * value; then one thing is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config {
	int jobs;
	const char *root;
	int quiet;
};

typedef int (*option_fn)(struct config *config, const char *value);

static int set_jobs(struct config *config, const char *value)
{
	config->jobs = atoi(value);
	return config->jobs <= 0;
}
static int set_root(struct config *config, const char *value)
{
	config->root = value;
	return 0;
}
static int set_quiet(struct config *config, const char *value)
{
	config->quiet = 1;
	return 0;
}

static const struct opt {
	const char *name;
	int takes_value;
	option_fn apply;
} opts[] = {
	{"--jobs", 1, set_jobs},
	{"--root", 1, set_root},
	{"--quiet", 0, set_quiet},
	{"-q", 0, set_quiet},
	{NULL, 0, NULL},
};

static int parse_options(struct config *config, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		const struct opt *o = opts;

		while (o->name && strcmp(o->name, argv[i]))
			o++;
		if (!o->name || (o->takes_value && i + 1 == argc))
			return -1;
		if (o->apply(config, o->takes_value ? argv[++i] : NULL))
			return -1;
	}
	return i;
}

static int build_target(const struct config *config, const char *target)
{
	return !config->quiet &&
	       printf("%s/%s with %d jobs\n", config->root, target, config->jobs) < 0;
}

int main(int argc, char **argv)
{
	struct config config = {1, ".", 0};
	int first = parse_options(&config, argc, argv), status = 0;

	if (first < 0)
		return 2;
	for (int i = first; i < argc; i++)
		status |= build_target(&config, argv[i]);
	return status;
}
