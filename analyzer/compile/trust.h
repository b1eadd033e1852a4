/* Whether a program that a stranger's database names may be run. */
#ifndef PCARCH_ANALYZER_COMPILE_TRUST_H
#define PCARCH_ANALYZER_COMPILE_TRUST_H

#include <stdbool.h>

struct stat;

/*
 * NULL when the executable `path` (absolute, resolved) can only have been written by root
 * or by us; otherwise what speaks against it. Fills `st`.
 */
const char *trust_refusal(const char *path, struct stat *st);

#endif
