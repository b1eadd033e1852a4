/*
 * The nodes of function-value flow that declarations stand for: a variable, a parameter,
 * a field. What cannot hold a function's address has none.
 */
#ifndef PCARCH_ANALYZER_CLANG_PLACES_H
#define PCARCH_ANALYZER_CLANG_PLACES_H

#include "analyzer/clang/carrier.h"

#include <clang-c/Index.h>
#include <stdint.h>

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

struct places;

struct places *places_new(void);
void places_free(struct places *places);

/* The declaration `cursor` stands for `place`. */
void places_remember(struct places *places, CXCursor cursor, struct place_node place);

/* What a node of that type can hold: enum facts_node_holds. */
uint16_t places_holds(enum carrier carrier);

/* A function body begins: its parameters are those of function `function`. */
void places_enter(struct walk *walk, CXCursor definition, uint32_t function);

/* A variable, parameter or field. */
struct place_node places_of(struct walk *walk, CXCursor declaration);

/* The unit defines `variable`, if it is seen by others: one that none defines is a
 * library's. */
void places_define(struct walk *walk, CXCursor variable);

/* The address of function `function` of the facts. */
struct place_node places_function(struct walk *walk, uint32_t function);

#endif
