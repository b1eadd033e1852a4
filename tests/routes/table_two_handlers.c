/*
 * A row has an old and a new handler, and a check that is none; alternatives of a name
 * stand in one literal; a row without a name would be found last.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct context {
	int argc;
	char **argp;
};

typedef int (*handler_t)(struct context *ctx);

struct option {
	const char *opts;
	bool no_dev;
	handler_t func;
	bool (*check)(struct context *ctx);
	handler_t nlfunc;
	const char *help;
};

static int do_gset(struct context *ctx)
{
	puts(__func__);
	return 0;
}
static int nl_gset(struct context *ctx)
{
	puts(__func__);
	return 1;
}
static int do_sset(struct context *ctx)
{
	puts(__func__);
	return 0;
}
static int nl_sset(struct context *ctx)
{
	puts(__func__);
	return 1;
}
static bool nl_sset_check(struct context *ctx)
{
	return ctx->argc < 100;
}
static int do_flash(struct context *ctx)
{
	puts(__func__);
	return 0;
}
static int nl_cable_test(struct context *ctx)
{
	puts(__func__);
	return 0;
}
static int show_usage(struct context *ctx)
{
	puts(__func__);
	return 0;
}

static const struct option args[] = {
	{
		/* "default" entry when no switch is used */
		.opts = "",
		.func = do_gset,
		.nlfunc = nl_gset,
		.help = "Display standard information",
	},
	{
		.opts = "-s|--change",
		.func = do_sset,
		.check = nl_sset_check,
		.nlfunc = nl_sset,
	},
	{
		.opts = "-f|--flash|--burn",
		.func = do_flash,
		.help = "Flash firmware",
	},
	{
		.opts = "--cable-test",
		.nlfunc = nl_cable_test,
	},
	{
		.opts = "-h|--help",
		.no_dev = true,
		.func = show_usage,
	},
	{},
};

static int find_option(char *arg)
{
	const char *opt;
	size_t len;
	int k;

	for (k = 1; args[k].opts; k++) {
		opt = args[k].opts;
		for (;;) {
			len = strcspn(opt, "|");
			if (strncmp(arg, opt, len) == 0 && arg[len] == 0)
				return k;
			if (opt[len] == 0)
				break;
			opt += len + 1;
		}
	}
	return -1;
}

static int run_netlink(struct context *ctx, handler_t nlfunc,
	bool (*check)(struct context *))
{
	if (check && !check(ctx))
		return 1;
	return nlfunc(ctx);
}

int main(int argc, char **argp)
{
	struct context ctx = {argc - 1, argp + 1};
	int k = 0;

	if (argc > 1 && argp[1][0] == '-') {
		k = find_option(argp[1]);
		if (k < 0) {
			fprintf(stderr, "bad command line argument(s)\n");
			return 1;
		}
	}
	if (args[k].nlfunc && run_netlink(&ctx, args[k].nlfunc, args[k].check) == 0)
		return 0;
	if (!args[k].func)
		return 1;
	return args[k].func(&ctx);
}
