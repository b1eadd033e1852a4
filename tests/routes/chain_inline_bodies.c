/* Some commands of a line-oriented shell have no function of their own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int level;

static void show_peers(char *rest)
{
	puts(__func__);
}
static void ban_peer(char *rest)
{
	puts(__func__);
}

static int handle_line(char *line)
{
	char *rest = line + strcspn(line, " \n");

	if (*rest)
		*rest++ = '\0';
	if (strcmp(line, "peers") == 0) {
		show_peers(rest);
	} else if (strcmp(line, "ban") == 0) {
		ban_peer(rest);
	} else if (strcmp(line, "level") == 0) {
		level = atoi(rest);
		printf("level is %d\n", level);
	} else if (strcmp(line, "echo") == 0) {
		printf("%s\n", rest);
	} else if (strcmp(line, "quit") == 0 || strcmp(line, "exit") == 0) {
		return 1;
	} else if (*line) {
		printf("unknown command: %s\n", line);
	}
	return 0;
}

int main(void)
{
	char line[256];

	while (fgets(line, sizeof(line), stdin))
		if (handle_line(line))
			break;
	return 0;
}
