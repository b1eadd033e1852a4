/* What runs when the program ends, in which one function registers another. */
#include <stdlib.h>
#include <unistd.h>

static int *counter;

static void last(void)
{
	if (*counter != 11)
		_exit(1);
}

static void first(void)
{
	++*counter;
	atexit(last); /* -> atexit, last; closed */
}

static void with_data(int status, void *data)
{
	*(int *)data += status + 10;
}

int main(void)
{
	static int count;

	counter = &count;
	atexit(first); /* -> atexit, first; closed */
	on_exit(with_data, &count); /* -> on_exit, with_data; closed */
	exit(0);
}
