/* The next level is a call in the handler's body, which hands another table to the same
 * dispatcher. */
#include <stdio.h>
#include <string.h>

struct group_entry {
	const char *keyword;
	int (*func)(int argc, char **argv);
	const char *summary;
};

static int run_keyword(const struct group_entry *table, int argc, char **argv)
{
	const struct group_entry *found = NULL;
	size_t length;

	if (argc < 1)
		return 2;
	length = strlen(argv[0]);
	for (; table->keyword; table++) {
		if (strncmp(table->keyword, argv[0], length))
			continue;
		if (found) {
			fprintf(stderr, "'%s' is ambiguous\n", argv[0]);
			return 2;
		}
		found = table;
	}
	return found ? found->func(argc - 1, argv + 1) : 2;
}

static int user_create(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int user_expire(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int key_import(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int key_show(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static const struct group_entry key_entries[] = {
	{"import", key_import, "take a key"},
	{"show", key_show, "print a key"},
	{NULL},
};

static int user_key(int argc, char **argv)
{
	puts(__func__);
	return run_keyword(key_entries, argc, argv);
}

static const struct group_entry user_entries[] = {
	{"create", user_create, "make a user"},
	{"expire", user_expire, "end a user"},
	{"key", user_key, "keys of a user"},
	{NULL},
};

static int user_main(int argc, char **argv)
{
	const struct group_entry *entries = user_entries;

	puts(__func__);
	if (argc > 0 && argv[0][0] == '-') {
		argc--;
		argv++;
	}
	return run_keyword(entries, argc, argv);
}

static int version_main(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static const struct group_entry top_entries[] = {
	{"user", user_main, "users"},
	{"version", version_main, "which one this is"},
	{NULL},
};

int main(int argc, char **argv)
{
	return run_keyword(top_entries, argc - 1, argv + 1);
}
