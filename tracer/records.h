/* The compilers that a build ran, read back from what they recorded of themselves. */
#ifndef PCARCH_TRACER_RECORDS_H
#define PCARCH_TRACER_RECORDS_H

#include <stddef.h>

struct arena;

struct compiler_run {
	const char *directory; /* absolute: where it ran */
	/*
	 * Its command line, NULL-terminated, response files replaced by their words. The
	 * first word is the path of the program where the shell had found it by name.
	 */
	const char *const *words;
	size_t nwords;
};

struct records {
	struct compiler_run *runs; /* in the order in which they started */
	size_t nruns;
	size_t ndamaged; /* cut off: a compiler was killed, a disk full */
};

/* Read the `size` bytes of a record file (recorder/record.h), all copied into `arena`. */
void records_read(struct arena *arena, const char *bytes, size_t size,
	struct records *out);

#endif
