/* An array of functions is sorted: the comparator calls what it compares, and bsearch gives one back. */
#include <stdlib.h>

typedef int (*handler)(void);

static int nine(void)
{
	return 9;
}

static int three(void)
{
	return 3;
}

static int six(void)
{
	return 6;
}

static int compare(const void *a, const void *b)
{
	handler left = *(const handler *)a, right = *(const handler *)b;
	int difference = left(); /* -> nine, three, six; closed */

	return difference - right(); /* -> nine (not run), three, six; closed */
}

int main(void)
{
	handler handlers[] = {nine, three, six};
	handler key = six, *found;
	int first;

	qsort(handlers, 3, sizeof(handlers[0]), compare); /* -> qsort, compare; closed */
	first = handlers[0](); /* -> three, nine (may), six (may); closed */
	found = bsearch(&key, handlers, 3, sizeof(handlers[0]), compare); /* -> bsearch, compare; closed */
	return found && (*found)() == 6 && first == 3 ? 0 : 1; /* -> six, nine (may), three (may); closed */
}
