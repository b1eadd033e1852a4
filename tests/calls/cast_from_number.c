/* A function at an address that is only known as a number when it runs. */
#include <stdint.h>
#include <stdio.h>

static int secret(int x)
{
	return x + 1;
}

int main(int argc, char **argv)
{
	char text[32];
	unsigned long address;
	int (*f)(int);

	snprintf(text, sizeof(text), "%lx", (unsigned long)(uintptr_t)secret);
	if (sscanf(text, "%lx", &address) != 1)
		return 1;
	(void)argv;
	if (argc > 100)
		return ((int (*)(int))0x1000)(1); /* -> none; open */
	f = (int (*)(int))address;
	return f(1) == 2 ? 0 : 1; /* -> secret (run only); open */
}
