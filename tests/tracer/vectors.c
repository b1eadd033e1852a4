/* Arguments in whole vector registers, at the first call, which saves them all. */
#include "work.h"

#include <errno.h>
#include <string.h>

typedef float wide __attribute__((vector_size(32)));

keep __attribute__((target("avx"))) static float total(wide a, wide b, wide c, wide d)
{
	wide sum = a + b + c + d;
	float result = 0;

	for (int i = 0; i < 8; i++)
		result += sum[i];
	return result;
}

/* Called first from a file that is not known yet: the runtime asks libc about it. */
__attribute__((target("avx"))) int main(void)
{
	wide ones = {1, 1, 1, 1, 1, 1, 1, 1};
	float result = 0;

	if (!__builtin_cpu_supports("avx"))
		return 0;
	errno = 77;
	for (int i = 0; i < 10; i++)
		result = total(ones, ones * 2, ones * 3, ones * 4);
	return result != 80 || errno != 77;
}
