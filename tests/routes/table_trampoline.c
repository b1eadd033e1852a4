/* The function that is called through the row takes a lock and calls the real handler, in
 * another field of the row. */
#include <stdio.h>
#include <string.h>

struct client {
	int is_locked;
};

struct action;
typedef int (*action_fn)(struct client *c, const struct action *a, char **args);

struct action {
	const char *name;
	action_fn enter;
	int (*real)(struct client *c, char **args);
};

static int plain(struct client *c, const struct action *a, char **args)
{
	return a->real(c, args);
}
static int with_lock(struct client *c, const struct action *a, char **args)
{
	int status;

	c->is_locked = 1;
	status = a->real(c, args);
	c->is_locked = 0;
	return status;
}

static int pool_list(struct client *c, char **args)
{
	puts(__func__);
	return 0;
}
static int pool_grow(struct client *c, char **args)
{
	puts(__func__);
	return !c->is_locked;
}
static int pool_shrink(struct client *c, char **args)
{
	puts(__func__);
	return !c->is_locked;
}

static const struct action actions[] = {
	{"list", plain, pool_list},
	{"grow", with_lock, pool_grow},
	{"shrink", with_lock, pool_shrink},
	{NULL, NULL, NULL},
};

int main(int argc, char **argv)
{
	struct client client = {0};

	for (const struct action *a = actions; argc > 1 && a->name; a++)
		if (!strcmp(a->name, argv[1]))
			return a->enter(&client, a, argv + 2);
	return 2;
}
