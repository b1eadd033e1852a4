/* The functions that an ELF file names. */
#ifndef PCARCH_TRACER_RUNTIME_SYMBOLS_H
#define PCARCH_TRACER_RUNTIME_SYMBOLS_H

#include <stdbool.h>
#include <stdint.h>

struct symbol {
	const char *name;
	uint64_t address, size; /* in the file */
	const char *file; /* the source of a local one; NULL: not known */
};

/*
 * Call `take` for each, in no order: of the full table where the file has one, else of
 * the dynamic one. False: it cannot be read, or has neither.
 */
bool symbols_each(const char *path, void (*take)(const struct symbol *, void *),
	void *argument);

#endif
