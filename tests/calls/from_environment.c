/* An address in the environment: nothing in the source says what is called. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int hidden(int x)
{
	return x + 1;
}

int main(void)
{
	char text[32];
	const char *value;
	int (*f)(int);

	snprintf(text, sizeof(text), "%llu", (unsigned long long)(uintptr_t)&hidden);
	if (setenv("HANDLER", text, 1))
		return 1;
	value = getenv("HANDLER");
	if (!value)
		return 1;
	f = (int (*)(int))(uintptr_t)strtoull(value, NULL, 10);
	return f(0) == 1 ? 0 : 1; /* -> hidden (run only); open */
}
