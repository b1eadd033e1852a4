/* An object file's debug information and symbols, read once. */
#ifndef PCARCH_TRACER_RESOLVE_H
#define PCARCH_TRACER_RESOLVE_H

#include "tracer/code_map.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct interner;

struct resolve_request {
	const char *path; /* of the object file */
	const uint8_t *build_id; /* that it must have; size 0: any */
	size_t build_id_size;
	const uint64_t *addresses; /* sorted: what will be asked for, as in the file */
	size_t naddresses;
	bool only_symbols; /* no debug information: of a library of the system */
};

/*
 * Fill `map`, which is empty, with what is needed to resolve the addresses, and sort it:
 * one walk over the functions and lines of the units that the addresses are in, and the
 * symbol table. Debug information may be compressed, split (.dwo; of a .dwp only what
 * the program itself has, and map->nlost says so), or in a file of its own, found by
 * build id or debug link where the system keeps them; no network is asked. Strings go to
 * `strings`. Fails when the file is gone, is another one than ran, or is no ELF file;
 * without debug information or symbols the map is just emptier.
 */
bool resolve_object(const struct resolve_request *request, struct interner *strings,
	struct code_map *map, struct error *err);

/*
 * The name of a function without what compilers add to those of its clones: "f" for
 * "f.isra.0", "f.part.1.cold".
 */
const char *resolve_plain_name(struct interner *strings, const char *name);

#endif
