/* Negative: functions are registered under the keywords of a file, which the program
 * opens and reads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	const char *name;
	void (*fn)(const char *value);
	struct entry *next;
};

static struct entry *entries;
static int port;
static char root[64];

static void add_entry(const char *name, void (*fn)(const char *value))
{
	struct entry *entry = malloc(sizeof(*entry));

	if (!entry)
		abort();
	entry->name = name;
	entry->fn = fn;
	entry->next = entries;
	entries = entry;
}

static void on_port(const char *value)
{
	port = atoi(value);
}
static void on_root(const char *value)
{
	snprintf(root, sizeof(root), "%s", value);
}

static void take_line(char *key, char *value)
{
	for (struct entry *entry = entries; entry; entry = entry->next)
		if (!strcmp(entry->name, key))
			entry->fn(value);
}

static int load(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[128];

	if (!file)
		return 1;
	while (fgets(line, sizeof(line), file)) {
		char *key = strtok(line, " \n"), *value = strtok(NULL, "\n");

		if (key && value)
			take_line(key, value);
	}
	return fclose(file);
}

int main(int argc, char **argv)
{
	add_entry("port", on_port);
	add_entry("root", on_root);
	if (load(argc > 1 ? argv[1] : "/etc/sampled.conf"))
		return 2;
	printf("%d %s\n", port, root);
	return 0;
}
