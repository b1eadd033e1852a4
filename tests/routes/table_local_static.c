/* The table is a static variable of the function that looks it up; its end is computed
 * from its size. */
#include <stdio.h>
#include <string.h>

static int dump(FILE *out)
{
	return puts(__func__) < 0;
}
static int restore(FILE *out)
{
	return puts(__func__) < 0;
}
static int verify(FILE *out)
{
	return puts(__func__) < 0;
}

static int dispatch(const char *verb, FILE *out)
{
	static const struct {
		int (*const run)(FILE *out);
		const char verb[12];
	} table[] = {{dump, "dump"}, {restore, "restore"}, {verify, "verify"}},
	  *end = table + 3;

	for (typeof(end) row = table; row != end; ++row)
		if (strcmp(verb, row->verb) == 0)
			return (*row->run)(out);
	return -1;
}

int main(int argc, char **argv)
{
	return argc > 1 ? dispatch(argv[1], stdout) != 0 : 2;
}
