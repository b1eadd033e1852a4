/* hsearch and lsearch keep what they are given inside the library, and give it back. */
#include <search.h>
#include <string.h>

typedef int (*function)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(function));
}

int main(void)
{
	ENTRY entry = {(char *)"one", (void *)one}, *found;
	function list[2] = {two}, key = two, *place;
	size_t count = 1;

	if (!hcreate(4) || !hsearch(entry, ENTER))
		return 1;
	found = hsearch((ENTRY){(char *)"one", 0}, FIND);
	place = lsearch(&key, list, &count, sizeof(list[0]), compare); /* -> lsearch, compare; closed */
	if (!found || !place)
		return 1;
	return ((function)found->data)(0) + (*place)(0) == 3 ? 0 : 1; /* -> one, two; sound */
}
