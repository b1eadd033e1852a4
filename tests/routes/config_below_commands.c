/* Two commands read one configuration, whose lines are taken apart by a chain of the same
 * style: no words of theirs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config {
	int aliases, blacklisted;
};

static int config_add_alias(struct config *config, const char *name, const char *module)
{
	config->aliases++;
	return 0;
}
static int config_add_blacklist(struct config *config, const char *module)
{
	config->blacklisted++;
	return 0;
}

static int config_parse(struct config *config, int fd, const char *filename)
{
	char line[256], *state;
	unsigned number = 0;
	FILE *fp = fdopen(fd, "r");

	if (!fp)
		return -1;
	while (fgets(line, sizeof(line), fp)) {
		char *cmd = strtok_r(line, " \t\n", &state);

		number++;
		if (!cmd || cmd[0] == '#')
			continue;
		if (strcmp(cmd, "alias") == 0) {
			char *alias = strtok_r(NULL, " \t\n", &state);
			char *module = strtok_r(NULL, " \t\n", &state);

			if (!alias || !module)
				goto syntax_error;
			config_add_alias(config, alias, module);
		} else if (strcmp(cmd, "blacklist") == 0) {
			char *module = strtok_r(NULL, " \t\n", &state);

			if (!module)
				goto syntax_error;
			config_add_blacklist(config, module);
		} else if (strcmp(cmd, "include") == 0 || strcmp(cmd, "config") == 0) {
			fprintf(stderr, "%s: command %s is deprecated\n", filename, cmd);
		} else {
		syntax_error:
			fprintf(stderr,
				"%s line %u: ignoring bad line starting with '%s'\n",
				filename, number, cmd);
		}
	}
	fclose(fp);
	return 0;
}

static void config_read(struct config *config, const char *path)
{
	FILE *probe = fopen(path, "r");

	if (!probe)
		return;
	config_parse(config, fileno(probe), path);
}

static int do_load(int argc, char **argv)
{
	struct config config = {0};

	puts(__func__);
	config_read(&config, "/nonexistent/load.conf");
	return config.blacklisted;
}
static int do_show(int argc, char **argv)
{
	struct config config = {0};

	puts(__func__);
	config_read(&config, "/nonexistent/show.conf");
	return config.aliases;
}

static const struct {
	const char *name;
	int (*cmd)(int argc, char **argv);
} cmds[] = {{"load", do_load}, {"show", do_show}};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(cmds) / sizeof(cmds[0]); i++)
		if (!strcmp(cmds[i].name, argv[1]))
			return cmds[i].cmd(argc - 1, argv + 1);
	return 1;
}
