/* Why something could not be done, in one sentence. */
#ifndef POLYCALL_CORE_FAILURE_H
#define POLYCALL_CORE_FAILURE_H

#include <stdbool.h>

/* Owned by the caller, so that failing never allocates. */
struct failure {
	char text[256];
};

/* Fill `why` and return false, so that a failing function ends in one line. */
bool failure_set(struct failure *why, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
