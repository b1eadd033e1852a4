/* Parsing one unit with libclang, as the compiler would, whatever its flags. */
#ifndef PCARCH_ANALYZER_CLANG_PARSE_H
#define PCARCH_ANALYZER_CLANG_PARSE_H

#include <clang-c/Index.h>
#include <stdbool.h>

struct error;
struct extract_input;

struct parsed {
	CXIndex index;
	CXTranslationUnit tu;
	bool lost_flags; /* parsed without the flags that only tune code generation */
};

/* Fails when libclang delivers no tree at all. */
bool parse_unit(const struct extract_input *input, struct parsed *out, struct error *err);
void parse_release(struct parsed *parsed);

#define scoped_parsed __attribute__((cleanup(parse_release))) struct parsed

#endif
