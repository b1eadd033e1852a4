#include "each.h"

int run_a(void);

static int plus_two(int x)
{
	return x + 2;
}

int main(void)
{
	int items[] = {3, 4};
	int sum = each(items, 2, plus_two);
	int (*f)(int) = plus_two;

	EACH(items, 2, sum += f(it)); /* -> plus_two; closed */
	return sum + run_a() == 27 ? 0 : 1;
}
