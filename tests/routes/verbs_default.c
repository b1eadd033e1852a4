/* A flag of a row says that it runs where no word is given; the look-up takes the table
 * as an argument. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum verb_flags {
	VERB_DEFAULT = 1 << 0,
	VERB_ONLINE_ONLY = 1 << 1
};

typedef struct {
	const char *verb;
	unsigned min_args, max_args;
	enum verb_flags flags;
	int (*const dispatch)(int argc, char *argv[], void *userdata);
} Verb;

static const Verb *verbs_find_verb(const char *name, const Verb verbs[])
{
	for (size_t i = 0; verbs[i].dispatch; i++)
		if (name ? !strcmp(name, verbs[i].verb) : verbs[i].flags & VERB_DEFAULT)
			return verbs + i;
	return NULL;
}

static int dispatch_verb(int argc, char *argv[], const Verb verbs[], void *userdata)
{
	const char *name = argc > 1 ? argv[1] : NULL;
	const Verb *verb = verbs_find_verb(name, verbs);
	unsigned left = argc > 1 ? argc - 1 : 1;

	if (!verb) {
		fprintf(stderr, "Unknown command verb %s.\n", name);
		return -EINVAL;
	}
	if (left < verb->min_args || left > verb->max_args)
		return -EINVAL;
	return verb->dispatch(left, argv + 1, userdata);
}

static int list_machines(int argc, char *argv[], void *userdata)
{
	return puts(__func__) < 0;
}
static int show_machine(int argc, char *argv[], void *userdata)
{
	return puts(__func__) < 0;
}
static int terminate_machine(int argc, char *argv[], void *userdata)
{
	return puts(__func__) < 0;
}
static int verb_help(int argc, char *argv[], void *userdata)
{
	return puts(__func__) < 0;
}

static int machines_main(int argc, char *argv[])
{
	static const Verb verbs[] = {
		{"help", 1, 9, 0, verb_help},
		{"list", 1, 1, VERB_DEFAULT | VERB_ONLINE_ONLY, list_machines},
		{"show", 1, 9, VERB_ONLINE_ONLY, show_machine},
		{"terminate", 1, 9, VERB_ONLINE_ONLY, terminate_machine},
		{},
	};

	return dispatch_verb(argc, argv, verbs, NULL);
}

int main(int argc, char *argv[])
{
	return machines_main(argc, argv) ? 1 : 0;
}
