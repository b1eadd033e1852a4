/*
 * The syntax of one function or variable as an array in pre-order: libclang is walked
 * once, by its own loop, and everything after that is index arithmetic, without recursion
 * on a stranger's nesting.
 */
#ifndef PCARCH_ANALYZER_CLANG_SYNTAX_H
#define PCARCH_ANALYZER_CLANG_SYNTAX_H

#include "analyzer/clang/places.h"

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct syntax_node {
	CXCursor cursor;
	uint32_t end; /* index after the last node below this one */
	uint32_t site; /* of a call, in the facts; FACTS_NONE */
	struct place_node value; /* what the expression may hold */
	bool is_dead; /* nothing below is ever evaluated: sizeof, typeof, … */
	bool is_callee; /* names the function of a call: not a use as a value */
};

struct syntax {
	struct syntax_node *nodes; /* nodes[0] is the root */
	size_t nnodes, room;
	uint32_t *open; /* while reading: the path from the root */
	size_t nopen, open_room;
};

/* Read what is below `root`; reuses the memory of an earlier read. */
void syntax_read(struct syntax *syntax, CXCursor root);
void syntax_release(struct syntax *syntax);

static inline enum CXCursorKind syntax_kind(const struct syntax *syntax, uint32_t node)
{
	return clang_getCursorKind(syntax->nodes[node].cursor);
}

/* The first child of `node`, or 0 when it has none. */
static inline uint32_t syntax_first(const struct syntax *syntax, uint32_t node)
{
	return node + 1 < syntax->nodes[node].end ? node + 1 : 0;
}

/* The child of `parent` after `child`, or 0. */
static inline uint32_t syntax_next(const struct syntax *syntax, uint32_t parent,
	uint32_t child)
{
	uint32_t next = syntax->nodes[child].end;

	return next < syntax->nodes[parent].end ? next : 0;
}

/* The last child of `node`, or 0. */
uint32_t syntax_last(const struct syntax *syntax, uint32_t node);

/* What stands in the parentheses or in the implicit cast `node`; 0: it is neither. */
uint32_t syntax_operand(const struct syntax *syntax, uint32_t node);

/* The expression inside of all parentheses and implicit casts: `node` without any. */
uint32_t syntax_bare(const struct syntax *syntax, uint32_t node);

/* The same inside of casts that are written, too: what it was before any conversion. */
uint32_t syntax_unconverted(const struct syntax *syntax, uint32_t node);

#endif
