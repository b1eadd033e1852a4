/*
 * Commands of an interpreter: name, function and data are kept in a hash table. A command
 * with words of its own has the table of these words as its data, and all such commands
 * have one function, which looks them up.
 */
#include "interp.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct command {
	char *name;
	command_proc *proc;
	void *data;
	struct command *next;
};

struct interp {
	struct command *table[32];
	struct command *current;
};

static unsigned hash(const char *name)
{
	unsigned h = 0;

	while (*name)
		h = h * 31 + (unsigned char)*name++;
	return h % 32;
}

void create_command(struct interp *interp, const char *name, command_proc *proc,
	void *data)
{
	struct command *c = malloc(sizeof(*c)), **bucket = &interp->table[hash(name)];

	if (!c)
		abort();
	*c = (struct command){strdup(name), proc, data, *bucket};
	*bucket = c;
}

static struct command *get_command(struct interp *interp, const char *name)
{
	struct command *c = interp->table[hash(name)];

	while (c && strcmp(c->name, name))
		c = c->next;
	return c;
}

void *command_data(struct interp *interp)
{
	return interp->current->data;
}

static int invoke(struct interp *interp, int argc, char *const *argv)
{
	struct command *c = get_command(interp, argv[0]);

	if (!c) {
		printf("invalid command name \"%s\"\n", argv[0]);
		return 1;
	}
	interp->current = c;
	return c->proc(interp, argc, argv);
}

int subcommand_proc(struct interp *interp, int argc, char *const *argv)
{
	const struct subcommand *ct = command_data(interp);

	puts(__func__);
	for (; argc > 1 && ct->cmd; ct++)
		if (!strcmp(ct->cmd, argv[1]))
			return ct->function(interp, argc - 2, argv + 2);
	return 1;
}

static int core_set(struct interp *interp, int argc, char *const *argv)
{
	puts(__func__);
	return 0;
}
static int core_puts(struct interp *interp, int argc, char *const *argv)
{
	puts(__func__);
	return 0;
}

static const struct {
	const char *name;
	command_proc *proc;
} core_commands[] = {{"set", core_set}, {"puts", core_puts}, {NULL, NULL}};

static void register_core(struct interp *interp)
{
	for (int i = 0; core_commands[i].name != NULL; i++)
		create_command(interp, core_commands[i].name, core_commands[i].proc,
			NULL);
}

int main(void)
{
	static struct interp interp;
	char line[256], *argv[16];

	register_core(&interp);
	file_init(&interp);
	while (fgets(line, sizeof(line), stdin)) {
		int argc = 0;

		for (char *w = strtok(line, " \n"); w && argc < 16;
			w = strtok(NULL, " \n"))
			argv[argc++] = w;
		if (argc)
			invoke(&interp, argc, argv);
	}
	return 0;
}
