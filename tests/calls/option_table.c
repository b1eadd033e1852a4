/* A table of options: the address of a variable in one field, the function for it in the next, as data. */
#include <string.h>

typedef int subcommand(int argc);

struct option {
	enum { OPTION_END, OPTION_INT, OPTION_SUBCOMMAND, OPTION_CALLBACK } kind;
	const char *name;
	void *value;
	subcommand *handler;
	int (*callback)(const struct option *option, int unset);
};

#define OPT_END() {.kind = OPTION_END}
#define OPT_INT(n, v) {.kind = OPTION_INT, .name = (n), .value = (v)}
#define OPT_SUBCOMMAND(n, v, f) {.kind = OPTION_SUBCOMMAND, .name = (n), .value = (v), .handler = (f)}
#define OPT_CALLBACK(n, v, f) {.kind = OPTION_CALLBACK, .name = (n), .value = (v), .callback = (f)}

static int cmd_add(int argc)
{
	return argc + 1;
}

static int cmd_list(int argc)
{
	return argc + 2;
}

static int set_level(const struct option *option, int unset)
{
	*(int *)option->value = unset ? 0 : 10;
	return 0;
}

static int parse(const struct option *option, const char *word)
{
	for (; option->kind != OPTION_END; option++) {
		if (strcmp(option->name, word))
			continue;
		switch (option->kind) {
		case OPTION_INT:
			*(int *)option->value = 1;
			return 0;
		case OPTION_SUBCOMMAND:
			*(subcommand **)option->value = option->handler;
			return 0;
		case OPTION_CALLBACK:
			return option->callback(option, 0); /* -> set_level; closed */
		case OPTION_END:
			break;
		}
	}
	return -1;
}

int main(void)
{
	subcommand *run = NULL;
	int force = 0, level = 0;
	struct option options[] = {
		OPT_INT("force", &force),
		OPT_SUBCOMMAND("add", &run, cmd_add),
		OPT_SUBCOMMAND("list", &run, cmd_list),
		OPT_CALLBACK("level", &level, set_level),
		OPT_END(),
	};

	if (parse(options, "force") || parse(options, "level") || parse(options, "list"))
		return 1;
	return run(force + level) == 13 ? 0 : 1; /* -> cmd_list, cmd_add (not run); sound */
}
