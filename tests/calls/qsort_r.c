/* qsort_r hands a context to the comparator, and there is a function in it. */
#include <stdlib.h>

struct order {
	int (*key)(int);
	int sign;
};

static int last_digit(int x)
{
	return x % 10;
}

static int whole(int x)
{
	return x;
}

static int compare(const void *a, const void *b, void *data)
{
	const struct order *order = data;
	int left = order->key(*(const int *)a); /* -> last_digit, whole; closed */

	return order->sign * (left - order->key(*(const int *)b)); /* -> last_digit, whole; closed */
}

int main(void)
{
	int numbers[] = {21, 13, 34};
	struct order digits = {last_digit, 1}, values = {whole, -1};

	qsort_r(numbers, 3, sizeof(numbers[0]), compare, &digits); /* -> qsort_r, compare; closed */
	qsort_r(numbers, 3, sizeof(numbers[0]), compare, &values); /* -> qsort_r, compare; closed */
	return numbers[0] == 34 ? 0 : 1;
}
