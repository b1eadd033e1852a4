#include "analyzer/facts/flow_hash.h"

#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* Nodes that exist in one body only are told apart by the order they come in. */
struct numbering {
	uint32_t *numbers; /* of the nodes from `first` on, from 1 */
	uint32_t first, end, count;
};

static bool is_of_body(struct facts_builder *facts, uint32_t node)
{
	uint32_t kind = facts_node(facts, node)->kind;

	return kind == NODE_LOCAL || kind == NODE_TEMPORARY;
}

static void cover(struct numbering *numbering, struct facts_builder *facts, uint32_t node)
{
	if (!is_of_body(facts, node))
		return;
	if (node < numbering->first)
		numbering->first = node;
	if (node >= numbering->end)
		numbering->end = node + 1;
}

static struct numbering number_nodes(struct facts_builder *facts, uint32_t first)
{
	struct numbering numbering = {.first = UINT32_MAX};
	uint32_t count = facts_count_flows(facts);
	size_t size;

	for (uint32_t i = first; i < count; i++) {
		cover(&numbering, facts, facts_flow(facts, i)->from);
		cover(&numbering, facts, facts_flow(facts, i)->to);
	}
	if (!numbering.end)
		return numbering;
	size = (numbering.end - numbering.first) * sizeof(uint32_t);
	numbering.numbers = xmalloc(size);
	memset(numbering.numbers, 0, size);
	return numbering;
}

static uint32_t number_of(struct numbering *numbering, uint32_t node)
{
	uint32_t *number = &numbering->numbers[node - numbering->first];

	if (!*number)
		*number = ++numbering->count;
	return *number;
}

static void add_number(XXH3_state_t *state, uint32_t number)
{
	XXH3_64bits_update(state, &number, sizeof(number));
}

static void add_text(XXH3_state_t *state, const char *text)
{
	XXH3_64bits_update(state, text, strlen(text) + 1);
}

static void add_function(XXH3_state_t *state, struct facts_builder *facts,
	uint32_t function)
{
	const struct facts_function *fn = facts_function(facts, function);

	add_text(state, facts_text(facts, fn->name));
	add_text(state, facts_path(facts, fn->file));
	add_number(state, fn->offset);
}

static void add_record(XXH3_state_t *state, const struct facts_builder *facts,
	uint32_t record)
{
	const struct facts_record *from = facts_record(facts, record);

	add_text(state, facts_path(facts, from->file));
	add_number(state, from->offset);
	add_text(state, facts_text(facts, from->name));
}

/* What tells the node apart beside its kind and name. */
static void add_node(XXH3_state_t *state, struct facts_builder *facts, uint32_t index,
	uint32_t first_site)
{
	const struct facts_node *node = facts_node(facts, index);

	add_number(state, node->kind);
	add_text(state, facts_text(facts, node->name));
	switch (node->kind) {
	case NODE_FUNCTION:
	case NODE_PARAMETER:
	case NODE_REST:
	case NODE_RESULT:
		add_function(state, facts, node->a);
		add_number(state, node->b);
		break;
	case NODE_STATIC:
		add_text(state, facts_path(facts, node->a));
		add_number(state, node->b);
		break;
	case NODE_FIELD:
	case NODE_UNION:
	case NODE_LOADED:
		add_record(state, facts, node->a);
		break;
	case NODE_ARGUMENT:
	case NODE_ANSWER:
		add_number(state, node->a - first_site);
		add_number(state, node->b);
		break;
	default:
		break;
	}
}

uint32_t flow_hash(struct facts_builder *facts, uint32_t function, uint32_t first)
{
	uint32_t first_site = facts_function(facts, function)->first_site;
	uint32_t count = facts_count_flows(facts);
	struct numbering numbering = number_nodes(facts, first);
	XXH3_state_t state;

	if (first == count)
		return 0;
	XXH3_64bits_reset(&state);
	for (uint32_t i = first; i < count; i++) {
		struct facts_flow flow = *facts_flow(facts, i);
		uint32_t ends[] = {flow.from, flow.to};

		if (flow.owner != function)
			continue; /* of a type that came up here first */
		for (size_t e = 0; e < 2; e++) {
			if (is_of_body(facts, ends[e]))
				add_number(&state, number_of(&numbering, ends[e]));
			add_node(&state, facts, ends[e], first_site);
		}
		add_text(&state, facts_path(facts, flow.file));
		add_number(&state, flow.line);
		add_number(&state, flow.flags);
	}
	free(numbering.numbers);
	return (uint32_t)XXH3_64bits_digest(&state);
}
