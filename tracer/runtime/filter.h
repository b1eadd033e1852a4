/* Which functions are traced, and at which of them a trace starts. */
#ifndef PCARCH_TRACER_RUNTIME_FILTER_H
#define PCARCH_TRACER_RUNTIME_FILTER_H

#include "tracer/runtime/elf.h"
#include "tracer/runtime/stub.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is to become of one patchable entry. */
struct choice {
	uint64_t entry;
	bool is_traced;
};

/* Once: split the patterns of the settings. */
void filter_init(void);

/*
 * Decide for each entry of the object, in its memory at `path`; *nchoices of them, to be
 * released with choices_release(). NULL: no memory, or none has an entry. The roots in it
 * are known from then on.
 */
struct choice *choices_make(const struct elf_image *image, const char *path,
	const struct pcarch_stub *stub, size_t *nchoices);
void choices_release(struct choice *choices, size_t nchoices);

/* A function at which a trace starts. */
struct root {
	uint64_t address; /* of the function, or behind its entry */
	uint32_t number; /* in the list of roots; 0: a pattern matched */
	uint32_t kind; /* enum roots_kind */
	uint32_t seen; /* spans.c's */
};

/* Whether roots were named; if so, the one at `address`, or NULL. */
bool filter_has_roots(void);
struct root *filter_root(uint64_t address);

#endif
