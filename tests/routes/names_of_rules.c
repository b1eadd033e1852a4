/* Functions of the program bear the names of library functions that rules know, and mean
 * something else. */
#include <stdio.h>
#include <string.h>

static int registered;

/* Not the library's. */
static void evhttp_set_cb(int base, const char *path, int (*cb)(void))
{
	registered += base + (int)strlen(path) + (cb != NULL);
}
static int matches(const char *game, int goals)
{
	return game[0] == 'x' ? goals : 0;
}
static int luaL_setfuncs(const char *name, int (*fn)(void))
{
	return name && fn ? 0 : -1;
}

static int unused_page(void)
{
	return puts(__func__);
}
static int play(void)
{
	return puts(__func__) < 0;
}
static int score(void)
{
	return puts(__func__) < 0;
}

static const struct {
	const char *word;
	int (*fn)(void);
} words[] = {{"play", play}, {"score", score}};

int main(int argc, char **argv)
{
	evhttp_set_cb(0, "/unused", unused_page);
	if (luaL_setfuncs("unused", unused_page) != 0 || matches("final", 3) == 3)
		return unused_page();
	for (int i = 0; argc > 1 && i < 2; i++)
		if (!strcmp(argv[1], words[i].word))
			return words[i].fn();
	return 1;
}
