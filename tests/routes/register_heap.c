/* Commands are records on the heap, whose fields are assigned; one variable serves for
 * all of them, and some are given away by a macro. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct verb {
	struct verb *next;
	const char *word, *help;
	void (*act)(const char *argument);
};

static struct verb *verbs;

static struct verb *verb_new(void)
{
	struct verb *verb = calloc(1, sizeof(*verb));

	if (!verb)
		abort();
	verb->next = verbs;
	verbs = verb;
	return verb;
}

static void look(const char *argument)
{
	puts(__func__);
}
static void take(const char *argument)
{
	puts(__func__);
}
static void drop(const char *argument)
{
	puts(__func__);
}

#define VERB(text, function)                    \
	do {                                    \
		struct verb *made = verb_new(); \
		made->word = text;              \
		made->act = function;           \
	} while (0)

static void verbs_init(void)
{
	struct verb *v;

	v = verb_new();
	v->word = "look";
	v->help = "what is here";
	v->act = look;
	v = verb_new();
	v->word = "take";
	v->help = "pick something up";
	v->act = take;
	VERB("drop", drop);
	VERB("leave", drop);
}

int main(int argc, char **argv)
{
	verbs_init();
	for (struct verb *v = verbs; argc > 1 && v; v = v->next)
		if (!strcmp(v->word, argv[1])) {
			v->act(argc > 2 ? argv[2] : "");
			return 0;
		}
	return 1;
}
