#include "analyzer/clang/flowing.h"

#include "analyzer/facts/facts_builder.h"

/* Two pointers to pointers, or a `void *` that may be one, share what they point to. */
static uint32_t sharing(enum carrier from, enum carrier to)
{
	if (from == CARRIER_FUNCTION || to == CARRIER_FUNCTION)
		return 0;
	return from == CARRIER_CELL || to == CARRIER_CELL ? FLOW_BOTH_WAYS : FLOW_RAW;
}

void flowing_add_flags(struct flowing *flowing, struct place_node from,
	struct place_node to, uint32_t at, uint32_t flags)
{
	int shift = from.shift - to.shift;
	struct place place;

	if (from.node == FACTS_NONE || to.node == FACTS_NONE ||
		(from.node == to.node && !shift))
		return;
	if (shift)
		flags |= shift > 0 ? FLOW_UP : FLOW_DOWN;
	if (shift > 1 || shift < -1)
		flags |= FLOW_TWICE;
	place = place_of(flowing->walk,
		clang_getCursorLocation(flowing_node(flowing, at)->cursor));
	facts_add_flow(flowing->walk->facts, (struct facts_flow){
						     .from = from.node,
						     .to = to.node,
						     .file = place.file,
						     .line = place.line,
						     .owner = flowing->function,
						     .flags = flags,
						     .row = flowing->row,
					     });
}

void flowing_add(struct flowing *flowing, struct place_node from, struct place_node to,
	uint32_t at)
{
	flowing_add_flags(flowing, from, to, at, sharing(from.carrier, to.carrier));
	/* As bytes, an address is found again only where bytes become a function. */
	if (from.carrier == CARRIER_FUNCTION && to.carrier == CARRIER_TEXT)
		flowing_add_flags(flowing, from,
			flowing_plain(flowing, NODE_BYTES, CARRIER_INTEGER), at, 0);
}

void flowing_store(struct flowing *flowing, struct place_node from, struct place_node to,
	uint32_t at, uint32_t flags)
{
	flowing_add_flags(flowing, from, to, at,
		sharing(from.carrier, to.carrier) | FLOW_STORE | flags);
}

struct place_node flowing_plain(struct flowing *flowing, enum facts_node_kind kind,
	enum carrier carrier)
{
	struct facts_node node = {.kind = (uint16_t)kind, .holds = places_holds(carrier)};

	return (struct place_node){
		facts_add_node(flowing->walk->facts, node), carrier, 0};
}

struct place_node flowing_temporary(struct flowing *flowing, enum carrier carrier)
{
	return flowing_plain(flowing, NODE_TEMPORARY, carrier);
}

void flowing_lose(struct flowing *flowing, uint32_t at)
{
	struct place_node value = flowing_node(flowing, at)->value;

	if (value.carrier == CARRIER_INTEGER)
		flowing_add(flowing, value,
			flowing_plain(flowing, NODE_BYTES, CARRIER_INTEGER), at);
}

struct place_node flowing_merge(struct flowing *flowing, uint32_t parent, uint32_t first)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	struct place_node one = {FACTS_NONE, CARRIER_NONE, 0}, merged;
	bool are_several = false;

	for (uint32_t child = first; child; child = syntax_next(syntax, parent, child)) {
		struct place_node value = syntax->nodes[child].value;

		if (value.node == FACTS_NONE)
			continue;
		are_several |= one.node != FACTS_NONE &&
			       (one.node != value.node || one.shift != value.shift);
		one.node = value.node;
		one.shift = value.shift;
		if (value.carrier > one.carrier)
			one.carrier = value.carrier;
	}
	if (!are_several)
		return one;
	merged = flowing_temporary(flowing, one.carrier);
	for (uint32_t child = first; child; child = syntax_next(syntax, parent, child))
		flowing_add(flowing, syntax->nodes[child].value, merged, child);
	return merged;
}
