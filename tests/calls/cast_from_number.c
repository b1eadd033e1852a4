/* A function at an address that is only known as a number when it runs. */
#include <stdint.h>
#include <stdio.h>

static int secret(int x)
{
	return x + 1;
}

int main(void)
{
	char text[32];
	unsigned long address;
	int (*f)(int);

	snprintf(text, sizeof(text), "%lx", (unsigned long)(uintptr_t)secret);
	if (sscanf(text, "%lx", &address) != 1)
		return 1;
	f = (int (*)(int))address;
	return f(1) == 2 ? 0 : 1; /* -> secret (run only); open */
}
