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

struct hashing {
	struct facts_builder *facts;
	uint32_t first_site, first_row; /* of the body */
	struct numbering numbering;
	XXH3_state_t state;
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

static void number_nodes(struct hashing *hashing, const struct facts_function *fn,
	uint32_t first)
{
	struct numbering *numbering = &hashing->numbering;
	struct facts_builder *facts = hashing->facts;
	uint32_t count = facts_count_flows(facts);
	size_t size;

	numbering->first = UINT32_MAX;
	for (uint32_t i = first; i < count; i++) {
		cover(numbering, facts, facts_flow(facts, i)->from);
		cover(numbering, facts, facts_flow(facts, i)->to);
	}
	for (uint32_t s = 0; s < fn->nsites; s++)
		if (facts_site(facts, fn->first_site + s)->node != FACTS_NONE)
			cover(numbering, facts,
				facts_site(facts, fn->first_site + s)->node);
	if (!numbering->end)
		return;
	size = (numbering->end - numbering->first) * sizeof(uint32_t);
	numbering->numbers = xmalloc(size);
	memset(numbering->numbers, 0, size);
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

/* What tells the node apart beside its number, and what a linker makes of it. */
static void add_node(struct hashing *hashing, uint32_t index)
{
	struct facts_builder *facts = hashing->facts;
	const struct facts_node *node = facts_node(facts, index);
	XXH3_state_t *state = &hashing->state;

	add_number(state, node->kind);
	add_number(state, node->holds);
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
		add_text(state, facts_text(facts, node->b));
		add_record(state, facts, node->a);
		break;
	case NODE_UNION:
	case NODE_LOADED:
		add_record(state, facts, node->a);
		break;
	case NODE_ARGUMENT:
	case NODE_ANSWER:
		add_number(state, node->a - hashing->first_site);
		add_number(state, node->b);
		break;
	default:
		break;
	}
}

/* A node of the body by its number, others by what they are. */
static void add_end(struct hashing *hashing, uint32_t node)
{
	if (is_of_body(hashing->facts, node))
		add_number(&hashing->state, number_of(&hashing->numbering, node));
	add_node(hashing, node);
}

static void add_flow(struct hashing *hashing, const struct facts_flow *flow)
{
	add_end(hashing, flow->from);
	add_end(hashing, flow->to);
	add_text(&hashing->state, facts_path(hashing->facts, flow->file));
	add_number(&hashing->state, flow->line);
	add_number(&hashing->state, flow->flags);
	if (flow->row && !hashing->first_row)
		hashing->first_row = flow->row;
	add_number(&hashing->state, flow->row ? flow->row - hashing->first_row + 1 : 0);
}

uint32_t flow_hash(struct facts_builder *facts, uint32_t function, uint32_t first)
{
	const struct facts_function *fn = facts_function(facts, function);
	struct hashing hashing = {.facts = facts, .first_site = fn->first_site};
	uint32_t count = facts_count_flows(facts), nhashed = 0;

	number_nodes(&hashing, fn, first);
	XXH3_64bits_reset(&hashing.state);
	for (uint32_t i = first; i < count; i++) {
		if (facts_flow(facts, i)->owner != function)
			continue; /* of a type that came up here first */
		add_flow(&hashing, facts_flow(facts, i));
		nhashed++;
	}
	for (uint32_t s = 0; s < fn->nsites; s++) {
		uint32_t node = facts_site(facts, fn->first_site + s)->node;

		if (node == FACTS_NONE)
			continue;
		add_number(&hashing.state, s);
		add_end(&hashing, node);
		nhashed++;
	}
	free(hashing.numbering.numbers);
	return nhashed ? (uint32_t)XXH3_64bits_digest(&hashing.state) : 0;
}
