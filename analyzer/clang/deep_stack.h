/*
 * Running a function on a deep stack: 60,000 else-ifs or a sum of 200,000 terms overflow the
 * usual 8 MB inside libclang.
 */
#ifndef PCARCH_ANALYZER_CLANG_DEEP_STACK_H
#define PCARCH_ANALYZER_CLANG_DEEP_STACK_H

#include <stdbool.h>

/* Only what is used of it becomes memory. */
enum { DEEP_STACK_BYTES = 512 * 1024 * 1024 };

/*
 * Run function(argument), on one stack that is kept for the next time. Not a thread, because
 * malloc is faster while there is only one. False and errno when there is no address space.
 */
bool deep_stack_run(void (*function)(void *argument), void *argument);

#endif
