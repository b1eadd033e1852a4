/* A look-up returns the number of a row, or only its function; a local variable keeps it
 * until it is called. */
#include <stdio.h>
#include <string.h>

typedef void (*worker)(void);

static void encode(void)
{
	puts(__func__);
}
static void decode(void)
{
	puts(__func__);
}
static void probe(void)
{
	puts(__func__);
}
static void gain_set(void)
{
	puts(__func__);
}
static void gain_show(void)
{
	puts(__func__);
}

static const struct {
	char *verb;
	worker work;
} gain_verbs[] = {{"set", gain_set}, {"show", gain_show}};

static worker find_gain_verb(const char *verb)
{
	for (int i = 0; i < 2; i++)
		if (!strcmp(verb, gain_verbs[i].verb))
			return gain_verbs[i].work;
	return NULL;
}

static const char *second_word;

static void gain(void)
{
	worker chosen = NULL;

	puts(__func__);
	if (second_word)
		chosen = find_gain_verb(second_word);
	if (!chosen) {
		puts("gain set|show");
		return;
	}
	chosen();
}

static const struct {
	char *verb;
	worker work;
	int needs_file;
} verbs[] = {{"encode", encode, 1}, {"decode", decode, 1}, {"probe", probe, 0},
	{"gain", gain, 0}};

static int index_of(const char *verb)
{
	int i, best = -1;

	for (i = 0; i < (int)(sizeof(verbs) / sizeof(verbs[0])); i++)
		if (strcmp(verbs[i].verb, verb) == 0)
			best = i;
	return best;
}

int main(int argc, char **argv)
{
	int which = argc > 1 ? index_of(argv[1]) : -1;
	worker work;

	if (which < 0)
		return 1;
	second_word = argv[2];
	work = verbs[which].work;
	work();
	return 0;
}
