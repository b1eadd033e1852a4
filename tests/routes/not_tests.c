/* Negative: test cases, all of which run; a part of a name leaves others out. */
#include <stdio.h>
#include <string.h>

struct test {
	const char *name;
	int (*run)(void);
};

static int test_empty(void)
{
	return 0;
}
static int test_overflow(void)
{
	return 0;
}
static int test_unicode(void)
{
	return 0;
}

static const struct test tests[] = {
	{"empty input", test_empty},
	{"overflow", test_overflow},
	{"unicode", test_unicode},
	{NULL, NULL},
};

int main(int argc, char **argv)
{
	int failed = 0;

	for (const struct test *t = tests; t->name; t++) {
		if (argc > 1 && !strstr(t->name, argv[1]))
			continue;
		if (t->run() != 0) {
			printf("FAILED %s\n", t->name);
			failed++;
		}
	}
	return failed != 0;
}
