/* What code that is not here does with functions: by rules, or by the worst that it may.
 */
#include "analyzer/flow/records.h"
#include "analyzer/flow/state.h"
#include "analyzer/link/function_table.h"
#include "analyzer/rules/rules.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <string.h>

static uint32_t slot_node(struct flow *flow, const char *name)
{
	const char *text = source_paths_intern(flow->program.paths, name);

	return flow_graph_node(&flow->graph,
		(struct flow_key){.kind = NODE_SLOT, .text = text});
}

/* Something unknown goes along `edge`: an address, or memory with some, however deep. */
static void give_unknown(struct flow *flow, const struct flow_edge *edge, uint32_t reason)
{
	flow_pass(flow, edge->to, reason, edge->flags);
	flow_pass(flow, edge->to, reason | VALUE_BEHIND, edge->flags);
	flow_pass(flow, edge->to, reason | VALUE_BEHIND | VALUE_DEEPER, edge->flags);
}

/* What a rule says that a parameter or a result is, flows to `to`. */
static void give(struct flow *flow, uint32_t site, const struct rule_value *value,
	struct flow_edge edge, const char *library)
{
	switch (value->kind) {
	case RULE_ARGUMENT:
		edge.from = flow_site_argument(flow, site, (uint32_t)value->argument);
		break;
	case RULE_SLOT:
		edge.from = slot_node(flow, value->name);
		break;
	case RULE_FIELD: /* of the library's record: what it holds is not followed */
	case RULE_UNKNOWN:
		give_unknown(flow, &edge,
			flow_reason(flow, "given by external '%s'", library));
		return;
	default:
		return;
	}
	if (value->is_pointer)
		edge.flags |= FLOW_UP;
	if (!(edge.flags & FLOW_UP))
		edge.flags |= FLOW_RAW;
	if (edge.from != FLOW_NONE)
		flow_connect(flow, edge);
}

static void give_parameters(struct flow *flow, const struct flow_watch *watch,
	const struct rule_parameters *parameters, uint32_t function)
{
	const struct rule_value unknown = {.kind = RULE_UNKNOWN};
	unsigned arity =
		function_table_get(flow->program.functions, function)->function.arity;

	for (uint32_t i = 0; i < arity; i++) {
		uint32_t node = flow_parameter(flow, function, i);

		if (node != FLOW_NONE)
			give(flow, watch->site,
				i < parameters->nvalues ? &parameters->values[i]
							: &unknown,
				(struct flow_edge){.to = node}, watch->library);
	}
}

void flow_add_through(struct flow *flow, const struct flow_watch *watch, uint32_t node,
	uint32_t function)
{
	flow->throughs = grow(flow->throughs, flow->nthroughs, &flow->throughs_room,
		sizeof(*flow->throughs));
	flow->throughs[flow->nthroughs++] = (struct flow_through){
		.site = watch->site,
		.function = function,
		.library = watch->library,
		.node = node,
	};
}

void flow_call_back(struct flow *flow, const struct flow_watch *watch, uint32_t node,
	uint32_t function)
{
	bool is_stored = watch->kind == WATCH_STORED;

	flow_mark_called(flow, function);
	if (!is_stored)
		flow_add_through(flow, watch, node, function);
	flow_register(flow, (struct flow_registered){
				    .library = watch->library,
				    .rule = watch->rule,
				    .assignment = watch->assignment,
				    .site = is_stored ? TRACE_NONE : watch->site,
				    .callback = watch->detail,
				    .function = function,
				    .node = node,
			    });
	give_parameters(flow, watch,
		is_stored ? &watch->assignment->parameters
			  : &watch->rule->callbacks[watch->detail].parameters,
		function);
}

void flow_let_escape(struct flow *flow, uint32_t node, uint32_t reason)
{
	flow_watch(flow, node,
		(struct flow_watch){.kind = WATCH_ESCAPE, .detail = reason});
}

/* Is it a field of the record behind argument `number`? */
static bool is_behind(const struct flow_pointee *pointee, uint32_t number)
{
	return !pointee->is_result && pointee->number == number;
}

/*
 * The fields of the record behind argument `number` may be anything from now on, and so
 * may be what they point to.
 */
static void spoil_pointee(struct flow *flow, uint32_t site, uint32_t number,
	uint32_t reason)
{
	uint32_t at = flow_site(flow, site)->first_pointee;

	for (; at != FLOW_NONE; at = flow->pointees[at].next)
		if (is_behind(&flow->pointees[at], number))
			flow_insert_written(flow, flow->pointees[at].field, reason);
}

static bool mentions(const struct call_rule *rule, int number)
{
	for (size_t i = 0; i < rule->ncallbacks; i++)
		if (rule->callbacks[i].argument == number)
			return true;
	for (size_t i = 0; i < rule->ncopies; i++)
		if (rule->copies[i].to == number || rule->copies[i].from == number)
			return true;
	for (size_t i = 0; i < rule->nfills; i++)
		if (rule->fills[i].argument == number)
			return true;
	for (size_t i = 0; i < rule->nstores; i++)
		if (rule->stores[i].argument == number)
			return true;
	return rule->symbol == number || rule->name == number ||
	       (rule->result.kind == RULE_ARGUMENT && rule->result.argument == number);
}

/* Arguments that nothing is known of: `rule` does not mention them, or is NULL. */
static void lose_arguments(struct flow *flow, uint32_t site, const char *library,
	const struct call_rule *rule)
{
	uint32_t reason = flow_reason(flow, "escapes to external '%s'", library), at;

	for (at = flow_site(flow, site)->first_argument; at != FLOW_NONE;) {
		struct flow_argument argument = flow->arguments[at];

		at = argument.next;
		if (rule && mentions(rule, (int)argument.number))
			continue;
		flow_let_escape(flow, argument.node, reason);
		if (flow_is_cell(flow, argument.node))
			flow_pass(flow, argument.node, reason, FLOW_STORE | FLOW_UP);
	}
	for (at = flow_site(flow, site)->first_pointee; at != FLOW_NONE;) {
		struct flow_pointee pointee = flow->pointees[at];

		at = pointee.next;
		if (rule && !pointee.is_result &&
			(pointee.is_raw || mentions(rule, (int)pointee.number)))
			continue;
		flow_let_escape(flow, pointee.field, reason);
		flow_insert_written(flow, pointee.field, reason);
	}
}

/* Does the record behind argument `number` have this field? */
static bool has_pointee(struct flow *flow, uint32_t site, uint32_t number, uint32_t field)
{
	uint32_t at = flow_site(flow, site)->first_pointee;

	for (; at != FLOW_NONE; at = flow->pointees[at].next)
		if (is_behind(&flow->pointees[at], number) &&
			flow->pointees[at].field == field)
			return true;
	return false;
}

/*
 * memcpy and the like. A record copied to one of its own type says nothing new, as fields
 * are those of the type; one that is filled from bytes may hold anything.
 */
static void copy(struct flow *flow, uint32_t site, const struct rule_copy *rule,
	const char *library)
{
	uint32_t from = flow_site_argument(flow, site, (uint32_t)rule->from);
	uint32_t to = flow_site_argument(flow, site, (uint32_t)rule->to);
	uint32_t at = flow_site(flow, site)->first_pointee;

	if (from != FLOW_NONE && to != FLOW_NONE)
		flow_connect(flow,
			(struct flow_edge){.from = from, .to = to, .flags = FLOW_COPY});
	for (; at != FLOW_NONE; at = flow->pointees[at].next) {
		struct flow_pointee pointee = flow->pointees[at];

		if (!is_behind(&pointee, (uint32_t)rule->to) ||
			has_pointee(flow, site, (uint32_t)rule->from, pointee.field))
			continue;
		flow_insert_unknown(flow, pointee.field,
			flow_reason(flow, "field written through '%s'", library));
		if (from != FLOW_NONE)
			flow_connect(flow, (struct flow_edge){
						   .from = from,
						   .to = pointee.field,
						   .flags = FLOW_DOWN,
					   });
	}
}

static void fill(struct flow *flow, uint32_t site, const struct rule_fill *rule,
	const char *library)
{
	uint32_t to = flow_site_argument(flow, site, (uint32_t)rule->argument);

	if (to != FLOW_NONE)
		give(flow, site, &rule->value,
			(struct flow_edge){.to = to, .flags = FLOW_STORE | FLOW_UP},
			library);
	if (rule->value.kind == RULE_UNKNOWN)
		spoil_pointee(flow, site, (uint32_t)rule->argument,
			flow_reason(flow, "field written through '%s'", library));
}

/* `site` looks up the function that an argument names, as dlsym() does. */
static void call_by_name(struct flow *flow, uint32_t site, const char *library,
	const struct call_rule *rule)
{
	struct flow_lookup lookup = {.site = site, .library = library};

	if (flow_site(flow, site)->answer == FLOW_NONE)
		return;
	lookup.name = flow_site_argument(flow, site, (uint32_t)rule->symbol);
	if (lookup.name != FLOW_NONE)
		flow_watch(flow, lookup.name,
			(struct flow_watch){
				.kind = WATCH_SYMBOL,
				.site = site,
				.library = library,
				.rule = rule,
			});
	flow->lookups =
		grow(flow->lookups, flow->nlookups, &flow->lookups_room, sizeof(lookup));
	flow->lookups[flow->nlookups++] = lookup;
}

static void apply(struct flow *flow, uint32_t site, const char *library,
	const struct call_rule *rule)
{
	uint32_t answer = flow_site(flow, site)->answer, node;

	for (size_t i = 0; i < rule->ncopies; i++)
		copy(flow, site, &rule->copies[i], library);
	for (size_t i = 0; i < rule->nfills; i++)
		fill(flow, site, &rule->fills[i], library);
	for (size_t i = 0; i < rule->nstores; i++) {
		node = flow_site_argument(flow, site, (uint32_t)rule->stores[i].argument);
		if (node != FLOW_NONE)
			flow_connect(flow,
				(struct flow_edge){.from = node,
					.to = slot_node(flow, rule->stores[i].slot)});
	}
	for (size_t i = 0; i < rule->ncallbacks; i++) {
		node = flow_site_argument(flow, site,
			(uint32_t)rule->callbacks[i].argument);
		if (node != FLOW_NONE)
			flow_watch(flow, node,
				(struct flow_watch){
					.kind = WATCH_CALLBACK,
					.site = site,
					.detail = (uint32_t)i,
					.library = library,
					.rule = rule,
				});
	}
	if (rule->symbol != RULE_NO_ARGUMENT)
		call_by_name(flow, site, library, rule);
	else if (answer != FLOW_NONE)
		give(flow, site, &rule->result, (struct flow_edge){.to = answer},
			library);
	if (rule->keeps)
		lose_arguments(flow, site, library, rule);
}

static bool has_text(const struct flow *flow, uint32_t node)
{
	uint32_t pair = node == FLOW_NONE ? FLOW_NONE : flow_first_pair(flow, node);

	for (; pair != FLOW_NONE; pair = flow->next_pair[pair])
		if (flow_pair_at(flow, pair).value & VALUE_TEXT)
			return true;
	return false;
}

bool flow_open_lookups(struct flow *flow)
{
	bool found = false;

	for (size_t i = 0; i < flow->nlookups; i++) {
		struct flow_lookup *lookup = &flow->lookups[i];

		if (lookup->is_open || has_text(flow, lookup->name))
			continue;
		lookup->is_open = found = true;
		flow_insert_unknown(flow, flow_site(flow, lookup->site)->answer,
			VALUE_LOADED | flow_reason(flow, "%s with computed name",
					       lookup->library));
	}
	return found;
}

/* A record of the library's own: the functions in it are there to be called. */
static void call_pointees(struct flow *flow, uint32_t site, const char *library)
{
	uint32_t at = flow_site(flow, site)->first_pointee;

	for (; at != FLOW_NONE; at = flow->pointees[at].next) {
		struct flow_pointee pointee = flow->pointees[at];
		struct flow_key key = *flow_graph_key(&flow->graph, pointee.field);

		if (!pointee.is_raw && flow_records_is_system(flow->records, key.a))
			flow_watch(flow, pointee.field,
				(struct flow_watch){
					.kind = WATCH_THROUGH,
					.site = site,
					.library = library,
				});
	}
}

void flow_call_library(struct flow *flow, uint32_t site, uint32_t function)
{
	const char *name =
		function_table_get(flow->program.functions, function)->function.name;
	uint32_t answer = flow_site(flow, site)->answer;
	const struct call_rule *rule = flow_rule(flow, name);

	call_pointees(flow, site, name);
	if (rule) {
		apply(flow, site, name, rule);
		return;
	}
	lose_arguments(flow, site, name, NULL);
	if (answer != FLOW_NONE)
		flow_insert_unknown(flow, answer,
			flow_reason(flow, "result of external '%s'", name));
}
