/* A flat table of names and functions, looked up by one function and called by another.
 */
#include <stdio.h>
#include <string.h>

struct builtin {
	const char *cmd;
	int (*fn)(int argc, const char **argv);
	unsigned int option;
};

enum {
	NEEDS_STORE = 1,
	WANTS_PAGER = 2
};

static int cmd_add(int argc, const char **argv)
{
	puts(__func__);
	return 0;
}
static int cmd_commit(int argc, const char **argv)
{
	puts(__func__);
	return 0;
}
static int cmd_log(int argc, const char **argv)
{
	puts(__func__);
	return 0;
}
static int cmd_show_index(int argc, const char **argv)
{
	puts(__func__);
	return 0;
}

static struct builtin builtins[] = {
	{"add", cmd_add, NEEDS_STORE},
	{"commit", cmd_commit, NEEDS_STORE},
	{"log", cmd_log, NEEDS_STORE | WANTS_PAGER},
	{"show-index", cmd_show_index},
	{"stage", cmd_add, NEEDS_STORE},
};

static struct builtin *find_builtin(const char *name)
{
	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++) {
		struct builtin *p = builtins + i;
		if (!strcmp(name, p->cmd))
			return p;
	}
	return NULL;
}

static int run_builtin(struct builtin *p, int argc, const char **argv)
{
	if (p->option & NEEDS_STORE)
		setvbuf(stderr, NULL, _IONBF, 0);
	return p->fn(argc, argv);
}

int main(int argc, const char **argv)
{
	struct builtin *found;

	if (argc < 2)
		return 2;
	found = find_builtin(argv[1]);
	if (!found) {
		fprintf(stderr, "'%s' is not a command\n", argv[1]);
		return 1;
	}
	return run_builtin(found, argc - 1, argv + 1);
}
