/* Several names stand in one literal, with commas; a sign before a name says that it
 * needs no session. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct verb {
	const char *names; /* "long,short"; '!': works without a session */
	int (*run)(const char *rest);
};

static int get(const char *rest)
{
	return puts(__func__) < 0;
}
static int put(const char *rest)
{
	return puts(__func__) < 0;
}
static int bye(const char *rest)
{
	return puts(__func__) < 0;
}

static const struct verb verbs[] = {
	{"get,g,fetch", get},
	{"put,p", put},
	{"!bye,quit", bye},
	{NULL, NULL},
};

static bool is_one_of(const char *word, const char *names)
{
	size_t length = strlen(word);

	while (*names) {
		size_t n = strcspn(names, ",");
		if (n == length && !strncmp(word, names, n))
			return true;
		names += n + (names[n] == ',');
	}
	return false;
}

int main(int argc, char **argv)
{
	for (const struct verb *v = verbs; argc > 1 && v->names; v++) {
		const char *names = v->names + (v->names[0] == '!');
		if (is_one_of(argv[1], names))
			return v->run("");
	}
	return 1;
}
