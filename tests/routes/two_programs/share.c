#include "share.h"
#include <string.h>

int run_word(const struct word *words, const char *what)
{
	for (; words->name; words++)
		if (!strcmp(words->name, what))
			return words->run(what);
	return 1;
}
