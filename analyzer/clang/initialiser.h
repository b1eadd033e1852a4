/*
 * What each value in a brace-enclosed list initialises. libclang shows the list as it is
 * written, so C's rules (C11 6.7.9: designators, elided braces) are applied here.
 */
#ifndef PCARCH_ANALYZER_CLANG_INITIALISER_H
#define PCARCH_ANALYZER_CLANG_INITIALISER_H

#include "analyzer/clang/places.h"

#include <clang-c/Index.h>
#include <stdint.h>

struct walk;

struct initialiser_visitor {
	/*
	 * `value`, a node of the syntax, initialises `to`, which may be nowhere, in the
	 * braces number `row` of the unit.
	 */
	void (*found)(void *context, uint32_t value, struct place_node to, uint32_t row);
	void *context;
};

/* Read the list at `list` of walk->syntax, which initialises `whole` of type `type`. */
void initialiser_read(struct walk *walk, uint32_t list, CXType type,
	struct place_node whole, const struct initialiser_visitor *visitor);

#endif
