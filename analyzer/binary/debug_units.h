/* The units and functions that DWARF tells of. */
#ifndef PCARCH_ANALYZER_BINARY_DEBUG_UNITS_H
#define PCARCH_ANALYZER_BINARY_DEBUG_UNITS_H

#include <stdbool.h>

struct arena;
struct binary;
struct elf_file;
struct error;

/*
 * Read what `debug` (which may be `program`) tells of `program` into out->units,
 * out->functions and out->ranges, not sorted. Only functions that have code in `program`
 * count. Fails where a unit cannot be read whole: what is not known to be linked would be
 * left out.
 */
bool debug_units_read(struct arena *arena, const struct elf_file *program,
	const struct elf_file *debug, struct binary *out, struct error *err);

#endif
