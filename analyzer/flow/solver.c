#include "analyzer/flow/records.h"
#include "analyzer/flow/state.h"
#include "analyzer/link/function_table.h"
#include "analyzer/link/site_table.h"
#include "analyzer/rules/rules.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct flow *flow_new(const struct flow_program *program)
{
	struct flow *flow = xmalloc(sizeof(*flow));

	*flow = (struct flow){
		.program = *program,
		.records = flow_records_new(program->paths),
		.pairs.key_bytes = sizeof(struct flow_pair),
		.reasons.key_bytes = sizeof(char *),
		.texts.key_bytes = sizeof(char *),
	};
	flow_graph_init(&flow->graph);
	return flow;
}

void flow_free(struct flow *flow)
{
	flow_graph_release(&flow->graph);
	flow_records_free(flow->records);
	key_table_release(&flow->pairs);
	key_table_release(&flow->reasons);
	key_table_release(&flow->texts);
	free(flow->next_pair);
	free(flow->states);
	free(flow->queue);
	free(flow->written);
	free(flow->foreign);
	free(flow->paired);
	free(flow->watches);
	free(flow->sites);
	free(flow->site_of);
	free(flow->arguments);
	free(flow->pointees);
	free(flow->throughs);
	free(flow->lookups);
	free(flow->registered);
	free(flow->is_called);
	free(flow);
}

struct flow_site *flow_known_site(const struct flow *flow, uint32_t site)
{
	if (site >= flow->nsite_of || flow->site_of[site] == FLOW_NONE)
		return NULL;
	return &flow->sites[flow->site_of[site]];
}

struct flow_site *flow_site(struct flow *flow, uint32_t site)
{
	struct flow_site *known = flow_known_site(flow, site);

	if (known)
		return known;
	while (flow->nsite_of <= site) {
		flow->site_of = grow(flow->site_of, flow->nsite_of, &flow->site_of_room,
			sizeof(*flow->site_of));
		flow->site_of[flow->nsite_of++] = FLOW_NONE;
	}
	flow->sites =
		grow(flow->sites, flow->nsites, &flow->sites_room, sizeof(*flow->sites));
	flow->site_of[site] = (uint32_t)flow->nsites;
	flow->sites[flow->nsites] = (struct flow_site){
		.site = site,
		.query = FLOW_NONE,
		.answer = FLOW_NONE,
		.first_argument = FLOW_NONE,
		.first_pointee = FLOW_NONE,
	};
	return &flow->sites[flow->nsites++];
}

uint32_t flow_site_argument(struct flow *flow, uint32_t site, uint32_t number)
{
	const struct flow_site *known = flow_known_site(flow, site);
	uint32_t at = known ? known->first_argument : FLOW_NONE;

	for (; at != FLOW_NONE; at = flow->arguments[at].next)
		if (flow->arguments[at].number == number)
			return flow->arguments[at].node;
	return FLOW_NONE;
}

uint32_t flow_reason(struct flow *flow, const char *fmt, ...)
{
	char buffer[512];
	const char *text;
	va_list args;

	va_start(args, fmt);
	vsnprintf(buffer, sizeof(buffer), fmt, args);
	va_end(args);
	text = source_paths_intern(flow->program.paths, buffer);
	return VALUE_REASON | key_table_add(&flow->reasons, &text, NULL);
}

static const char *text_at(const struct key_table *table, uint32_t value)
{
	const char *text;

	memcpy(&text, table->keys + (value & VALUE_NUMBER) * sizeof(text), sizeof(text));
	return text;
}

const char *flow_reason_text(const struct flow *flow, uint32_t value)
{
	return text_at(&flow->reasons, value);
}

uint32_t flow_parameter(struct flow *flow, uint32_t function, uint32_t number)
{
	return flow_graph_find(&flow->graph,
		(struct flow_key){.kind = NODE_PARAMETER, .a = function, .b = number});
}

uint32_t flow_result(struct flow *flow, uint32_t function)
{
	return flow_graph_find(&flow->graph,
		(struct flow_key){.kind = NODE_RESULT, .a = function});
}

uint32_t flow_aliased(struct flow *flow, uint32_t function)
{
	struct function_table *functions = flow->program.functions;
	struct definitions targets;

	if (!(function_table_get(functions, function)->function.flags & FUNCTION_ALIAS))
		return function;
	targets = function_table_target(functions, function);
	return targets.count == 1 ? targets.functions[0] : function;
}

const struct call_rule *flow_rule(const struct flow *flow, const char *function)
{
	return flow->program.rules ? rules_call(flow->program.rules, function) : NULL;
}

/* A function of a loaded object gets records: it knows what is in them, and sets it. */
static void lose_records(struct flow *flow, uint32_t site)
{
	uint32_t reason = flow_reason(flow, "passed to unknown code"), at;

	if (flow_site(flow, site)->is_loaded)
		return;
	flow_site(flow, site)->is_loaded = true;
	for (at = flow_site(flow, site)->first_pointee; at != FLOW_NONE;) {
		struct flow_pointee pointee = flow->pointees[at];

		at = pointee.next;
		if (pointee.is_raw)
			continue;
		flow_watch(flow, pointee.field,
			(struct flow_watch){.kind = WATCH_ESCAPE, .detail = reason});
		flow_insert_unknown(flow, pointee.field, reason);
	}
}

static void call(struct flow *flow, uint32_t site, uint32_t value)
{
	uint32_t at;

	if (value & (VALUE_TEXT | VALUE_BEHIND))
		return;
	if (!(value & VALUE_REASON)) {
		flow_bind(flow, site, value);
		return;
	}
	if (flow_site(flow, site)->answer != FLOW_NONE)
		flow_insert_unknown(flow, flow_site(flow, site)->answer, value);
	if (value & VALUE_LOADED)
		lose_records(flow, site);
	if (flow_site(flow, site)->is_lost)
		return;
	flow_site(flow, site)->is_lost = true;
	for (at = flow_site(flow, site)->first_argument; at != FLOW_NONE;
		at = flow->arguments[at].next)
		flow_watch(flow, flow->arguments[at].node,
			(struct flow_watch){
				.kind = WATCH_ESCAPE,
				.detail = flow_reason(flow, "passed to unknown code"),
			});
}

/* A name that is looked up while the program runs: of whatever bears it. */
static void look_up(struct flow *flow, const struct flow_watch *watch, uint32_t value)
{
	const char *name = text_at(&flow->texts, value);
	uint32_t answer = flow_site(flow, watch->site)->answer;
	struct definitions found;

	if (answer == FLOW_NONE || !(value & VALUE_TEXT))
		return;
	found = function_table_named(flow->program.functions, name);
	for (size_t i = 0; i < found.count; i++) {
		flow_insert(flow, answer, found.functions[i]);
		flow_register(flow, (struct flow_registered){
					    .library = watch->library,
					    .rule = watch->rule,
					    .site = watch->site,
					    .function = found.functions[i],
					    .node = FLOW_NONE,
				    });
	}
	flow_insert_unknown(flow, answer,
		VALUE_LOADED | flow_reason(flow,
				       "dlsym: any loaded object may define '%s'", name));
}

void flow_act(struct flow *flow, uint32_t node, const struct flow_watch *watch,
	uint32_t value)
{
	bool is_function = !(value & (VALUE_REASON | VALUE_TEXT));
	bool is_behind = value & VALUE_BEHIND;

	switch (watch->kind) {
	case WATCH_CALL:
		call(flow, watch->site, value);
		break;
	case WATCH_CALLBACK:
	case WATCH_STORED:
		if (is_function && !is_behind)
			flow_call_back(flow, watch, node, value);
		break;
	case WATCH_THROUGH:
		if (is_function && !is_behind)
			flow_add_through(flow, watch, node, value);
		break;
	case WATCH_ESCAPE:
		if (is_function)
			flow_escape(flow, value & VALUE_NUMBER, watch->detail);
		break;
	case WATCH_SYMBOL:
		if (value & VALUE_TEXT)
			look_up(flow, watch, value);
		break;
	}
}

bool flow_is_cell(const struct flow *flow, uint32_t node)
{
	uint32_t e = flow->graph.nodes[node].first_in;

	for (; e != FLOW_NONE; e = flow->graph.edges[e].next_in)
		if (flow->graph.edges[e].flags & FLOW_BOTH_WAYS)
			return true;
	return false;
}

static uint32_t rest_of(struct flow *flow, uint32_t function)
{
	return flow_graph_find(&flow->graph,
		(struct flow_key){.kind = NODE_REST, .a = function});
}

static void bind_arguments(struct flow *flow, uint32_t site, uint32_t function)
{
	const struct function *fn =
		&function_table_get(flow->program.functions, function)->function;
	uint32_t at = flow_site(flow, site)->first_argument;

	for (; at != FLOW_NONE; at = flow->arguments[at].next) {
		struct flow_argument argument = flow->arguments[at];
		uint32_t to = argument.number < fn->arity
				      ? flow_parameter(flow, function, argument.number)
				      : rest_of(flow, function);

		if (to != FLOW_NONE)
			flow_connect(flow,
				(struct flow_edge){
					.from = argument.node,
					.to = to,
					.flags = flow_is_cell(flow, argument.node)
							 ? FLOW_BOTH_WAYS
							 : FLOW_RAW,
				});
	}
}

static void bind_answer(struct flow *flow, uint32_t site, uint32_t function)
{
	uint32_t answer = flow_site(flow, site)->answer;
	uint32_t result = flow_result(flow, function), e;
	uint32_t flags = FLOW_RAW;

	if (answer == FLOW_NONE || result == FLOW_NONE)
		return;
	for (e = flow->graph.nodes[answer].first_out; e != FLOW_NONE;
		e = flow->graph.edges[e].next_out)
		if (flow->graph.edges[e].flags & FLOW_BOTH_WAYS)
			flags = FLOW_BOTH_WAYS;
	flow_connect(flow,
		(struct flow_edge){.from = result, .to = answer, .flags = flags});
}

void flow_mark_called(struct flow *flow, uint32_t function)
{
	size_t count = function_table_count(flow->program.functions);

	if (flow->ncalled < count) {
		flow->is_called = xrealloc(flow->is_called, count);
		memset(flow->is_called + flow->ncalled, 0, count - flow->ncalled);
		flow->ncalled = count;
	}
	flow->is_called[function] = true;
}

void flow_bind(struct flow *flow, uint32_t site, uint32_t function)
{
	const struct linked_function *fn;

	function = flow_aliased(flow, function);
	fn = function_table_get(flow->program.functions, function);
	flow_mark_called(flow, function);
	if (!flow_known_site(flow, site))
		return; /* nothing that matters goes in or out */
	if (fn->is_defined && !(fn->function.flags & FUNCTION_IFUNC)) {
		bind_arguments(flow, site, function);
		bind_answer(flow, site, function);
	} else {
		flow_call_library(flow, site, function);
	}
}

void flow_escape(struct flow *flow, uint32_t function, uint32_t reason)
{
	unsigned arity =
		function_table_get(flow->program.functions, function)->function.arity;

	flow_mark_called(flow, function);
	for (uint32_t i = 0; i < arity; i++) {
		uint32_t node = flow_parameter(flow, function, i);

		if (node != FLOW_NONE)
			flow_insert_unknown(flow, node, reason);
	}
}

bool flow_open_uncalled(struct flow *flow)
{
	size_t count = function_table_count(flow->program.functions);
	bool found = false;

	for (uint32_t f = 0; f < count; f++) {
		const struct linked_function *fn =
			function_table_get(flow->program.functions, f);
		struct flow_key key = {.kind = NODE_FUNCTION, .a = f};

		if (!fn->is_defined || (f < flow->ncalled && flow->is_called[f]) ||
			flow_graph_find(&flow->graph, key) == FLOW_NONE)
			continue;
		flow_escape(flow, f,
			flow_reason(flow,
				"'%s' is called by no known call, though its address is "
				"taken",
				fn->function.name));
		found = true;
	}
	return found;
}

/* A direct call: one that import could not settle by itself. */
static void start_direct(struct flow *flow, uint32_t site)
{
	struct index_list callees = site_table_callees(flow->program.sites, site);

	for (size_t i = 0; i < callees.count; i++) {
		uint32_t function = flow_aliased(flow, callees.items[i]);
		const struct linked_function *fn =
			function_table_get(flow->program.functions, function);

		if (fn->function.flags & FUNCTION_IFUNC) {
			struct definitions resolver =
				function_table_target(flow->program.functions, function);

			if (resolver.count != 1)
				continue;
			flow_site(flow, site)->query =
				flow_result(flow, resolver.functions[0]);
			if (flow_site(flow, site)->query != FLOW_NONE)
				flow_watch(flow, flow_site(flow, site)->query,
					(struct flow_watch){
						.kind = WATCH_CALL, .site = site});
			continue;
		}
		flow_bind(flow, site, function);
	}
}

void flow_solve(struct flow *flow)
{
	size_t count = site_table_count(flow->program.sites);

	flow_pair_rows(flow);
	flow_start(flow);
	flow_open_ends(flow);
	for (uint32_t s = 0; s < count; s++) {
		const struct flow_site *known = flow_known_site(flow, s);

		if (!known || known->query == FLOW_NONE)
			start_direct(flow, s);
		else
			flow_watch(flow, known->query,
				(struct flow_watch){.kind = WATCH_CALL, .site = s});
	}
	do {
		do
			flow_run(flow);
		while (flow_open_lookups(flow));
	} while (flow_open_uncalled(flow));
}
