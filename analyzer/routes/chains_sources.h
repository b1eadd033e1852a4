/* Where the texts that functions are given come from, and who calls them. */
#ifndef PCARCH_ANALYZER_ROUTES_CHAINS_SOURCES_H
#define PCARCH_ANALYZER_ROUTES_CHAINS_SOURCES_H

#include "analyzer/routes/term.h"
#include "core/grouping.h"

#include <stdbool.h>
#include <stdint.h>

struct routes_program;

enum {
	SOURCES_PARAMETERS = 32 /* of a function, that are followed */
};

/* Parameters as bits. */
struct function_source {
	uint32_t ncallers; /* functions that name it in a call */
	uint32_t last_caller;
	uint32_t literals; /* given a literal by some caller */
	uint32_t words; /* given text from outside: of a command line, or read */
};

struct sources {
	struct function_source *functions; /* by number of the table */
	const uint32_t *callers; /* outlines */
	struct grouping callers_of; /* each function: indexes in `callers` */
};

/* In the program's arena. */
void sources_read(const struct routes_program *program, struct sources *out);

/* Is parameter `number` of the function a `char **`? */
bool source_is_words(const struct routes_program *program, uint32_t function,
	uint32_t number);

enum source_kind {
	SOURCE_UNKNOWN,
	SOURCE_READ, /* the variable is filled, or assigned, by a function that reads */
	SOURCE_FILE, /* the same, from a file that the body opens: no commands of a user
		      */
};

enum source_kind source_of(const struct routes_program *program, struct term body,
	struct term variable);

#endif
