/* An option of a command has keys to sort by, with commas between them, each with its
 * comparison: no words of the command. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct group {
	unsigned long id, excl;
	const char *path;
};

typedef int (*comp_func)(const struct group *a, const struct group *b, int is_descending);

struct comparer {
	comp_func comp;
	int is_descending;
};

static int comp_by_id(const struct group *a, const struct group *b, int is_descending)
{
	int order = a->id < b->id ? -1 : a->id > b->id;

	return is_descending ? -order : order;
}
static int comp_by_path(const struct group *a, const struct group *b, int is_descending)
{
	return is_descending ? strcmp(b->path, a->path) : strcmp(a->path, b->path);
}

static const char *const comp_keys[] = {"id", "path", NULL};
static const comp_func comp_funcs[] = {comp_by_id, comp_by_path, NULL};

static comp_func comp_of(const char *key)
{
	for (int i = 0; comp_keys[i]; i++)
		if (!strcmp(comp_keys[i], key))
			return comp_funcs[i];
	return NULL;
}

static int parse_sort(char *value, struct comparer *comparers, int most)
{
	int n = 0;

	for (char *key = strtok(value, ","); key && n < most; key = strtok(NULL, ",")) {
		comparers[n].is_descending = *key == '-';
		comparers[n].comp = comp_of(key + (*key == '-' || *key == '+'));
		if (!comparers[n].comp)
			return -1;
		n++;
	}
	return n;
}

static int compare(const struct comparer *comparers, int n, const struct group *a,
	const struct group *b)
{
	int order = 0;

	for (int i = 0; i < n && !order; i++)
		order = comparers[i].comp(a, b, comparers[i].is_descending);
	return order;
}

static int cmd_show(int argc, char **argv)
{
	static const struct group groups[] = {{5, 0, "a"}, {6, 0, "b"}};
	struct comparer comparers[4];
	int c, n = 0;

	puts(__func__);
	while ((c = getopt_long(argc, argv, "s:", NULL, NULL)) != -1) {
		if (c != 's' || (n = parse_sort(optarg, comparers, 4)) < 0)
			return 2;
	}
	return compare(comparers, n, &groups[0], &groups[1]) > 0;
}
static int cmd_limit(int argc, char **argv)
{
	puts(__func__);
	return 0;
}

static const struct {
	const char *token;
	int (*fn)(int argc, char **argv);
} commands[] = {{"show", cmd_show}, {"limit", cmd_limit}, {NULL, NULL}};

int main(int argc, char **argv)
{
	for (int i = 0; argc > 1 && commands[i].token; i++)
		if (!strcmp(commands[i].token, argv[1]))
			return commands[i].fn(argc - 1, argv + 1);
	return 1;
}
