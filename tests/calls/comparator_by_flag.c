/* A comparator that flags select, wrapped by another that calls it through a global. */
#include <stdlib.h>

typedef int (*comparator)(const void *, const void *);

static comparator wrapped;

static int by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int by_last_digit(const void *a, const void *b)
{
	return *(const int *)a % 10 - *(const int *)b % 10;
}

static int reversed(const void *a, const void *b)
{
	return wrapped(b, a); /* -> by_size, by_last_digit, reversed (may); closed */
}

static void sort(int *numbers, size_t count, int is_digit, int is_reversed)
{
	comparator compare = is_digit ? by_last_digit : by_size;

	if (is_reversed) {
		wrapped = compare;
		compare = reversed;
	}
	qsort(numbers, count, sizeof(*numbers), compare); /* -> qsort, by_size, by_last_digit, reversed; closed */
}

int main(void)
{
	int numbers[] = {12, 31, 23};

	for (int i = 0; i < 4; i++)
		sort(numbers, 3, i & 1, i & 2);
	return numbers[0] == 23 ? 0 : 1;
}
