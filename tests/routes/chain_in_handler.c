/* A table leads to handlers that compare their second argument, which is an object,
 * whatever its case. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct object {
	unsigned type;
	void *ptr;
} robj;

typedef struct client {
	int argc;
	robj **argv;
} client;

struct command {
	const char *name;
	void (*proc)(client *c);
};

static void add_reply(client *c, const char *text)
{
	printf("+%s\n", text);
}
static void memory_usage(client *c)
{
	puts(__func__);
}
static void memory_purge(client *c)
{
	puts(__func__);
}
static void slowlog_reset(void)
{
	puts(__func__);
}

static void memory_command(client *c)
{
	puts(__func__);
	if (!strcasecmp(c->argv[1]->ptr, "help") && c->argc == 2) {
		add_reply(c, "USAGE PURGE");
	} else if (!strcasecmp(c->argv[1]->ptr, "usage") && c->argc >= 2) {
		memory_usage(c);
	} else if (!strcasecmp(c->argv[1]->ptr, "purge")) {
		memory_purge(c);
	} else {
		add_reply(c, "unknown subcommand");
	}
}

static void slowlog_command(client *c)
{
	puts(__func__);
	if (c->argc == 2 && !strcasecmp(c->argv[1]->ptr, "reset")) {
		slowlog_reset();
		add_reply(c, "OK");
	} else if (c->argc == 2 && !strcasecmp(c->argv[1]->ptr, "len")) {
		add_reply(c, "0");
	}
}

static struct command command_table[] = {
	{"memory", memory_command},
	{"slowlog", slowlog_command},
};

static robj *create_object(void *text)
{
	robj *o = malloc(sizeof(*o));

	if (!o)
		abort();
	o->type = 0;
	o->ptr = text;
	return o;
}

int main(void)
{
	char line[128];
	client c = {0, calloc(8, sizeof(robj *))};

	if (!fgets(line, sizeof(line), stdin))
		return 1;
	for (char *w = strtok(line, " \r\n"); w && c.argc < 7; w = strtok(NULL, " \r\n"))
		c.argv[c.argc++] = create_object(w);
	if (c.argc == 1)
		c.argv[1] = create_object("");
	for (int i = 0; c.argc && i < 2; i++)
		if (!strcasecmp(command_table[i].name, c.argv[0]->ptr))
			command_table[i].proc(&c);
	return 0;
}
