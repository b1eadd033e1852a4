/*
 * What an object file tells of its code without debug information: where its functions
 * start, which of them others can call, and which calls which directly.
 */
#ifndef PCARCH_TRACER_OBJECT_CODE_H
#define PCARCH_TRACER_OBJECT_CODE_H

#include "core/file.h"
#include "core/key_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct interner;

struct code_bytes {
	uint64_t address, offset, size; /* in memory, in the file */
};

/* A function that others can call, by the name that they use. */
struct exported {
	uint64_t address;
	const char *name; /* in the file */
};

struct object_code {
	struct file_map map;
	struct code_bytes code[16]; /* what is executable */
	size_t ncode;
	uint64_t *starts; /* heap, sorted */
	size_t nstarts;
	struct exported *exported; /* heap, sorted by address */
	const char **imported; /* heap: names that it asks others for; in the file */
	size_t nexported, nimported;
};

/* False: it is no ELF file of 64 bits, or cannot be read. */
bool object_code_open(struct object_code *code, const char *path);
void object_code_release(struct object_code *code);

/* Where the function that holds `address` starts; false: not known. */
bool object_code_start(const struct object_code *code, uint64_t address, uint64_t *start);

/*
 * By what name a program that imports the names in `imported` (interned in `strings`) got
 * to `address`: that of the function there or of one that calls it, directly or in a few
 * steps; the nearest exported one, where none is imported. NULL: not known.
 */
const char *object_code_entry(const struct object_code *code, uint64_t address,
	const struct key_table *imported, struct interner *strings);

#endif
