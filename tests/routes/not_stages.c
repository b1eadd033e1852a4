/* Negative: stages of the start, all of which run in order; their names are for messages.
 */
#include <stdio.h>
#include <string.h>

static int init_log(void)
{
	return 0;
}
static int init_disks(void)
{
	return 0;
}
static int init_network(void)
{
	return 0;
}
static void exit_network(void)
{
}

static const struct stage {
	const char *name;
	int (*init)(void);
	void (*exit)(void);
} stages[] = {
	{"log", init_log, NULL},
	{"disks", init_disks, NULL},
	{"network", init_network, exit_network},
};

int main(int argc, char **argv)
{
	const size_t n = sizeof(stages) / sizeof(stages[0]);

	for (size_t i = 0; i < n; i++)
		if (stages[i].init() != 0) {
			fprintf(stderr, "%s failed\n", stages[i].name);
			return 1;
		}
	for (int a = 1; a < argc; a++)
		printf("unused argument '%s'\n", argv[a]);
	for (size_t i = n; i-- > 0;)
		if (stages[i].exit)
			stages[i].exit();
	return 0;
}
