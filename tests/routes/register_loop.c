/* Rows are handed over one by one, in a loop, to a function that keeps name and function
 * in records of its own; others are added with fields that are assigned. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*builtin_fn)(int argc, char **argv);

struct node {
	struct node *next;
	char *key;
	builtin_fn fn;
};

static struct node *buckets[8];

static unsigned hash(const char *key)
{
	unsigned value = 0;

	while (*key)
		value = value * 31 + (unsigned char)*key++;
	return value % 8;
}

static struct node *node_add(const char *key)
{
	struct node *node = calloc(1, sizeof(*node));

	if (!node)
		abort();
	node->key = strdup(key);
	node->next = buckets[hash(key)];
	buckets[hash(key)] = node;
	return node;
}

static void add_builtin(const char *key, builtin_fn fn)
{
	node_add(key)->fn = fn;
}

static void put(const char *key, builtin_fn fn)
{
	struct node *node = calloc(1, sizeof(*node));

	if (!node)
		abort();
	node->key = strdup(key);
	node->fn = fn;
	node->next = buckets[hash(key)];
	buckets[hash(key)] = node;
}

static int do_echo(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int do_cd(int argc, char **argv)
{
	return puts(__func__) < 0;
}
static int do_pwd(int argc, char **argv)
{
	return puts(__func__) < 0;
}

static const struct {
	const char *label;
	builtin_fn run;
} base[] = {{"echo", do_echo}, {"cd", do_cd}, {"pwd", do_pwd}};

static builtin_fn find(const char *key)
{
	for (struct node *node = buckets[hash(key)]; node; node = node->next)
		if (strcmp(node->key, key) == 0)
			return node->fn;
	return NULL;
}

int main(int argc, char **argv)
{
	builtin_fn fn;

	for (size_t i = 0; i < sizeof(base) / sizeof(base[0]); i++)
		put(base[i].label, base[i].run);
	add_builtin("chdir", do_cd);
	fn = argc > 1 ? find(argv[1]) : NULL;
	return fn ? fn(argc - 1, argv + 1) : 2;
}
