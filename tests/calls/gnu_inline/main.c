#include "fast.h"

int main(void)
{
	function f = twice;
	int sum = twice(1); /* -> twice.c:twice, fast.h:twice (may); closed */

	return sum + f(1) == 4 ? 0 : 1; /* -> twice.c:twice, fast.h:twice (may); closed */
}
