/* Comparisons the other way round: what is not the word goes on, or leaves; macros and
 * functions of the program compare. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define streq(a, b) (strcmp((a), (b)) == 0)
#define STRNEQ(a, b) (strcmp(a, b) != 0)

static bool is_same_word(const char *a, const char *b)
{
	return !strcmp(a, b);
}

static int build(void)
{
	return puts(__func__) < 0;
}
static int clean(void)
{
	return puts(__func__) < 0;
}
static int install(void)
{
	return puts(__func__) < 0;
}
static int check(void)
{
	return puts(__func__) < 0;
}

static int try_install(const char *word)
{
	if (STRNEQ(word, "install"))
		return -1;
	return install();
}

int main(int argc, char **argv)
{
	int status;

	if (argc < 2)
		return 2;
	if (strcmp(argv[1], "build") != 0) {
		if (streq(argv[1], "clean"))
			return clean();
	} else {
		return build();
	}
	status = try_install(argv[1]);
	if (status >= 0)
		return status;
	if (!is_same_word("check", argv[1]) && !is_same_word("test", argv[1])) {
		fprintf(stderr, "no rule for '%s'\n", argv[1]);
		return 2;
	}
	return check();
}
