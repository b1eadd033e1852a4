/* Name and function are handed to a function that keeps them in a list. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void (*command_cb)(void *data, char *args);

struct command {
	char *name;
	command_cb cb;
	void *data;
	struct command *next;
};

static struct command *commands;

static void command_register(const char *name, command_cb cb, void *data)
{
	struct command *c = malloc(sizeof(*c));

	if (!c)
		abort();
	c->name = strdup(name);
	c->cb = cb;
	c->data = data;
	c->next = commands;
	commands = c;
}

static void on_join(void *data, char *args)
{
	puts(__func__);
}
static void on_part(void *data, char *args)
{
	puts(__func__);
}
static void on_nick(void *data, char *args)
{
	puts(__func__);
}

static int command_run(char *line)
{
	char *args = strpbrk(line, " \n");

	if (args)
		*args++ = '\0';
	for (struct command *c = commands; c; c = c->next)
		if (!strcasecmp(c->name, line)) {
			c->cb(c->data, args);
			return 1;
		}
	return 0;
}

int main(void)
{
	char line[128];

	command_register("join", on_join, NULL);
	command_register("part", on_part, NULL);
	command_register("leave", on_part, NULL);
	command_register("nick", on_nick, &commands);
	while (fgets(line, sizeof(line), stdin))
		if (!command_run(line))
			puts("no such command");
	return 0;
}
