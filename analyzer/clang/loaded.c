/* Records in memory of objects that are loaded at run time: what is in them is theirs. */
#include "analyzer/clang/flowing.h"
#include "analyzer/clang/records.h"
#include "analyzer/clang/syntax.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"

#include <stdlib.h>

enum {
	MAX_INSIDE = 8 /* of records within records */
};

/* A record, or a `void *` that becomes a pointer to one, and what it leads to. */
struct loading {
	struct flowing *flowing;
	struct facts_flow flow; /* but for `to` */
	const struct record **found; /* whose own ways are still to be added */
	size_t nfound, room;
};

static uint32_t loaded_node(struct loading *loading, const struct record *record)
{
	struct facts_node node = {.kind = NODE_LOADED, .a = record->index};

	if (*record->loaded != FACTS_NONE)
		return *record->loaded;
	*record->loaded = facts_add_node(loading->flowing->walk->facts, node);
	loading->found = grow(loading->found, loading->nfound, &loading->room,
		sizeof(struct record *));
	loading->found[loading->nfound++] = record;
	return *record->loaded;
}

static void lead_to_fields(struct loading *loading, const struct record *record,
	unsigned depth);

static void lead_to(struct loading *loading, const struct record *record, unsigned depth)
{
	if (!record || record->is_system)
		return;
	if (!record->has_function || record->index == FACTS_NONE) {
		if (depth < MAX_INSIDE)
			lead_to_fields(loading, record, depth + 1);
		return;
	}
	loading->flow.to = loaded_node(loading, record);
	if (loading->flow.to != loading->flow.from)
		facts_add_flow(loading->flowing->walk->facts, loading->flow);
}

/* To records with functions that it points to or that are in it. */
static void lead_to_fields(struct loading *loading, const struct record *record,
	unsigned depth)
{
	for (size_t i = 0; i < record->nfields; i++) {
		const struct record *inner =
			records_inner(loading->flowing->walk, record, i);

		if (inner && inner->has_function)
			lead_to(loading, inner, depth);
	}
}

void flowing_load(struct flowing *flowing, struct place_node value, CXType type,
	uint32_t at)
{
	CXCursor declaration = carrier_record(type);
	struct loading loading = {.flowing = flowing};
	struct place place;

	if (value.node == FACTS_NONE || value.carrier != CARRIER_RAW ||
		clang_Cursor_isNull(declaration))
		return;
	place = place_of(flowing->walk,
		clang_getCursorLocation(flowing_node(flowing, at)->cursor));
	loading.flow = (struct facts_flow){
		.from = value.node,
		.file = place.file,
		.line = place.line,
		.owner = flowing->function,
		.flags = FLOW_LOADED | FLOW_DOWN,
	};
	lead_to(&loading, records_find(flowing->walk, declaration), 0);
	loading.flow.owner = FACTS_NONE;
	loading.flow.flags = FLOW_LOADED;
	while (loading.nfound) {
		const struct record *record = loading.found[--loading.nfound];

		loading.flow.from = *record->loaded;
		lead_to_fields(&loading, record, 0);
	}
	free(loading.found);
}
