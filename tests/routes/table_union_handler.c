/* The function lies in a union inside of the row: which member is used, a number of the
 * row says. */
#include <stdio.h>
#include <string.h>

struct shell_cmd {
	const char *name;
	unsigned char nargs;
	union {
		int (*none)(void);
		int (*one)(const char *a);
		int (*two)(const char *a, const char *b);
	} f;
};

static int reset(void)
{
	return puts(__func__) < 0;
}
static int load(const char *a)
{
	return puts(__func__) < 0;
}
static int link_two(const char *a, const char *b)
{
	return puts(__func__) < 0;
}
static int unlink_two(const char *a, const char *b)
{
	return puts(__func__) < 0;
}

static const struct shell_cmd cmds[] = {
	{"reset", 0, {.none = reset}},
	{"load", 1, {.one = load}},
	{"link", 2, {.two = link_two}},
	{"unlink", 2, .f.two = unlink_two},
	{NULL, 0, {NULL}},
};

int main(int argc, char **argv)
{
	for (const struct shell_cmd *c = cmds; argc > 1 && c->name; c++) {
		if (strcmp(c->name, argv[1]))
			continue;
		switch (c->nargs) {
		case 0:
			return c->f.none();
		case 1:
			return c->f.one("a");
		default:
			return c->f.two("a", "b");
		}
	}
	return 1;
}
