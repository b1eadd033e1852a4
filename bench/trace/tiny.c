/* A function that does next to nothing, called in a loop as often as the argument says.
 */
#include <stdlib.h>

static __attribute__((noinline)) unsigned next(unsigned x)
{
	return x * 1664525 + 1013904223;
}

int main(int argc, char **argv)
{
	unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
	unsigned x = 1;

	for (unsigned long i = 0; i < count; i++)
		x = next(x);
	return x == 0;
}
