/* Several callers of one function, with NULL from some: only what is given can be called. */
#include <stddef.h>

static int calls;

static void done(int status)
{
	calls += status;
}

static void cleanup(int status)
{
	calls += 10 * status;
}

static void finish(int status, void (*first)(int), void (*second)(int), void (*third)(int))
{
	if (first)
		first(status); /* -> done; closed */
	if (second)
		second(status); /* -> cleanup; closed */
	if (third)
		third(status); /* -> none; sound */
}

int main(void)
{
	finish(1, done, NULL, NULL);
	finish(1, NULL, cleanup, 0);
	finish(1, 0, (void (*)(int))0, (void *)0);
	return calls == 11 ? 0 : 1;
}
