/* The value of an option is the command; options are none. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

static int manager_create(char **args)
{
	return puts(__func__) < 0;
}
static int manager_check(char **args)
{
	return puts(__func__) < 0;
}
static int manager_fix(char **args)
{
	return puts(__func__) < 0;
}

static const struct manager_command {
	const char *name;
	int (*proc)(char **args);
	int arity;
} manager_commands[] = {
	{"create", manager_create, -1},
	{"check", manager_check, -1},
	{"fix", manager_fix, -1},
};

static struct {
	int port;
	const char *host;
	const char *manager;
} config = {6379, "localhost", NULL};

static int run_manager(char **args)
{
	for (size_t i = 0; i < sizeof(manager_commands) / sizeof(*manager_commands); i++)
		if (!strcmp(config.manager, manager_commands[i].name))
			return manager_commands[i].proc(args);
	return 1;
}

static void parse_options(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		int is_last = i == argc - 1;

		if (!strcmp(argv[i], "-h") && !is_last)
			config.host = argv[++i];
		else if (!strcmp(argv[i], "-p") && !is_last)
			config.port = argv[++i][0];
		else if (!strcmp(argv[i], "--manager") && !is_last)
			config.manager = argv[++i];
	}
}

int main(int argc, char **argv)
{
	parse_options(argc, argv);
	if (config.manager)
		return run_manager(argv);
	printf("%s:%d\n", config.host, config.port);
	return 0;
}
