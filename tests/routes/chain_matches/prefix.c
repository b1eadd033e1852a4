#include "prefix.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As strcmp() would: false when `prefix` is the beginning of `string`. */
bool matches(const char *prefix, const char *string)
{
	if (!*prefix)
		return true;
	while (*string && *prefix == *string) {
		prefix++;
		string++;
	}
	return !!*prefix;
}

void incomplete_command(void)
{
	fprintf(stderr, "Command line is not complete.\n");
	exit(1);
}
