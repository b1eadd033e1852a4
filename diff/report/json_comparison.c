#include "diff/report/json_parts.h"

#include "core/json_writer.h"
#include "diff/compare/comparison.h"

static void write_verdicts(struct json_writer *json, const struct comparison *comparison)
{
	size_t counts[VERDICT_COUNT] = {0};

	for (size_t i = 0; i < comparison->ncalls; i++)
		counts[comparison->calls[i].verdict]++;
	json_key(json, "verdicts");
	json_begin_line_object(json);
	for (size_t i = 0; i < VERDICT_COUNT; i++)
		json_member_uint(json, verdict_names[i], counts[i]);
	json_end_object(json);
}

static void write_drops(struct json_writer *json, const struct comparison *comparison)
{
	json_key(json, "dropped");
	json_begin_line_object(json);
	for (size_t i = 0; i < comparison->ndrops; i++)
		json_member_uint(json, comparison->drops[i].reason,
			comparison->drops[i].count);
	json_end_object(json);
}

static void write_coverage(struct json_writer *json, const struct coverage *coverage)
{
	json_member_uint(json, "function_count", coverage->functions);
	json_member_uint(json, "functions_ran", coverage->functions_ran);
	json_member_uint(json, "call_count", coverage->calls);
	json_member_uint(json, "calls_seen", coverage->calls_seen);
	json_member_uint(json, "count", coverage->count);
	json_key(json, "percent");
	json_decimal(json, coverage->percent);
	if (coverage->is_hot)
		json_member_bool(json, "hot", true);
	if (coverage->is_cold)
		json_member_bool(json, "cold", true);
}

void json_comparison_summary(struct json_writer *json,
	const struct comparison *comparison)
{
	json_member_bool(json, "complete", comparison->is_complete);
	write_drops(json, comparison);
	json_member_uint(json, "process_count", comparison->run->nprocesses);
	json_member_uint(json, "runtime_only_call_count", comparison->ncalls);
	write_verdicts(json, comparison);
	json_member_uint(json, "runtime_only_function_count", comparison->nfunctions);
	json_member_uint(json, "dead_function_count", comparison->ndead);
	json_member_uint(json, "unobserved_call_count", comparison->nunobserved);
	json_member_uint(json, "orphans_ran_count", comparison->nrevived);
	json_key(json, "coverage");
	json_begin_line_object(json);
	write_coverage(json, &comparison->total);
	json_end_object(json);
}

static const struct function *scanned(const struct comparison *all, uint32_t function)
{
	return function == TRACE_NONE ? NULL : &all->scan->functions[function];
}

static const struct function *observed(const struct comparison *all, uint32_t function)
{
	return function == TRACE_NONE ? NULL : &all->run->functions[function];
}

static void write_place(struct json_writer *json, const char *key, const char *file,
	unsigned line, unsigned column)
{
	json_key(json, key);
	if (!file || !*file) {
		json_null(json);
		return;
	}
	json_begin_line_object(json);
	json_member_string(json, "file", file);
	json_member_uint(json, "line", line);
	json_member_nonzero(json, "column", column);
	json_end_object(json);
}

static void write_site(struct json_writer *json, const struct comparison *all,
	uint32_t site)
{
	const struct call_site *at;

	if (site == TRACE_NONE) {
		json_key(json, "certificate");
		json_null(json);
		return;
	}
	at = &all->scan->sites[site];
	json_member_string(json, "certificate",
		at->state == SITE_OPEN ? "open" : "closed");
	json_key(json, "reasons");
	json_begin_array(json);
	for (size_t i = 0; i < at->nreasons; i++)
		json_string(json, at->reasons[i]);
	json_end_array(json);
}

static void write_call(struct json_writer *json, const struct comparison *all,
	const struct runtime_call *call)
{
	const struct observed_call *seen = &all->run->calls[call->observed];
	const struct function *caller = scanned(all, call->caller);
	const struct function *callee = scanned(all, call->callee);

	json_begin_line_object(json);
	json_member_string(json, "verdict", verdict_names[call->verdict]);
	json_function(json, "caller", caller ? caller : observed(all, call->from));
	json_function(json, "callee", callee ? callee : observed(all, call->to));
	write_place(json, "call_site", seen->file, seen->line, seen->column);
	json_member_optional_string(json, "through", seen->through);
	if (seen->root)
		json_member_string(json, "root", call_root_names[seen->root]);
	json_member_optional_string(json, "object", call->object);
	write_site(json, all, call->site);
	json_member_uint(json, "count", call->count);
	json_member_uint(json, "total_us", call->total_us);
	json_member_string(json, "because", call->because);
	json_member_string(json, "advice", call->advice);
	json_key(json, "path");
	json_begin_array(json);
	for (size_t i = 0; i < call->npath; i++)
		json_string(json, all->run->functions[call->path[i]].name);
	json_end_array(json);
	json_member_string(json, "entry_point",
		call->entry_point == TRACE_NONE
			? NULL
			: all->scan->entry_points[call->entry_point].id);
	json_end_object(json);
}

static void write_calls(struct json_writer *json, const struct comparison *all)
{
	json_key(json, "runtime_only_calls");
	json_begin_array(json);
	for (size_t i = 0; i < all->ncalls; i++)
		write_call(json, all, &all->calls[i]);
	json_end_array(json);
	json_key(json, "runtime_only_functions");
	json_begin_array(json);
	for (size_t i = 0; i < all->nfunctions; i++) {
		const struct runtime_function *seen = &all->functions[i];

		json_begin_line_object(json);
		json_member_string(json, "verdict", verdict_names[seen->verdict]);
		json_function(json, "function", observed(all, seen->function));
		json_member_optional_string(json, "object", seen->object);
		json_member_uint(json, "count", seen->count);
		json_member_string(json, "because", seen->because);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_indirect(struct json_writer *json, const struct comparison *all)
{
	json_key(json, "indirect_sites");
	json_begin_array(json);
	for (size_t i = 0; i < all->nindirect; i++) {
		const struct indirect_seen *seen = &all->indirect[i];
		const struct call_site *site = &all->scan->sites[seen->site];

		json_begin_line_object(json);
		write_place(json, "call_site", site->file, site->line, site->column);
		json_member_string(json, "caller", scanned(all, site->caller)->name);
		write_site(json, all, seen->site);
		json_member_uint(json, "count", seen->count);
		json_member_uint(json, "confirmed_count", seen->nconfirmed);
		json_key(json, "never_seen");
		json_begin_array(json);
		for (size_t k = 0; k < seen->nnever; k++) {
			uint32_t callee = all->scan->calls[seen->never[k]].callee;

			json_string(json, scanned(all, callee)->name);
		}
		json_end_array(json);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_functions(struct json_writer *json, const struct comparison *all,
	const char *key, const uint32_t *functions, size_t count)
{
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < count; i++) {
		json_begin_line_object(json);
		json_function(json, "function", scanned(all, functions[i]));
		json_member_uint(json, "count", all->ran[functions[i]]);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_unobserved(struct json_writer *json, const struct comparison *all)
{
	json_key(json, "unobserved_calls");
	json_begin_array(json);
	for (size_t i = 0; i < all->nunobserved; i++) {
		const struct call *call = &all->scan->calls[all->unobserved[i]];
		const struct call_site *site =
			call->site == TRACE_NONE ? NULL : &all->scan->sites[call->site];

		json_begin_line_object(json);
		json_function(json, "caller", scanned(all, call->caller));
		json_function(json, "callee", scanned(all, call->callee));
		write_place(json, "call_site", site ? site->file : NULL,
			site ? site->line : 0, site ? site->column : 0);
		json_member_string(json, "via", call->via);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_modules(struct json_writer *json, const struct comparison *all)
{
	json_key(json, "modules");
	json_begin_array(json);
	for (size_t i = 0; i < all->nmodules; i++) {
		json_begin_line_object(json);
		json_member_string(json, "module", all->modules[i].name);
		write_coverage(json, &all->modules[i]);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_entries(struct json_writer *json, const struct comparison *all)
{
	json_key(json, "entry_points");
	json_begin_array(json);
	for (size_t i = 0; i < all->nentries; i++) {
		const struct entry_coverage *entry = &all->entries[i];
		const struct entry_point *point =
			&all->scan->entry_points[entry->entry_point];

		json_begin_line_object(json);
		json_member_string(json, "id", point->id);
		json_member_string(json, "type", point->type);
		json_function(json, "function", scanned(all, point->function));
		json_member_bool(json, "ran", entry->has_run);
		json_key(json, "reach");
		json_begin_line_object(json);
		write_coverage(json, &entry->reach);
		json_end_object(json);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_routes(struct json_writer *json, const struct comparison *all)
{
	json_key(json, "routes");
	json_begin_array(json);
	for (size_t i = 0; i < all->nroutes; i++) {
		const struct route_coverage *seen = &all->routes[i];
		const struct route *route = &all->scan->routes[seen->route];

		json_begin_line_object(json);
		json_member_string(json, "program", route->program);
		json_key(json, "tokens");
		json_begin_array(json);
		for (size_t k = 0; k < route->ntokens; k++)
			json_string(json, route->tokens[k]);
		json_end_array(json);
		json_function(json, "handler", scanned(all, route->handler));
		json_member_bool(json, "ran", seen->has_run);
		if (seen->is_unsure)
			json_member_bool(json, "unsure", true);
		json_member_uint(json, "count", seen->count);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_crossings(struct json_writer *json, const struct comparison *all)
{
	json_key(json, "crossings");
	json_begin_array(json);
	for (size_t i = 0; i < all->ncrossings; i++) {
		const struct crossing *crossing = &all->crossings[i];

		json_begin_line_object(json);
		json_member_string(json, "from", crossing->from);
		json_member_string(json, "to", crossing->to);
		json_member_string(json, "kind", crossing->kind);
		json_member_string(json, "detail", crossing->detail);
		json_member_uint(json, "count", crossing->count);
		json_end_object(json);
	}
	json_end_array(json);
}

void json_comparison(struct json_writer *json, const struct comparison *comparison)
{
	write_calls(json, comparison);
	write_indirect(json, comparison);
	write_functions(json, comparison, "dead_functions", comparison->dead,
		comparison->ndead);
	write_unobserved(json, comparison);
	write_functions(json, comparison, "orphans_ran", comparison->revived,
		comparison->nrevived);
	write_modules(json, comparison);
	write_entries(json, comparison);
	write_routes(json, comparison);
	write_crossings(json, comparison);
}
