/* The question `query`: events that fit, as rows, or counted. */
#include "cli/log.h"

#include "cli/log_files.h"
#include "cli/stack_names.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_writer.h"
#include "core/log_lines.h"
#include "core/terminal_text.h"
#include "core/text.h"
#include "core/timestamp.h"
#include "diff/log_group.h"

#include <inttypes.h>
#include <string.h>

enum log_format log_format_of(const struct log_given *given)
{
	if (given->is_pretty)
		return LOG_FORMAT_PRETTY;
	return strcmp(given->format, "json") == 0 ? LOG_FORMAT_JSON : LOG_FORMAT_TEXT;
}

bool log_id_of(const char *command, const char *typed, char out[LOG_ID_SIZE])
{
	if (log_id_parse(typed, out))
		return true;
	usage_error(command,
		"'%s' is no id: give %d to 64 hex digits, the beginning or all of it",
		typed, LOG_ID_LEAST);
	return false;
}

static bool read_time(const char *asker, const char *name, const char *typed,
	uint64_t *ns)
{
	if (!typed || timestamp_parse_typed(typed, timestamp_now(), ns))
		return true;
	usage_error(asker,
		"option '--%s' takes a time in UTC like 2026-01-31T15:30Z or 2026-01-31, or "
		"an age like 10m, not '%s'",
		name, typed);
	return false;
}

static bool read_id(const char *asker, const char *typed, struct arena *arena,
	const char **out)
{
	char id[LOG_ID_SIZE];

	if (!typed)
		return true;
	if (!log_id_of(asker, typed, id))
		return false;
	*out = arena_strdup(arena, id);
	return true;
}

bool log_filter_of(const struct log_given *given, struct arena *arena,
	struct log_filter *out)
{
	struct log_condition *conditions =
		arena_alloc(arena, given->where.count * sizeof(*conditions));

	*out = (struct log_filter){.event = given->event,
		.service = given->service,
		.command = given->command,
		.error_type = given->error_type,
		.conditions = conditions,
		.nconditions = given->where.count};
	for (unsigned i = 0; given->level && i < EVENT_LEVELS; i++)
		if (strcmp(event_level_names[i], given->level) == 0)
			out->level = i;
	for (size_t i = 0; i < given->where.count; i++) {
		if (log_condition_parse(given->where.items[i], &conditions[i]))
			continue;
		usage_error("log",
			"option '--where' takes KEY=VALUE, KEY!=VALUE or KEY~VALUE, not "
			"'%s'",
			given->where.items[i]);
		return false;
	}
	return read_id(given->asker, given->guid, arena, &out->guid) &&
	       read_id(given->asker, given->trace_id, arena, &out->trace_id) &&
	       read_time(given->asker, "since", given->since, &out->since_ns) &&
	       read_time(given->asker, "until", given->until, &out->until_ns);
}

void log_skip(struct log_skipped *skipped, const struct error *err)
{
	if (!skipped->count++)
		snprintf(skipped->first, sizeof(skipped->first), "%.200s:%u: %.400s",
			err->at.file, err->at.line, err->text);
}

void log_skipped_warn(const struct log_skipped *skipped, const char *command)
{
	if (!skipped->count)
		return;
	fprintf(stderr, "pcarch %s: %swarning:%s ", command, style_on(stderr, STYLE_WARN),
		style_off(stderr));
	if (skipped->count == 1)
		fputs("a line was passed over: ", stderr);
	else
		fprintf(stderr, "%" PRIu64 " lines were passed over, the first is ",
			skipped->count);
	terminal_print(stderr, skipped->first);
	fputc('\n', stderr);
}

struct query {
	struct log_filter filter;
	struct log_print print;
	struct log_groups groups;
	struct log_skipped skipped;
	bool is_grouped;
};

static bool query_file(struct query *query, const char *path, struct error *err)
{
	scoped_event_reader reader = {.is_open = false};
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;
	struct event event;

	if (!log_lines_open(&lines, path, err))
		return false;
	while (log_lines_next(&lines, &line)) {
		struct error bad;

		if (!log_filter_may_match(&query->filter, &line))
			continue;
		if (!event_json_read(&reader, lines.name, &line, &event, &bad)) {
			log_skip(&query->skipped, &bad);
			continue;
		}
		if (!log_filter_matches(&query->filter, &event))
			continue;
		if (query->is_grouped)
			log_groups_add(&query->groups, &event);
		else
			log_print_event(&query->print, lines.name, &line, &event);
	}
	return log_lines_end(&lines, err);
}

static void print_group_json(const struct log_group *group)
{
	char first[TIMESTAMP_SIZE], last[TIMESTAMP_SIZE];
	struct json_writer json;

	timestamp_print(group->first_ns, 9, first);
	timestamp_print(group->last_ns, 9, last);
	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", "group");
	json_member_string(&json, "value", group->value);
	json_member_uint(&json, "count", group->count);
	json_member_uint(&json, "errors", group->nerrors);
	json_member_string(&json, "first", first);
	json_member_string(&json, "last", last);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

static void print_group(struct log_print *print, const struct log_group *group,
	const char *name)
{
	char first[TIMESTAMP_SIZE], last[TIMESTAMP_SIZE];

	if (!group->count)
		return;
	if (print->nprinted == print->limit) {
		print->nhidden++;
		return;
	}
	print->nprinted++;
	if (print->format == LOG_FORMAT_JSON) {
		print_group_json(group);
		return;
	}
	timestamp_print(group->first_ns, 3, first);
	timestamp_print(group->last_ns, 3, last);
	print->table.arena = &print->arena;
	table_row(&print->table, 0);
	table_cell(&print->table, STYLE_BOLD, "%" PRIu64, group->count);
	table_cell(&print->table, group->nerrors ? STYLE_BAD : STYLE_DIM,
		"%" PRIu64 " errors", group->nerrors);
	table_cell(&print->table, STYLE_DIM, "%s", first);
	table_cell(&print->table, STYLE_DIM, "%s", last);
	table_cell(&print->table, STYLE_NAME, "%s", group->value ? group->value : name);
}

static void print_groups(struct query *query)
{
	struct log_groups *groups = &query->groups;

	log_groups_sort(groups);
	for (size_t i = 0; i < groups->keys.count; i++)
		print_group(&query->print, &groups->groups[i], NULL);
	print_group(&query->print, &groups->others, "(other values)");
	print_group(&query->print, &groups->missing, "(none)");
}

int log_query(const struct log_given *given, char **operands)
{
	struct arena arena = {0};
	struct query query = {.is_grouped = given->group,
		.print = {.format = log_format_of(given),
			.limit = log_print_limit(given->limit)}};
	struct stack_names names = {.binaries = NULL};
	struct log_files files;
	struct error err;
	bool ok;

	if (!log_filter_of(given, &arena, &query.filter)) {
		arena_release(&arena);
		return EXIT_USAGE;
	}
	log_groups_init(&query.groups, given->group);
	query.print.names = &names;
	ok = stack_names_open(&names, &given->binaries, &err) &&
	     log_files_find(&arena, LOG_FILES_ANY, operands, &files, &err);
	for (size_t i = 0; ok && i < files.count; i++)
		ok = query_file(&query, files.paths[i], &err);
	if (query.is_grouped)
		print_groups(&query);
	log_print_end(&query.print);
	log_groups_release(&query.groups);
	stack_names_close(&names);
	log_skipped_warn(&query.skipped, "log");
	if (!ok)
		error_print(&err, "log");
	arena_release(&arena);
	return ok ? EXIT_CLEAN : EXIT_USAGE;
}
