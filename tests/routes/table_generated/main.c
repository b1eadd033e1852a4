/* Rows come from a generated file whose #line says that they stand elsewhere, in a file
 * that is not there. */
#include <stdio.h>
#include <string.h>

struct row {
	const char *name, *shorthand;
	void (*call)(int n);
};

#line 100 "/nonexistent/transaction.y"
static void tx_begin(int n)
{
	puts(__func__);
}
static void tx_commit(int n)
{
	puts(__func__);
}
static void tx_rollback(int n)
{
	puts(__func__);
}
#line 26 "main.c"

static const struct row rows[] = {
#include "rows.gperf.c"
};

int main(int argc, char **argv)
{
	unsigned i;

	if (argc < 2)
		return 1;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!strcmp(rows[i].name, argv[1]) ||
			(rows[i].shorthand && !strcmp(rows[i].shorthand, argv[1]))) {
			rows[i].call(argc);
			return 0;
		}
	}
	return 1;
}
