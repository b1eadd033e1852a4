/* The compiler's own functions around a function: chosen, expected, assumed, copied. */
#include <stdlib.h>

typedef int (*function)(int);

static int one(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int never(int x)
{
	return x + 100;
}

int main(void)
{
	function f = __builtin_choose_expr(sizeof(int) == 4, one, never);
	function g, source = two;
	function *list = __builtin_malloc(sizeof(*list));
	function h;
	int sum;

	if (__builtin_expect(!list, 0))
		__builtin_abort();
	*list = two;
	__builtin_memcpy(&g, &source, sizeof(g));
	h = *(function *)__builtin_assume_aligned(list, 8);
	sum = f(0); /* -> one, never (may); closed */
	sum += g(0); /* -> two; closed */
	sum += h(0); /* -> two; closed */
	__builtin_free(list);
	return sum + __builtin_choose_expr(0, never, one)(0) == 6 ? 0 : 1; /* -> one, never (may); closed */
}
