/*
 * The nodes of function-value flow that declarations stand for: a variable, a parameter,
 * a field. What cannot hold a function's address has none.
 */
#ifndef PCARCH_ANALYZER_CLANG_PLACES_H
#define PCARCH_ANALYZER_CLANG_PLACES_H

#include "analyzer/clang/carrier.h"

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place;
struct walk;

/*
 * An expression as a place: a node, what it holds, and how far the expression is from it:
 * 1 for `&x`, -1 for `*p` and `a[i]`. FACTS_NONE and CARRIER_NONE for nothing.
 */
struct place_node {
	uint32_t node;
	enum carrier carrier;
	int shift;
};

struct field {
	CXCursor declaration;
	CXType type;
	struct place_node place;
	bool is_padding; /* a nameless bit-field: no initialiser is for it */
};

struct record {
	const struct field *fields;
	size_t nfields;
	uint32_t index; /* in the facts; FACTS_NONE until a node needs it */
	bool is_union, is_system;
	bool has_function; /* among its fields, or those of a record within */
};

struct places;

struct places *places_new(void);
void places_free(struct places *places);

/* What a node of that type can hold: enum facts_node_holds. */
uint16_t places_holds(enum carrier carrier);

/* A function body begins: its parameters are those of function `function`. */
void places_enter(struct walk *walk, CXCursor definition, uint32_t function);

/* A variable, parameter, field or function. */
struct place_node places_of(struct walk *walk, CXCursor declaration);

/* The unit defines `variable`, if it is seen by others: one that none defines is a
 * library's. */
void places_define(struct walk *walk, CXCursor variable);

struct place_node places_function(struct walk *walk, uint32_t function);

/*
 * The same memory seen as one record and as another: what stands at one offset is one
 * thing, in the whole program.
 */
void places_share(struct walk *walk, const struct record *one, const struct record *other,
	struct place place);

/* The struct or union declared by `declaration`; NULL when it is not complete. */
const struct record *places_record(struct walk *walk, CXCursor declaration);

#endif
