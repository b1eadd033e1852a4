#ifndef PREFIX_H
#define PREFIX_H

#include <stdbool.h>

#define NEXT_ARG()                            \
	do {                                  \
		argv++;                       \
		if (--argc <= 0)              \
			incomplete_command(); \
	} while (0)

bool matches(const char *prefix, const char *string);
void incomplete_command(void) __attribute__((noreturn));
int do_address(int argc, char **argv);
int do_neigh(int argc, char **argv);

#endif
