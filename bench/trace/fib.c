/* fib(n), as it is written: 30 million calls from two places for 35. */
#include <stdlib.h>

static unsigned fib(unsigned n)
{
	return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

int main(int argc, char **argv)
{
	return fib(argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 35) == 0;
}
