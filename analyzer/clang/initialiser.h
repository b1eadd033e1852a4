/*
 * What each value in a brace-enclosed list initialises. libclang shows the list as it is
 * written, so C's rules (C11 6.7.9: designators, elided braces) are applied here.
 */
#ifndef PCARCH_ANALYZER_CLANG_INITIALISER_H
#define PCARCH_ANALYZER_CLANG_INITIALISER_H

#include "analyzer/clang/places.h"

#include <clang-c/Index.h>
#include <stdint.h>

struct record;
struct walk;

/* An object that is being filled: an array, or a record and its next field. */
struct initialiser_level {
	CXType type; /* canonical */
	struct place_node place; /* of an array's elements */
	const struct record *record; /* NULL: an array, or what has no members */
	size_t at; /* field or element at hand */
	size_t next, limit; /* the one after it; limit SIZE_MAX: none is known */
};

/* One value: the last of `levels` is the object that it stands in. */
struct initialised {
	uint32_t value; /* node of the syntax */
	struct place_node to; /* may be nowhere */
	uint32_t row; /* the number of its braces in the unit */
	const struct initialiser_level *levels; /* from the whole object on */
	size_t nlevels;
};

struct initialiser_visitor {
	void (*found)(void *context, const struct initialised *found);
	void *context;
};

/* Read the list at `list` of walk->syntax, which initialises `whole` of type `type`. */
void initialiser_read(struct walk *walk, uint32_t list, CXType type,
	struct place_node whole, const struct initialiser_visitor *visitor);

#endif
