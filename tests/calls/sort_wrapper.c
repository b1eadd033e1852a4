/* A sort of one's own around qsort; its comparator comes in as a parameter, and through a pointer to qsort. */
#include <stdlib.h>

typedef int (*comparator)(const void *, const void *);

static int up(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int down(const void *a, const void *b)
{
	return *(const int *)b - *(const int *)a;
}

static void sort(int *items, size_t count, comparator compare)
{
	if (count > 1)
		qsort(items, count, sizeof(*items), compare); /* -> qsort, up; closed */
}

int main(void)
{
	void (*sorter)(void *, size_t, size_t, comparator) = qsort;
	int items[] = {2, 3, 1};

	sort(items, 3, up);
	sorter(items, 3, sizeof(items[0]), down); /* -> qsort, down; closed */
	return items[0] == 3 ? 0 : 1;
}
