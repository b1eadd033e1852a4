/*
 * Running a function on a deep stack: the usual 8 MB end at 5,000 else-ifs inside
 * libclang, 512 MB at 60,000 parentheses.
 */
#ifndef PCARCH_ANALYZER_CLANG_DEEP_STACK_H
#define PCARCH_ANALYZER_CLANG_DEEP_STACK_H

#include <stdbool.h>

/* Holds -fbracket-depth=65536 of what costs most; only what is used becomes memory. */
enum {
	DEEP_STACK_BYTES = 1024 * 1024 * 1024
};

/*
 * Run function(argument), on one stack that is kept for the next time. Not a thread,
 * because malloc is faster while there is only one. False and errno when there is no
 * address space.
 */
bool deep_stack_run(void (*function)(void *argument), void *argument);

#endif
