/* Tables walked by pointers that are moved, subtracted and indexed from the wrong side. */
#include <stddef.h>

typedef int (*step)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int three(int x)
{
	return x + 3;
}

static step steps[] = {one, two, three, NULL};

int main(void)
{
	step *p = steps;
	step *end = &steps[3];
	int sum = 0;

	while (*p)
		sum = (*p++)(sum); /* -> one, two, three; closed */
	sum = end[-1](sum); /* -> three, one (may), two (may); closed */
	sum = (*(steps + 1))(sum); /* -> two, one (may), three (may); closed */
	return 1 [steps](sum) == 13 ? 0 : 1; /* -> two, one (may), three (may); closed */
}
