/* program: shelf */
/* Two programs of one tree share a unit, and each has its own commands: some have the
 * same names. */
#include "share.h"
#include <stdio.h>
#include <string.h>

static int do_add(const char *what)
{
	return puts(__func__) < 0;
}
static int do_show(const char *what)
{
	return puts(__func__) < 0;
}

static const struct word words[] = {{"add", do_add}, {"show", do_show}, {0}};

int main(int argc, char **argv)
{
	return run_word(words, argc > 1 ? argv[1] : "");
}
