/* Which addresses of an object file are asked for, and what of the file is code. */
#ifndef PCARCH_TRACER_RESOLVE_WANTED_H
#define PCARCH_TRACER_RESOLVE_WANTED_H

#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	WANTED_MAX_SEGMENTS = 64
};

struct wanted {
	const uint64_t *addresses; /* sorted */
	size_t count;
	struct {
		uint64_t low, high;
	} code[WANTED_MAX_SEGMENTS]; /* what is executable */
	size_t ncode;
};

/* What the linker dropped keeps its debug information, at address 0 or nowhere. */
void wanted_read_code(struct wanted *wanted, Elf *elf);
bool wanted_is_code(const struct wanted *wanted, uint64_t address);

/* The first address that is not below `low`: its index. */
size_t wanted_first(const struct wanted *wanted, uint64_t low);

/* Is any in [low, high)? */
bool wanted_in(const struct wanted *wanted, uint64_t low, uint64_t high);

#endif
