/*
 * Attributes, which libclang does not show: read from the declaration as clang prints it,
 * because the tokens of one that stands in a macro are those of the macro.
 */
#ifndef PCARCH_ANALYZER_CLANG_ATTRIBUTES_H
#define PCARCH_ANALYZER_CLANG_ATTRIBUTES_H

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stddef.h>

struct attributes {
	unsigned flags; /* enum function_flag */
	char target[256]; /* of alias or ifunc; "" */
	char cleanup[256]; /* the function that cleans a variable up; "" */
};

void attributes_read(CXCursor declaration, struct attributes *out);

/* The same from clang's text, for tests and fuzzing. */
void attributes_parse(const char *text, struct attributes *out);

#endif
