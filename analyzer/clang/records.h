/* Structs and unions of a unit, with the nodes that their fields stand for. */
#ifndef PCARCH_ANALYZER_CLANG_RECORDS_H
#define PCARCH_ANALYZER_CLANG_RECORDS_H

#include "analyzer/clang/places.h"

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct place;
struct text;
struct walk;

struct field {
	CXCursor declaration;
	CXType type;
	struct place_node place;
	bool is_padding; /* a nameless bit-field: no initialiser is for it */
	bool knows_inner;
	const struct record *inner; /* records_inner() has the answer */
};

struct record {
	const struct field *fields;
	size_t nfields;
	uint32_t index; /* in the facts; FACTS_NONE until a node needs it */
	bool is_union, is_system;
	bool is_private; /* no other unit can have one of them */
	bool has_function; /* among its fields, or those of a record within */
	uint32_t *loaded; /* its NODE_LOADED; FACTS_NONE until it is needed */
};

struct records;

struct records *records_new(void);
void records_free(struct records *records);

/*
 * The same memory seen as one record and as another: what stands at one offset is one
 * thing, in the whole program.
 */
void records_share(struct walk *walk, const struct record *one,
	const struct record *other, struct place place);

/* The struct or union declared by `declaration`; NULL when it is not complete. */
const struct record *records_find(struct walk *walk, CXCursor declaration);

/*
 * The record that field `number` of `record` is, or points to (carrier_record); NULL:
 * none, or none that is complete.
 */
const struct record *records_inner(struct walk *walk, const struct record *record,
	size_t number);

/*
 * Append the tag or typedef of a struct or union. One that clang calls "struct (unnamed
 * at …)" is known by the record around it, with a dot for each level; nothing is added
 * where there is none.
 */
void records_name(CXCursor declaration, struct text *out);

/*
 * Something that other units see has this type: another definition of the same name and
 * looks, elsewhere, is the same type.
 */
void records_expose(struct walk *walk, CXType type);

#endif
