/* Attributes in a declaration as clang prints it. */
#ifndef PCARCH_ANALYZER_FACTS_ATTRIBUTE_TEXT_H
#define PCARCH_ANALYZER_FACTS_ATTRIBUTE_TEXT_H

#include <stdbool.h>

struct attributes {
	unsigned flags; /* enum function_flag */
	bool has_section; /* of the linker */
	char target[256]; /* of alias or ifunc; "" */
	char cleanup[256]; /* the function that cleans a variable up; "" */
};

/* Read them from `text`, whatever it holds; a name that is too long is cut. */
void attributes_parse(const char *text, struct attributes *out);

#endif
