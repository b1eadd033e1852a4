/* Functions as distances from one of them, as position-independent tables keep them. */
#include <stdint.h>

typedef int (*function)(int);

static int base(int x)
{
	return x + 1;
}

static int two(int x)
{
	return x + 2;
}

static int four(int x)
{
	return x + 4;
}

int main(void)
{
	intptr_t offset = (char *)two - (char *)base;
	int32_t short_offset = (int32_t)((intptr_t)four - (intptr_t)base);
	function f = (function)((char *)base + offset);
	int sum = f(0); /* -> two, base (may), four (may); sound */

	f = (function)((uintptr_t)base + (uintptr_t)(intptr_t)short_offset);
	return sum + f(0) == 6 ? 0 : 1; /* -> four, base (may), two (may); sound */
}
