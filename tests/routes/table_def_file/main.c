/* A file of rows is included twice: as prototypes, and as the table. */
#include "commands.h"
#include <stdio.h>
#include <string.h>

typedef int (*command_fn)(int, char **);

typedef struct {
	const char *name;
	command_fn fn;
	int least, most;
} command_t;

static const command_t commands[] = {
#define CMD(name, function, least, most) {name, function, least, most},
#include "commands.def"
#undef CMD
};

int main(int argc, char **argv)
{
	const command_t *c = commands,
			*end = commands + sizeof(commands) / sizeof(*commands);

	while (argc > 1 && c < end && strcmp(c->name, argv[1]) != 0)
		c++;
	if (argc < 2 || c == end) {
		fprintf(stderr, "no such command\n");
		return 3;
	}
	return c->fn(argc - 1, argv + 1);
}
