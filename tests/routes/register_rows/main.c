/* Each command is an object that its unit fills in and registers; the objects are copied
 * into a table that grows. */
#include "command.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cmdinfo *cmdtab;
static int ncmds;

void add_command(const struct cmdinfo *ci)
{
	cmdtab = realloc(cmdtab, ++ncmds * sizeof(*cmdtab));
	if (!cmdtab)
		exit(1);
	cmdtab[ncmds - 1] = *ci;
}

static const struct cmdinfo *find_command(const char *cmd)
{
	struct cmdinfo *ct;

	for (ct = cmdtab; ct < &cmdtab[ncmds]; ct++) {
		if (strcmp(ct->name, cmd) == 0)
			return ct;
		if (ct->altname && strcmp(ct->altname, cmd) == 0)
			return ct;
	}
	return NULL;
}

static int command(const struct cmdinfo *ct, int argc, char **argv)
{
	if (argc - 1 < ct->argmin || (ct->argmax != -1 && argc - 1 > ct->argmax)) {
		printf("bad argument count %d to %s\n", argc - 1, argv[0]);
		return 0;
	}
	return ct->cfunc(argc, argv);
}

int main(void)
{
	char line[256], *words[16];

	file_init();
	quit_init();
	while (fgets(line, sizeof(line), stdin)) {
		const struct cmdinfo *ct;
		int n = 0;

		for (char *w = strtok(line, " \n"); w && n < 16; w = strtok(NULL, " \n"))
			words[n++] = w;
		ct = n ? find_command(words[0]) : NULL;
		if (ct && command(ct, n, words))
			break;
	}
	return 0;
}
