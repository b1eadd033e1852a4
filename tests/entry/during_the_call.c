/* Called before the library function returns: no entry points. */
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

int main(void)
{
	int numbers[] = {3, 1, 2}, one = 1;

	qsort(numbers, 3, sizeof(*numbers), compare);
	return !bsearch(&one, numbers, 3, sizeof(*numbers), compare);
}
