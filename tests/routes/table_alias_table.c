/* Other words are replaced by the canonical one before the look-up; dashes become
 * underscores. */
#include <stdio.h>
#include <string.h>

static const struct {
	const char *from, *to;
} synonyms[] = {
	{"rm", "remove"},
	{"del", "remove"},
	{"ls", "list_all"},
};

static int entry_remove(char **args)
{
	return puts(__func__) < 0;
}
static int entry_list(char **args)
{
	return puts(__func__) < 0;
}
static int entry_add(char **args)
{
	return puts(__func__) < 0;
}

static const struct {
	const char *word;
	int (*run)(char **args);
} words[] = {
	{"add", entry_add},
	{"remove", entry_remove},
	{"list_all", entry_list},
};

static const char *canonical(char *word)
{
	for (char *c = word; *c; c++)
		if (*c == '-')
			*c = '_';
	for (size_t i = 0; i < sizeof(synonyms) / sizeof(synonyms[0]); i++)
		if (!strcmp(synonyms[i].from, word))
			return synonyms[i].to;
	return word;
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? canonical(argv[1]) : "";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(words[i].word, word))
			return words[i].run(argv + 2);
	return 1;
}
