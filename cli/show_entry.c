/* The question `entry`, and who of the entry points gets to some functions. */
#include "cli/show.h"

#include "cli/command.h"
#include "core/arena.h"
#include "core/text.h"

static const char *metadata_text(const struct show *show, const struct entry_point *entry)
{
	scoped_text text = {0};

	for (size_t i = 0; i < entry->nmetadata; i++)
		text_printf(&text, "%s%s=%s", i ? " " : "", entry->metadata[i].key,
			entry->metadata[i].value);
	return arena_strdup(show->arena, text_string(&text));
}

static void entry_json(struct show *show, const struct entry_point *entry,
	const struct reach *reach)
{
	struct json_writer *json = show_json(show, "entry_point");

	json_member_string(json, "entry_point_id", entry->id);
	json_member_string(json, "entry_point_type", entry->type);
	show_json_function(json, show, entry->function);
	json_member_uint(json, "function_count", reach->function_count);
	json_member_uint(json, "depth", reach->depth);
	json_key(json, "metadata");
	json_begin_line_object(json);
	for (size_t i = 0; i < entry->nmetadata; i++)
		json_member_string(json, entry->metadata[i].key,
			entry->metadata[i].value);
	json_end_object(json);
	show_json_end(show);
}

static void entry_cells(struct show *show, const struct entry_point *entry,
	const struct reach *reach)
{
	struct table *table = &show->table;

	table_row(table, 0);
	table_cell(table, STYLE_BOLD, "%s", entry->id);
	table_cell(table, STYLE_PLAIN, "%s", entry->type);
	show_function_cells(show, entry->function);
	table_cell(table, STYLE_PLAIN, "%zu function%s, depth %u", reach->function_count,
		show_plural(reach->function_count), reach->depth);
	table_cell(table, STYLE_DIM, "%s", metadata_text(show, entry));
}

int show_entry(struct show *show, char **args)
{
	const struct static_trace *trace = show->trace;

	(void)args;
	show_title(show, "%zu entry point%s: id, type, function, what it reaches",
		trace->nentry_points, show_plural(trace->nentry_points));
	for (size_t i = 0; i < trace->nentry_points; i++) {
		const struct entry_point *entry = &trace->entry_points[i];

		if (!show_row(show))
			continue;
		if (show->is_json)
			entry_json(show, entry, &trace->reaches[i]);
		else
			entry_cells(show, entry, &trace->reaches[i]);
	}
	if (!show->nrows)
		show_say("no entry point: no 'main' and no constructor was "
			 "scanned");
	return EXIT_CLEAN;
}

static void reached_row(struct show *show, const struct entry_point *entry,
	unsigned distance)
{
	if (!show_row(show))
		return;
	if (show->is_json) {
		struct json_writer *json = show_json(show, "reached_by");

		json_member_string(json, "entry_point_id", entry->id);
		show_json_function(json, show, entry->function);
		json_member_uint(json, "distance", distance);
		show_json_end(show);
		return;
	}
	table_row(&show->table, 2);
	show_function_cells(show, entry->function);
	table_cell(&show->table, STYLE_BOLD, "%s", entry->id);
	table_cell(&show->table, STYLE_PLAIN, "%u call%s away", distance,
		show_plural(distance));
}

void show_reached_by(struct show *show, struct index_list functions)
{
	const struct static_trace *trace = show->trace;
	const uint32_t *distances = program_distances(&show->program, show->arena,
		functions, PROGRAM_CALLERS);
	size_t count = 0;

	for (size_t i = 0; i < trace->nentry_points; i++)
		count += distances[trace->entry_points[i].function] != TRACE_NONE;
	if (!show->is_json && count)
		table_line(&show->table, 0, STYLE_BOLD, "is reached by %zu entry point%s",
			count, show_plural(count));
	else if (!show->is_json)
		table_line(&show->table, 0, STYLE_BOLD,
			"no known calls lead here from an entry point");
	for (size_t i = 0; i < trace->nentry_points; i++) {
		const struct entry_point *entry = &trace->entry_points[i];

		if (distances[entry->function] != TRACE_NONE)
			reached_row(show, entry, distances[entry->function]);
	}
}
