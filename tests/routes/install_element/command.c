/* A macro defines the function, its element and the element's string of words; elements
 * are installed at run time. */
#include "command.h"
#include <stdio.h>
#include <string.h>

static const struct cmd_element *elements[NODE_MAX][16];
static unsigned counts[NODE_MAX];

void install_element(enum node_type node, const struct cmd_element *cmd)
{
	elements[node][counts[node]++] = cmd;
}

static int is_match(const char *string, int argc, char **argv)
{
	for (int i = 0; i < argc; i++) {
		size_t length = strcspn(string, " ");
		if (!length || strlen(argv[i]) != length ||
			strncmp(string, argv[i], length))
			return 0;
		string += length + (string[length] == ' ');
	}
	return !*string;
}

static int cmd_execute(struct vty *vty, int argc, char **argv)
{
	for (unsigned i = 0; i < counts[vty->node]; i++) {
		const struct cmd_element *cmd = elements[vty->node][i];
		if (is_match(cmd->string, argc, argv))
			return cmd->func(cmd, vty, argc, argv);
	}
	printf("%% Unknown command\n");
	return 1;
}

int main(int argc, char **argv)
{
	struct vty vty = {VIEW_NODE};

	zebra_init();
	return cmd_execute(&vty, argc - 1, argv + 1);
}
