/*
 * Records, nodes and flows of random content that refer only to what exists, for facts
 * that are made up. The same seed makes the same flows.
 */
#ifndef PCARCH_TESTS_RANDOM_FLOWS_H
#define PCARCH_TESTS_RANDOM_FLOWS_H

#include "analyzer/facts/facts.h"
#include "analyzer/facts/facts_builder.h"
#include "analyzer/facts/flow_hash.h"
#include "core/trace.h"
#include "tests/random_trace.h"

#include <stdio.h>

enum {
	RANDOM_FLOWS_NRECORDS = 4, /* of each unit; they come first */
};

/* One body, or what stands outside of bodies. */
struct random_flows {
	struct random_trace *random;
	struct facts_builder *facts;
	uint32_t owner; /* function; FACTS_NONE: outside */
	uint32_t nfunctions; /* of which anything is said: the first ones */
	uint32_t file; /* of the flows, and of static variables */
	uint32_t first_node, nnodes; /* to choose from */
};

__attribute__((format(printf, 2, 0))) static inline uint32_t
random_flows_name(struct random_flows *flows, const char *fmt, unsigned below)
{
	char name[64];

	snprintf(name, sizeof(name), fmt, (unsigned)random_below(flows->random, below));
	return facts_intern(flows->facts, name);
}

/* Of `file`: known by place, by name and shape, or by both; one of a system header. */
static inline void random_flows_records(struct facts_builder *facts, uint32_t file,
	uint32_t system_file)
{
	static const char *const names[] = {"ops", "ops", "", "event"};

	for (uint32_t i = 0; i < RANDOM_FLOWS_NRECORDS; i++)
		facts_add_record(facts,
			(struct facts_record){
				.file = i == 3 ? system_file : file,
				.offset = i * 100,
				.name = facts_intern(facts, names[i]),
				.shape = facts_intern(facts, i == 1 ? "run,x" : "run"),
				.flags = i == 3   ? RECORD_SYSTEM
					 : i == 2 ? RECORD_PRIVATE
						  : 0,
			});
}

/* A function of which a node may be a parameter; or FACTS_NONE. */
static inline uint32_t random_flows_definition(struct random_flows *flows)
{
	uint32_t function = (uint32_t)random_below(flows->random, flows->nfunctions);

	if (flows->owner != FACTS_NONE && random_below(flows->random, 2))
		return flows->owner;
	return facts_function(flows->facts, function)->flags & FACTS_DEFINED
		       ? function
		       : (uint32_t)FACTS_NONE;
}

static inline bool random_flows_fill(struct random_flows *flows, struct facts_node *node)
{
	const struct facts_function *owner =
		flows->owner == FACTS_NONE ? NULL
					   : facts_function(flows->facts, flows->owner);

	switch (node->kind) {
	case NODE_FUNCTION:
		node->a = (uint32_t)random_below(flows->random, flows->nfunctions);
		return true;
	case NODE_GLOBAL:
		node->name = random_flows_name(flows, "global%u", 6);
		node->a = !random_below(flows->random, 3);
		return true;
	case NODE_STATIC:
		node->a = flows->file;
		node->b = (uint32_t)random_below(flows->random, 3);
		node->name = random_flows_name(flows, "static%u", 2);
		return true;
	case NODE_PARAMETER:
	case NODE_REST:
	case NODE_RESULT:
		node->a = random_flows_definition(flows);
		node->b = (uint32_t)random_below(flows->random, 3);
		node->name = random_flows_name(flows, "parameter%u", 2);
		return node->a != FACTS_NONE;
	case NODE_FIELD:
	case NODE_UNION:
	case NODE_LOADED:
		node->a = (uint32_t)random_below(flows->random, RANDOM_FLOWS_NRECORDS);
		if (node->kind != NODE_FIELD)
			return true;
		node->b = random_flows_name(flows, "int (type%u", 2);
		node->name = random_flows_name(flows, "run%u", 2);
		return true;
	case NODE_ARGUMENT:
	case NODE_ANSWER:
		if (!owner || !owner->nsites)
			return false;
		node->a = owner->first_site +
			  (uint32_t)random_below(flows->random, owner->nsites);
		node->b = (uint32_t)random_below(flows->random, 3);
		return true;
	case NODE_TEXT:
		node->name = random_flows_name(flows, "shared%u", 4);
		return true;
	case NODE_LOCAL:
		node->name = random_flows_name(flows, "local%u", 2);
		return true;
	default:
		return true;
	}
}

/* Between places more often than not. */
static inline void random_flows_nodes(struct random_flows *flows, uint32_t count)
{
	static const uint16_t kinds[] = {NODE_FUNCTION, NODE_FUNCTION, NODE_FUNCTION,
		NODE_INTEGER, NODE_OTHER, NODE_GLOBAL, NODE_GLOBAL, NODE_GLOBAL,
		NODE_STATIC, NODE_LOCAL, NODE_LOCAL, NODE_LOCAL, NODE_PARAMETER,
		NODE_PARAMETER, NODE_PARAMETER, NODE_REST, NODE_RESULT, NODE_FIELD,
		NODE_FIELD, NODE_FIELD, NODE_UNION, NODE_LOADED, NODE_TEMPORARY,
		NODE_TEMPORARY, NODE_ARGUMENT, NODE_ARGUMENT, NODE_ARGUMENT, NODE_ANSWER,
		NODE_TEXT, NODE_BYTES};

	while (flows->nnodes < count) {
		struct facts_node node = {
			.kind = kinds[random_below(flows->random,
				sizeof(kinds) / sizeof(*kinds))],
			.holds = (uint16_t)random_below(flows->random, 4),
		};
		uint32_t index;

		if (!random_flows_fill(flows, &node))
			continue;
		index = facts_add_node(flows->facts, node);
		if (!flows->nnodes++)
			flows->first_node = index;
	}
}

static inline uint32_t random_flows_node(struct random_flows *flows)
{
	return flows->first_node + (uint32_t)random_below(flows->random, flows->nnodes);
}

static inline void random_flows_add(struct random_flows *flows)
{
	static const uint32_t flags[] = {0, 0, 0, FLOW_BOTH_WAYS, FLOW_RAW, FLOW_RAW,
		FLOW_UP, FLOW_DOWN, FLOW_UP | FLOW_STORE, FLOW_UP | FLOW_STORE | FLOW_RAW,
		FLOW_DOWN | FLOW_BOTH_WAYS, FLOW_UP | FLOW_TWICE, FLOW_DOWN | FLOW_TWICE,
		FLOW_UP | FLOW_BOTH_WAYS, FLOW_STORE, FLOW_POINTEE,
		FLOW_POINTEE | FLOW_RAW, FLOW_VIEW, FLOW_LOADED, FLOW_LOADED | FLOW_DOWN};
	struct facts_flow flow = {
		.from = random_flows_node(flows),
		.to = random_flows_node(flows),
		.file = random_below(flows->random, 8) ? flows->file
						       : (uint32_t)FACTS_NONE,
		.line = (uint32_t)random_below(flows->random, 4),
		.owner = flows->owner,
		.flags = flags[random_below(flows->random,
			sizeof(flags) / sizeof(*flags))],
	};
	uint16_t kind = facts_node(flows->facts, flow.from)->kind;
	uint16_t to_kind = facts_node(flows->facts, flow.to)->kind;

	if (kind != NODE_FIELD && kind != NODE_UNION)
		flow.flags &= ~(uint32_t)FLOW_POINTEE;
	if (kind == NODE_FIELD && to_kind == NODE_FIELD)
		flow.flags = FLOW_PAIRED | FLOW_STORE | FLOW_UP;
	if (to_kind == NODE_FIELD && flows->owner == FACTS_NONE)
		flow.row = (uint32_t)random_below(flows->random, 4);
	facts_add_flow(flows->facts, flow);
}

/* The nodes and flows of one body, and what its indirect sites call. */
static inline void random_flows(struct random_flows *flows, uint32_t nnodes,
	uint32_t nflows)
{
	uint32_t first = facts_count_flows(flows->facts);
	struct facts_function *owner;

	random_flows_nodes(flows, nnodes);
	for (uint32_t i = 0; i < nflows; i++)
		random_flows_add(flows);
	if (flows->owner == FACTS_NONE)
		return;
	owner = facts_function(flows->facts, flows->owner);
	for (uint32_t s = 0; s < owner->nsites; s++) {
		struct facts_site *site = facts_site(flows->facts, owner->first_site + s);

		if (site->callee == FACTS_NONE)
			site->node = random_flows_node(flows);
	}
	owner->flow_hash = flow_hash(flows->facts, flows->owner, first);
}

#endif
