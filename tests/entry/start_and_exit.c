/* Constructors, destructors, and what is called at the end. */
#include <stdlib.h>

__attribute__((constructor)) static void first(void)
{
}

__attribute__((destructor)) static void last(void)
{
}

static void at_end(void)
{
}

static void with_status(int status, void *data)
{
	(void)status;
	(void)data;
}

extern int on_exit(void (*function)(int, void *), void *data);

int main(void)
{
	atexit(at_end);
	return on_exit(with_status, NULL);
}
