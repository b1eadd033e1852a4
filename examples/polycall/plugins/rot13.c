/* A plug-in for polycall-process: the processor "rot13". */
#include "workers/processor.h"

#include <string.h>

static char rotate(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)('a' + (c - 'a' + 13) % 26);
	if (c >= 'A' && c <= 'Z')
		return (char)('A' + (c - 'A' + 13) % 26);
	return c;
}

static bool rot13(const char *text, char *out, size_t size)
{
	size_t len = strlen(text);

	if (len >= size)
		return false;
	for (size_t i = 0; i <= len; i++)
		out[i] = rotate(text[i]);
	return true;
}

extern const struct processor polycall_processor;
__attribute__((visibility("default")))
const struct processor polycall_processor = {"rot13", rot13};
