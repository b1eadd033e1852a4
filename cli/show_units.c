/* The question `units`: what was compiled, and what of it could not be read. */
#include "cli/show.h"

#include "cli/command.h"
#include "core/trace_names.h"

static void unit_json(struct show *show, const struct unit *unit)
{
	struct json_writer *json = show_json(show, "unit");

	json_member_string(json, "file", unit->file);
	json_member_uint(json, "variant", unit->variant);
	json_member_string(json, "status", unit_status_names[unit->status]);
	json_member_string(json, "reason", unit->reason);
	json_member_uint(json, "diagnostics", unit->ndiagnostics);
	show_json_end(show);
}

static void unit_cells(struct show *show, const struct unit *unit)
{
	static const enum style styles[] = {
		[UNIT_PARSED] = STYLE_GOOD,
		[UNIT_PARTIAL] = STYLE_WARN,
		[UNIT_FAILED] = STYLE_BAD,
	};
	struct table *table = &show->table;

	table_row(table, 0);
	table_cell(table, styles[unit->status], "%s", unit_status_names[unit->status]);
	if (unit->variant)
		table_cell(table, STYLE_PLACE, "%s (variant %u)", unit->file,
			unit->variant);
	else
		table_cell(table, STYLE_PLACE, "%s", unit->file);
	table_cell(table, STYLE_PLAIN, "%s", unit->reason ? unit->reason : "");
}

int show_units(struct show *show, char **args)
{
	const struct static_trace *trace = show->trace;

	(void)args;
	for (size_t i = 0; i < trace->nunits; i++) {
		const struct unit *unit = &trace->units[i];

		if (show->wants_failed && unit->status == UNIT_PARSED)
			continue;
		if (!show_row(show))
			continue;
		if (show->is_json)
			unit_json(show, unit);
		else
			unit_cells(show, unit);
	}
	if (!show->nrows)
		show_say("all %zu units were parsed", trace->nunits);
	return EXIT_CLEAN;
}
