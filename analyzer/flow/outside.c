/* What code outside of the program may set or call: its own places, and what is shared.
 */
#include "analyzer/binary/binary.h"
#include "analyzer/flow/records.h"
#include "analyzer/flow/state.h"
#include "analyzer/link/function_table.h"
#include "analyzer/rules/rules.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <stdio.h>
#include <string.h>

/* A field or variable through which a library calls, or that it may set. */
static void open_end(struct flow *flow, uint32_t node, const struct assignment_rule *rule,
	const char *owner)
{
	flow_insert_unknown(flow, node,
		flow_reason(flow, "%s, which may be set by a library", owner));
	if (!rule) {
		flow_watch(flow, node,
			(struct flow_watch){
				.kind = WATCH_ESCAPE,
				.detail = flow_reason(flow, "stored in %s, of a library",
					owner),
			});
		return;
	}
	flow_watch(flow, node,
		(struct flow_watch){
			.kind = WATCH_STORED,
			.library = owner,
			.assignment = rule,
		});
}

static void open_field(struct flow *flow, uint32_t node, const struct flow_key *key)
{
	const char *record = flow_records_name(flow->records, key->a);
	const char *field = key->text ? key->text : "";
	const struct assignment_rule *rule =
		flow->program.rules ? rules_field(flow->program.rules, record, field)
				    : NULL;
	char owner[256];

	/* Which member of a union it is, is not known: all members of what it is in. */
	if (!rule && flow->program.rules && record[0] == '.')
		rule = rules_field(flow->program.rules, record + strspn(record, "."),
			"*");
	if (!rule && !flow_records_is_system(flow->records, key->a))
		return;
	if (key->kind == NODE_UNION)
		snprintf(owner, sizeof(owner), "union %s'%s'",
			record[0] == '.' ? "in " : "", record + strspn(record, "."));
	else
		snprintf(owner, sizeof(owner), "field '%s%s%s'", record,
			record[0] ? "." : "", field);
	open_end(flow, node, rule, source_paths_intern(flow->program.paths, owner));
}

/* A field of a record that an object loaded at run time may bring. */
static void load_field(struct flow *flow, uint32_t node, const struct flow_key *key)
{
	uint32_t record = flow_graph_find(&flow->graph,
		(struct flow_key){.kind = NODE_LOADED, .a = key->a});

	if (record != FLOW_NONE)
		flow_connect(flow,
			(struct flow_edge){
				.from = record, .to = node, .flags = FLOW_LOADED});
}

static void open_variable(struct flow *flow, uint32_t node, const struct flow_key *key,
	bool is_shared)
{
	const struct assignment_rule *rule =
		flow->program.rules ? rules_variable(flow->program.rules, key->text)
				    : NULL;
	char owner[256];

	if (flow->graph.nodes[node].is_defined) {
		if (is_shared && flow->graph.nodes[node].holds == HOLDS_ADDRESS)
			flow_insert(flow, node,
				flow_reason(flow,
					"variable '%s', which other objects may set by "
					"its name",
					key->text));
		return;
	}
	snprintf(owner, sizeof(owner), "variable '%s'", key->text);
	open_end(flow, node, rule, source_paths_intern(flow->program.paths, owner));
}

/* A field of a record in a variable that no unit defines. */
static void open_variable_field(struct flow *flow, const struct flow_edge *edge)
{
	char owner[256];

	snprintf(owner, sizeof(owner), "variable '%s'",
		flow_graph_key(&flow->graph, edge->to)->text);
	open_end(flow, edge->from, NULL, source_paths_intern(flow->program.paths, owner));
}

static const char *const loaders[] = {"dlopen", "dlmopen", "lt_dlopen", "lt_dlopenext",
	"lt_dlopenadvise", "g_module_open", "g_module_open_full", "uv_dlopen", NULL};
static const char *const finders[] = {"dlsym", "dlvsym", NULL};

/* Does the program use one of these, which it does not define? */
static bool uses(struct flow *flow, const char *const *names)
{
	size_t count = function_table_count(flow->program.functions);

	for (uint32_t f = 0; f < count; f++) {
		const struct function *fn =
			&function_table_get(flow->program.functions, f)->function;

		for (size_t i = 0; names[i] && fn->type != FUNCTION_PUBLIC; i++)
			if (strcmp(fn->name, names[i]) == 0)
				return true;
	}
	return false;
}

/* Why a function may be called from outside of the program: a reason; 0: it may not. */
static uint32_t caller_outside(struct flow *flow, const char *name, bool is_loading)
{
	bool is_exported = !flow->program.nbinaries && flow->program.is_library;

	for (size_t i = 0; i < flow->program.nbinaries && !is_exported; i++)
		is_exported = binary_exports(&flow->program.binaries[i], name);
	if (is_exported)
		return flow_reason(flow, "parameter of an exported function");
	if (flow->program.nbinaries || !is_loading)
		return 0;
	return flow_reason(flow, "parameter of a function that loaded objects may call");
}

static bool is_own(const struct linked_function *fn)
{
	return fn->is_defined && fn->function.type == FUNCTION_PUBLIC &&
	       strcmp(fn->function.name, "main") != 0;
}

/* May other objects use the program's variables by name? As far as its functions tell. */
static bool shares_names(struct flow *flow, bool is_loading)
{
	size_t count = function_table_count(flow->program.functions);

	for (uint32_t f = 0; f < count; f++) {
		const struct linked_function *fn =
			function_table_get(flow->program.functions, f);

		if (is_own(fn) && caller_outside(flow, fn->function.name, is_loading))
			return true;
	}
	return false;
}

static void open_functions(struct flow *flow, bool is_loading)
{
	size_t count = function_table_count(flow->program.functions);

	for (uint32_t f = 0; f < count; f++) {
		const struct linked_function *fn =
			function_table_get(flow->program.functions, f);
		uint32_t reason =
			is_own(fn) ? caller_outside(flow, fn->function.name, is_loading)
				   : 0;

		if (reason)
			flow_escape(flow, f, reason);
	}
}

void flow_open_ends(struct flow *flow)
{
	size_t count = flow->graph.nnodes;
	bool is_loading = uses(flow, loaders), is_finding = uses(flow, finders);
	bool is_shared = shares_names(flow, is_loading);

	for (uint32_t node = 0; node < count; node++) {
		struct flow_key key = *flow_graph_key(&flow->graph, node);

		if (key.kind == NODE_FIELD || key.kind == NODE_UNION) {
			open_field(flow, node, &key);
			if (is_finding)
				load_field(flow, node, &key);
		} else if (key.kind == NODE_GLOBAL) {
			open_variable(flow, node, &key, is_shared);
		}
	}
	for (size_t i = 0; i < flow->nforeign; i++) {
		const struct flow_edge *edge = &flow->foreign[i];

		if (!flow->graph.nodes[edge->to].is_defined)
			open_variable_field(flow, edge);
	}
	open_functions(flow, is_loading);
}
