/* A pointer printed with %p and read again: the library writes the variable, through its address. */
#include <stdio.h>

static int one(int x)
{
	return x + 1;
}

static int initial(int x)
{
	return x;
}

int main(void)
{
	char text[32];
	void *address = NULL;
	int (*f)(int) = initial;

	snprintf(text, sizeof(text), "%p", (void *)one);
	if (sscanf(text, "%p", &address) != 1)
		return 1;
	if (((int (*)(int))address)(0) != 1) /* -> one (run only); open +extra */
		return 1;
	if (sscanf(text, "%p", (void **)&f) != 1)
		return 1;
	return f(0) == 1 ? 0 : 1; /* -> one (run only), initial (may); open +extra */
}
