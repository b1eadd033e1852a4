/* The question `entry`, and who of the entry points gets to some functions. */
#include "cli/show.h"

#include "cli/command.h"
#include "core/arena.h"
#include "core/suggest.h"
#include "core/text.h"

#include <string.h>

/* What tells most of an entry point, in words of its kind: said without their keys. */
static const char *const telling[] = {"program", "method", "path", "signal", "queue",
	"exchange", "name", "symbol", "attribute", NULL};

static bool is_telling(const char *key)
{
	for (size_t i = 0; telling[i]; i++)
		if (strcmp(telling[i], key) == 0)
			return true;
	return false;
}

static const char *value_of(const struct entry_point *entry, const char *key)
{
	for (size_t i = 0; i < entry->nmetadata; i++)
		if (strcmp(entry->metadata[i].key, key) == 0)
			return entry->metadata[i].value;
	return NULL;
}

/* "GET /keys", "SIGTERM", "git". */
static const char *kind_text(const struct show *show, const struct entry_point *entry)
{
	scoped_text text = {0};

	for (size_t i = 0; telling[i]; i++) {
		const char *value = value_of(entry, telling[i]);

		if (value)
			text_printf(&text, "%s%s", text.len ? " " : "", value);
	}
	return arena_strdup(show->arena, text_string(&text));
}

/* "by MHD_start_daemon at src/main.c:12 as option", and whatever else is known. */
static const char *origin_text(const struct show *show, const struct entry_point *entry)
{
	const char *registered = value_of(entry, "registered_by");
	const char *role = value_of(entry, "role");
	scoped_text text = {0};

	if (registered)
		text_printf(&text, "by %s", registered);
	if (role)
		text_printf(&text, "%sas %s", text.len ? " " : "", role);
	for (size_t i = 0; i < entry->nmetadata; i++) {
		const struct metadata *one = &entry->metadata[i];

		if (!is_telling(one->key) && one->value != registered &&
			one->value != role)
			text_printf(&text, "%s%s=%s", text.len ? " " : "", one->key,
				one->value);
	}
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
	const struct function *fn = &show->trace->functions[entry->function];
	struct table *table = &show->table;

	table_row(table, 0);
	table_cell(table, STYLE_BOLD, "%s", entry->id);
	table_cell(table, STYLE_PLAIN, "%s", kind_text(show, entry));
	table_cell(table, STYLE_NAME, "%s", fn->name);
	table_path(table, show_place(show, fn->file, fn->line));
	table_cell(table, STYLE_PLAIN, "%zu function%s, depth %u", reach->function_count,
		show_plural(reach->function_count), reach->depth);
	table_cell(table, STYLE_DIM, "%s", origin_text(show, entry));
}

/* Whether there are entry points of that type; if not, say which there are. */
static bool check_type(const struct show *show, const char *type)
{
	struct suggestion suggestion = {.word = type};
	const struct static_trace *trace = show->trace;

	for (size_t i = 0; i < trace->nentry_points; i++) {
		if (strcmp(trace->entry_points[i].type, type) == 0)
			return true;
		suggestion_offer(&suggestion, trace->entry_points[i].type);
	}
	if (suggestion.nearest)
		usage_error("show",
			"'%s' has no entry point of type '%s'; did you mean '%s'?",
			show->file, type, suggestion.nearest);
	else
		usage_error("show",
			"'%s' has no entry point of type '%s'; 'pcarch show entry' lists "
			"all",
			show->file, type);
	return false;
}

/* "5 entry points: 2 cli, 1 http, 1 thread": those of a type stand together. */
static void entry_title(struct show *show)
{
	const struct static_trace *trace = show->trace;
	scoped_text types = {0};

	for (size_t i = 0, end; i < trace->nentry_points; i = end) {
		const char *type = trace->entry_points[i].type;

		end = i + 1;
		while (end < trace->nentry_points &&
			strcmp(trace->entry_points[end].type, type) == 0)
			end++;
		text_printf(&types, "%s%zu %s", i ? ", " : "", end - i, type);
	}
	show_title(show, "%zu entry point%s: %s", trace->nentry_points,
		show_plural(trace->nentry_points), text_string(&types));
}

int show_entry(struct show *show, char **args)
{
	const struct static_trace *trace = show->trace;
	const char *type = args[0];

	if (type && !check_type(show, type))
		return EXIT_USAGE;
	if (!type)
		entry_title(show);
	for (size_t i = 0; i < trace->nentry_points; i++) {
		const struct entry_point *entry = &trace->entry_points[i];

		if (type && strcmp(entry->type, type) != 0)
			continue;
		if (!show_row(show))
			continue;
		if (show->is_json)
			entry_json(show, entry, &trace->reaches[i]);
		else
			entry_cells(show, entry, &trace->reaches[i]);
	}
	if (!show->nrows)
		show_say("no entry point: no 'main', no constructor and nothing that a "
			 "library calls was scanned");
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
