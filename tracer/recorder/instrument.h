/*
 * A compiler's command line with what makes its program traceable: flags where C is
 * compiled, the runtime where something is linked.
 */
#ifndef PCARCH_TRACER_RECORDER_INSTRUMENT_H
#define PCARCH_TRACER_RECORDER_INSTRUMENT_H

#include <stdbool.h>
#include <stddef.h>

struct command_line {
	const char *words; /* one after another, each with its NUL */
	size_t size, count;
	size_t driver; /* the word that names the compiler: 0, or more behind a launcher
			*/
	bool is_clang; /* whatever its name */
	const char *response; /* of one @file; NULL: there is none */
	size_t response_size;
};

/*
 * Fill `out`, which has room for `count` + INSTRUMENT_WORDS pointers, with the words and
 * ours among them, and NULL. `how` is "MODE:DIRECTORY", as RECORD_INSTRUMENT has it;
 * `scratch`, of INSTRUMENT_BYTES, is where words of ours are put. False: nothing is to be
 * added, or the compiler is none of this machine's programs.
 */
bool instrument(const struct command_line *line, const char *how, const char **out,
	char *scratch);

/* Is it a C++ compiler's driver? Only its links matter: there may be C in them. */
bool instrument_is_cxx(const char *path);

enum {
	INSTRUMENT_WORDS = 24,
	INSTRUMENT_BYTES = 3 * 4200, /* three paths */
};

#endif
