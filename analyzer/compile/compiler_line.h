/* What a compiler's command line says of its output, which units.h drops. */
#ifndef PCARCH_ANALYZER_COMPILE_COMPILER_LINE_H
#define PCARCH_ANALYZER_COMPILE_COMPILER_LINE_H

#include <stddef.h>

struct arena;

struct compiler_line {
	const char *output; /* -o; NULL: none given */
	/* Of -MD or -MMD: -MF, or `output` with the suffix .d; NULL: none wanted. */
	const char *depfile;
};

/* Read `arguments`, from the compiler's name on. Strings are borrowed or in `arena`. */
void compiler_line_read(struct arena *arena, const char *const *arguments,
	size_t narguments, struct compiler_line *out);

#endif
