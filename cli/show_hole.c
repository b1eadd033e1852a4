/* Call sites that may call what nobody knows of. */
#include "cli/show.h"

#include "core/trace_names.h"

bool show_is_hole(const struct show *show, uint32_t site)
{
	const struct call_site *at = &show->trace->sites[site];

	/* One that names its callee is open where several functions bear the name. */
	return at->state == SITE_OPEN &&
	       !(at->is_direct && program_calls_at(&show->program, site).count);
}

static void hole_json(struct show *show, uint32_t site)
{
	const struct call_site *at = &show->trace->sites[site];
	struct json_writer *json = show_json(show, "open_site");

	json_member_uint(json, "id", site);
	json_member_string(json, "file", at->file);
	json_member_uint(json, "line", at->line);
	json_member_uint(json, "column", at->column);
	json_member_uint(json, "caller", at->caller);
	json_member_string(json, "caller_name", show->trace->functions[at->caller].name);
	json_member_string(json, "expression", callee_expression_names[at->expression]);
	json_member_string(json, "name", at->expression_name);
	json_member_string(json, "signature", at->signature);
	json_key(json, "reasons");
	json_begin_array(json);
	for (size_t i = 0; i < at->nreasons; i++)
		json_string(json, at->reasons[i]);
	json_end_array(json);
	show_json_end(show);
}

void show_hole(struct show *show, uint32_t site, unsigned indent)
{
	const struct call_site *at = &show->trace->sites[site];
	const char *reason = at->nreasons ? at->reasons[0] : "no reason given";

	if (!show_row(show))
		return;
	if (show->is_json)
		hole_json(show, site);
	else
		table_line(&show->table, indent, STYLE_WARN, "? %s at %s (%s)",
			show_expression(show, at), show_place(show, at->file, at->line),
			reason);
}
