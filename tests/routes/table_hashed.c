/* A static table is put into a hash table when the program starts; words are looked up
 * there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 16

struct command {
	char *name;
	void (*proc)(int argc, char **argv);
	int arity;
	long long calls;
};

struct node {
	const char *key;
	void *value;
	struct node *next;
};

static struct node *dict[BUCKETS];

static void ping_command(int argc, char **argv)
{
	puts(__func__);
}
static void select_command(int argc, char **argv)
{
	puts(__func__);
}
static void keys_command(int argc, char **argv)
{
	puts(__func__);
}

static struct command command_table[] = {
	{"ping", ping_command, -1},
	{"select", select_command, 2},
	{"keys", keys_command, 2},
};

static unsigned hash(const char *key)
{
	unsigned h = 5381;

	while (*key)
		h = h * 33 + (*key++ | 0x20);
	return h % BUCKETS;
}

static void dict_add(const char *key, void *value)
{
	struct node *node = malloc(sizeof(*node));

	if (!node)
		abort();
	node->key = key;
	node->value = value;
	node->next = dict[hash(key)];
	dict[hash(key)] = node;
}

static void *dict_fetch(const char *key)
{
	for (struct node *node = dict[hash(key)]; node; node = node->next)
		if (!strcasecmp(node->key, key))
			return node->value;
	return NULL;
}

static void populate(void)
{
	for (size_t i = 0; i < sizeof(command_table) / sizeof(command_table[0]); i++) {
		struct command *c = command_table + i;
		dict_add(c->name, c);
	}
}

static struct command *lookup(const char *name)
{
	return dict_fetch(name);
}

static void call(struct command *c, int argc, char **argv)
{
	c->calls++;
	c->proc(argc, argv);
}

int main(void)
{
	char line[256], *argv[8];

	populate();
	while (fgets(line, sizeof(line), stdin)) {
		struct command *c;
		int argc = 0;

		for (char *w = strtok(line, " \r\n"); w && argc < 8;
			w = strtok(NULL, " \r\n"))
			argv[argc++] = w;
		c = argc ? lookup(argv[0]) : NULL;
		if (!c)
			puts("-ERR unknown command");
		else
			call(c, argc, argv);
	}
	return 0;
}
