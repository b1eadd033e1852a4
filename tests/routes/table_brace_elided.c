/* Rows without braces of their own; a designator in the midst of positions; casts and
 * sizeof around the names. */
#include <stdio.h>
#include <string.h>

struct entry {
	struct {
		unsigned length;
		const char *data;
	} name;
	unsigned flags[2];
	int (*proc)(void);
	const char *note;
};

static int proc_get(void)
{
	return puts(__func__) < 0;
}
static int proc_put(void)
{
	return puts(__func__) < 0;
}
static int proc_erase(void)
{
	return puts(__func__) < 0;
}
static int proc_stat(void)
{
	return puts(__func__) < 0;
}

#define STR(s) sizeof(s) - 1, s

/* clang-format off */
static const struct entry entries[] = {
	sizeof("get") - 1, "get", 1, 2, proc_get, "reads",
	STR("put"), 1, 0, proc_put, NULL,
	{ { STR("erase") }, .proc = proc_erase, "after a designator" },
	{ { .data = (const char *)"stat", .length = sizeof "stat" - 1 }, { 0 }, &proc_stat },
};
/* clang-format on */

int main(int argc, char **argv)
{
	for (unsigned i = 0; argc > 1 && i < sizeof(entries) / sizeof(entries[0]); i++) {
		const struct entry *e = &entries[i];
		if (strlen(argv[1]) == e->name.length &&
			!memcmp(argv[1], e->name.data, e->name.length))
			return e->proc();
	}
	return 1;
}
