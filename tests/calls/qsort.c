/* What qsort and bsearch call: each line its own comparator. */
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int backwards(const void *a, const void *b)
{
	return by_value(b, a);
}

static int to_key(const void *key, const void *item)
{
	return *(const int *)key - *(const int *)item;
}

int main(void)
{
	int numbers[] = {5, 3, 9, 1};
	int key = 3;

	qsort(numbers, 4, sizeof(numbers[0]), backwards); /* -> qsort, backwards; closed */
	qsort(numbers, 4, sizeof(numbers[0]), by_value); /* -> qsort, by_value; closed */
	return bsearch(&key, numbers, 4, sizeof(numbers[0]), to_key) ? 0 : 1; /* -> bsearch, to_key; closed */
}
