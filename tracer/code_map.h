/*
 * Where the code of one object file comes from: which function and which line made what
 * stands at an address. Addresses are those in the file. Filled in any order, then sorted
 * once; strings are the filler's.
 */
#ifndef PCARCH_TRACER_CODE_MAP_H
#define PCARCH_TRACER_CODE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CODE_NONE UINT32_MAX

/* A function of the source, as the debug information tells. */
struct code_function {
	const char *name;
	const char *file; /* as the compiler saw it, mostly absolute; NULL: not known */
	unsigned line, arity;
	bool is_public;
};

/* One body of a function: its own, or where it was inlined. */
struct code_scope {
	uint32_t function;
	uint32_t parent; /* the scope that it is inlined into; CODE_NONE: its own body */
	const char *call_file; /* where it is called, when inlined */
	unsigned call_line, call_column;
};

struct code_range {
	uint64_t low, high; /* high is behind it */
	uint32_t scope;
};

struct code_line {
	uint64_t address;
	const char *file; /* NULL: what follows has no lines */
	unsigned line, column;
	uint32_t order; /* as added */
};

struct code_symbol {
	uint64_t address, size; /* size 0: up to the next */
	const char *name;
	bool is_public;
};

/* From `address` on, up to the next one. */
struct code_segment {
	uint64_t address;
	uint32_t scope; /* CODE_NONE: nothing is known */
};

struct code_segments {
	struct code_segment *items; /* heap */
	size_t count, room;
};

struct code_map {
	struct code_function *functions; /* heap, as all of these */
	struct code_scope *scopes;
	struct code_range *ranges;
	struct code_line *lines;
	struct code_symbol *symbols;
	const char **units; /* source files that are compiled, as the compiler saw them */
	size_t nlost; /* units of which only lines are known, as the rest is elsewhere */
	size_t nfunctions, nscopes, nranges, nlines, nsymbols, nunits;
	size_t function_room, scope_room, range_room, line_room, symbol_room, unit_room;
	struct code_segments innermost, bodies; /* made by code_map_sort() */
};

void code_map_release(struct code_map *map);

/* Each returns the index of what is added. */
uint32_t code_map_function(struct code_map *map, const struct code_function *function);
uint32_t code_map_scope(struct code_map *map, const struct code_scope *scope);
void code_map_range(struct code_map *map, const struct code_range *range);
void code_map_line(struct code_map *map, const struct code_line *line);
void code_map_symbol(struct code_map *map, const struct code_symbol *symbol);
void code_map_unit(struct code_map *map, const char *file);

/* To be called before anything is looked up, and nothing may be added then. */
void code_map_sort(struct code_map *map);

/* The innermost inlined body that `address` is in; CODE_NONE: not known. */
uint32_t code_map_innermost(const struct code_map *map, uint64_t address);

/* The function's own body that `address` is in, whatever is inlined there. */
uint32_t code_map_body(const struct code_map *map, uint64_t address);

/* NULL: not known. */
const struct code_line *code_map_line_at(const struct code_map *map, uint64_t address);
const struct code_symbol *code_map_symbol_at(const struct code_map *map,
	uint64_t address);

#endif
