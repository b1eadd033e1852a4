/* Negative: pairs of names and values, each name with a function that checks the value;
 * round and round. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	int memory;
	char policy[16];
} server;

static int apply_memory(const char *value)
{
	server.memory = atoi(value);
	return server.memory < 0;
}
static int apply_policy(const char *value)
{
	snprintf(server.policy, sizeof(server.policy), "%s", value);
	return strcmp(value, "lru") && strcmp(value, "random");
}

static const struct setting {
	const char *name;
	int (*apply)(const char *value);
} settings[] = {{"memory", apply_memory}, {"policy", apply_policy}, {NULL, NULL}};

static const struct setting *find_setting(const char *name)
{
	for (const struct setting *s = settings; s->name; s++)
		if (!strcasecmp(s->name, name))
			return s;
	return NULL;
}

int main(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i += 2) {
		const struct setting *s = find_setting(argv[i]);

		if (!s || s->apply(argv[i + 1])) {
			fprintf(stderr, "bad setting '%s'\n", argv[i]);
			return 1;
		}
	}
	printf("%d %s\n", server.memory, server.policy);
	return 0;
}
