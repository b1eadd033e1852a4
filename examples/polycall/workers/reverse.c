/* The processor "reverse", which puts itself into the table before main. */
#include "workers/processor.h"

#include <string.h>

static bool reverse(const char *text, char *out, size_t size)
{
	size_t len = strlen(text);

	if (len >= size)
		return false;
	for (size_t i = 0; i < len; i++)
		out[i] = text[len - 1 - i];
	out[len] = '\0';
	return true;
}

__attribute__((constructor)) static void register_reverse(void)
{
	processor_add((struct processor){"reverse", reverse});
}
