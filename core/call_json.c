#include "core/call_json.h"

#include "core/arena.h"
#include "core/json_writer.h"
#include "core/member_json.h"
#include "core/trace.h"
#include "core/trace_names.h"

#include <cjson/cJSON.h>

static void write_spelling(struct json_writer *json, const struct call_site *site)
{
	if (!site->spelling_file)
		return;
	json_key(json, "spelling");
	json_begin_line_object(json);
	json_member_string(json, "file", site->spelling_file);
	json_member_uint(json, "line", site->spelling_line);
	json_member_uint(json, "column", site->spelling_column);
	json_end_object(json);
}

static void write_certificate(struct json_writer *json, const struct call_site *site)
{
	json_member_string(json, "state", site_state_names[site->state]);
	if (site->state != SITE_OPEN)
		return;
	json_key(json, "reasons");
	json_begin_array(json);
	for (size_t i = 0; i < site->nreasons; i++)
		json_string(json, site->reasons[i]);
	json_end_array(json);
}

static void write_expression(struct json_writer *json, const struct call_site *site)
{
	if (site->expression == CALLEE_NAME && !site->expression_name)
		return;
	json_key(json, "expression");
	json_begin_line_object(json);
	json_member_string(json, "kind", callee_expression_names[site->expression]);
	json_member_optional_string(json, "name", site->expression_name);
	json_end_object(json);
}

void call_site_write(struct json_writer *json, const struct call_site *site, uint32_t id)
{
	json_begin_line_object(json);
	json_member_uint(json, "id", id);
	json_member_uint(json, "caller", site->caller);
	json_member_string(json, "file", site->file);
	json_member_uint(json, "line", site->line);
	json_member_uint(json, "column", site->column);
	json_member_nonzero(json, "ordinal", site->ordinal);
	write_spelling(json, site);
	json_member_string(json, "kind", site->is_direct ? "direct" : "indirect");
	write_certificate(json, site);
	write_expression(json, site);
	json_member_optional_string(json, "signature", site->signature);
	json_end_object(json);
}

void call_site_read(struct members *in, struct arena *arena, struct call_site *site)
{
	static const char *const kinds[] = {"indirect", "direct", NULL};
	struct members inner;
	const cJSON *reason;

	member_check_id(in);
	site->caller = member_index(in, "caller", false);
	site->file = member_string(in, "file");
	site->line = member_unsigned(in, "line");
	site->column = member_unsigned(in, "column");
	site->ordinal = member_optional_unsigned(in, "ordinal");
	if (member_optional_members(in, "spelling", &inner)) {
		site->spelling_file = member_string(&inner, "file");
		site->spelling_line = member_unsigned(&inner, "line");
		site->spelling_column = member_unsigned(&inner, "column");
	}
	site->is_direct = member_choice(in, "kind", kinds);
	site->state = member_choice(in, "state", site_state_names);
	reason = member_optional_array(in, "reasons", &site->nreasons);
	site->reasons = item_strings(in, arena, reason, site->nreasons, "reasons");
	if (member_optional_members(in, "expression", &inner)) {
		site->expression = member_choice(&inner, "kind", callee_expression_names);
		site->expression_name = member_optional_string(&inner, "name");
	}
	site->signature = member_optional_string(in, "signature");
}

static void write_site_id(struct json_writer *json, uint32_t site)
{
	json_key(json, "site");
	if (site == TRACE_NONE)
		json_null(json);
	else
		json_uint(json, site);
}

static void write_flow(struct json_writer *json, const struct call *call)
{
	if (!call->nflow)
		return;
	json_key(json, "flow");
	json_begin_array(json);
	for (size_t i = 0; i < call->nflow; i++) {
		json_begin_line_object(json);
		json_member_string(json, "file", call->flow[i].file);
		json_member_uint(json, "line", call->flow[i].line);
		json_member_string(json, "to", call->flow[i].to);
		json_end_object(json);
	}
	json_end_array(json);
}

void call_write(struct json_writer *json, const struct call *call)
{
	json_begin_line_object(json);
	write_site_id(json, call->site);
	json_member_uint(json, "caller", call->caller);
	json_member_uint(json, "callee", call->callee);
	json_member_string(json, "via", call->via);
	json_key(json, "confidence");
	json_decimal(json, call->confidence);
	json_member_optional_string(json, "through", call->through);
	write_flow(json, call);
	json_end_object(json);
}

static const struct flow_step *read_flow(struct members *call, struct arena *arena,
	size_t *n)
{
	const cJSON *item = member_optional_array(call, "flow", n);
	struct flow_step *steps;

	if (!*n) /* most calls: nothing to point at */
		return NULL;
	steps = arena_alloc(arena, *n * sizeof(*steps));
	for (size_t i = 0; i < *n; i++, item = item->next) {
		struct members in = members_of(call->source, item);

		steps[i].file = member_string(&in, "file");
		steps[i].line = member_unsigned(&in, "line");
		steps[i].to = member_string(&in, "to");
	}
	return steps;
}

void call_read(struct members *in, struct arena *arena, struct call *call)
{
	size_t nflow;

	call->site = member_index(in, "site", true);
	call->caller = member_index(in, "caller", false);
	call->callee = member_index(in, "callee", false);
	call->via = member_string(in, "via");
	call->confidence = member_ratio(in, "confidence");
	call->through = member_optional_string(in, "through");
	call->flow = read_flow(in, arena, &nflow);
	call->nflow = (uint32_t)nflow;
}
