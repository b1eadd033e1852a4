/* A switch-like chain on the first character, a shortest length, and a comparison of as
 * much as was typed. */
#include <stdio.h>
#include <string.h>

struct shell {
	int echo;
};

static int backup(struct shell *p, char *file)
{
	puts(__func__);
	return 0;
}
static int show_databases(struct shell *p)
{
	puts(__func__);
	return 0;
}
static int dump(struct shell *p, char *like)
{
	puts(__func__);
	return 0;
}
static int show_help(FILE *out, const char *pattern)
{
	puts(__func__);
	return 0;
}

static int meta_command(char *line, struct shell *p)
{
	char *arg[4] = {strtok(line, " \n")};
	int n, c, rc = 0;

	for (int i = 1; i < 4 && arg[i - 1]; i++)
		arg[i] = strtok(NULL, " \n");
	if (!arg[0])
		return 0;
	n = strlen(arg[0]);
	c = arg[0][0];
	if ((c == 'b' && n >= 3 && strncmp(arg[0], "backup", n) == 0) ||
		(c == 's' && n >= 3 && strncmp(arg[0], "save", n) == 0)) {
		rc = backup(p, arg[1]);
	} else if (c == 'd' && n > 1 && strncmp(arg[0], "databases", n) == 0) {
		rc = show_databases(p);
	} else if (c == 'd' && strncmp(arg[0], "dump", n) == 0) {
		rc = dump(p, arg[1]);
	} else if (c == 'e' && strncmp(arg[0], "echo", n) == 0) {
		p->echo = arg[1] != NULL;
	} else if (c == 'h' && strncmp(arg[0], "help", n) == 0) {
		rc = show_help(stdout, arg[1]);
	} else if (c == 'q' && strncmp(arg[0], "quit", n) == 0) {
		rc = 2;
	} else {
		fprintf(stderr, "unknown command or invalid arguments: \"%s\"\n", arg[0]);
		rc = 1;
	}
	return rc;
}

int main(void)
{
	struct shell shell = {0};
	char line[128];

	while (fgets(line, sizeof(line), stdin))
		if (meta_command(line, &shell) == 2)
			break;
	return 0;
}
