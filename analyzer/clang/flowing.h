/* What the parts of the flow pass share: one body, and flows being added to the facts. */
#ifndef PCARCH_ANALYZER_CLANG_FLOWING_H
#define PCARCH_ANALYZER_CLANG_FLOWING_H

#include "analyzer/clang/places.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts.h"

#include <stdbool.h>
#include <stdint.h>

struct flowing {
	struct walk *walk;
	uint32_t function; /* FACTS_NONE: outside of functions */
	struct place_node result; /* what it returns; made when it is needed */
	bool has_result;
	CXCursor variable; /* that is being initialised; or null */
	uint32_t row; /* of the initialiser at hand; 0: none */
};

static inline struct syntax_node *flowing_node(struct flowing *flowing, uint32_t node)
{
	return &flowing->walk->syntax.nodes[node];
}

/* What is in `from` flows to `to`, at the place of syntax node `at`. */
void flowing_add(struct flowing *flowing, struct place_node from, struct place_node to,
	uint32_t at);

/* The same, into the memory that `to` points to; `flags` besides. */
void flowing_store(struct flowing *flowing, struct place_node from, struct place_node to,
	uint32_t at, uint32_t flags);

/* The same, with flags of enum facts_flow_flag given. */
void flowing_add_flags(struct flowing *flowing, struct place_node from,
	struct place_node to, uint32_t at, uint32_t flags);

/* The value `at` goes where nothing can be followed: an address made an integer is kept.
 */
void flowing_lose(struct flowing *flowing, uint32_t at);

/* A new node of this function; carrier as given. */
struct place_node flowing_temporary(struct flowing *flowing, enum carrier carrier);

struct place_node flowing_plain(struct flowing *flowing, enum facts_node_kind kind,
	enum carrier carrier);

/* One node for what any of the children of `parent` from `first` on holds. */
struct place_node flowing_merge(struct flowing *flowing, uint32_t parent, uint32_t first);

/* The value of the call expression `node`; its arguments flow to the call. */
struct place_node flowing_call(struct flowing *flowing, uint32_t node);

/*
 * __atomic_load_n(p), __atomic_store_n(p, v), __atomic_exchange(p, v, out), …, whose
 * operands are the children of `node` from `first` on: what `p` points to, with all that
 * may come to be there.
 */
struct place_node flowing_atomic(struct flowing *flowing, uint32_t node, uint32_t first);

/*
 * The value of an expression, where it is copied to what holds `to`. The address of a
 * record has none of its own: for what holds addresses of anything, it is that of memory
 * with the record's fields.
 */
struct place_node flowing_convert(struct flowing *flowing, uint32_t node,
	enum carrier to);

/* Is the expression the address of a record that may hold functions? */
bool flowing_is_convertible(struct flowing *flowing, uint32_t node);

/* An address that numbers are added to: itself, or another one. */
struct place_node flowing_displaced(struct flowing *flowing, struct place_node value,
	uint32_t at);

/*
 * `value`, a `void *`, becomes a pointer of that type: where it is the address of a
 * record of an object that is loaded at run time, that object says what the record holds.
 */
void flowing_load(struct flowing *flowing, struct place_node value, CXType type,
	uint32_t at);

/* The value of the cast `node`. */
struct place_node flowing_cast(struct flowing *flowing, uint32_t node);

#endif
