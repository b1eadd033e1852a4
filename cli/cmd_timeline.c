#include "cli/command.h"

#include "cli/log.h"
#include "cli/log_story.h"
#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/json_writer.h"
#include "core/log_lines.h"
#include "core/text.h"
#include "core/timestamp.h"
#include "diff/event_text.h"

#include <inttypes.h>
#include <string.h>

extern const struct command cmd_timeline;

enum {
	DEPTH_MAX = 10, /* that is shown by indenting */
};

static struct log_given given = {.asker = "timeline",
	.format = "text",
	.limit = UINT32_MAX};

static const char *const formats[] = {"text", "json", NULL};

static const struct option *timeline_options(void)
{
	static const struct option options[] = {
		{0, "guid", OPTION_STRING, &given.guid, "GUID",
			"the story of that execution; a beginning will do (default: all)",
			NULL, 0, 0},
		{0, "level", OPTION_CHOICE, &given.level, "LEVEL",
			"events of that level or above", event_level_names, 0, 0},
		{0, "since", OPTION_STRING, &given.since, "TIME",
			"from then on: 2026-01-31T15:30Z, 2026-01-31, 90s, 10m, 2h, 7d",
			NULL, 0, 0},
		{0, "until", OPTION_STRING, &given.until, "TIME", "before then", NULL, 0,
			0},
		{'n', "limit", OPTION_NUMBER, &given.limit, "N",
			"print N rows; 0: all (default: 50 on a terminal, else all)",
			NULL, 0, UINT32_MAX - 1},
		{0, "format", OPTION_CHOICE, &given.format, "FORMAT",
			"what is printed; json is one object a line", formats, 0, 0},
		{0},
	};

	return options;
}

struct timeline {
	const struct story *story;
	struct log_print print; /* counts rows, has the table */
	uint64_t start_ns;
};

/* One row: what an event and a span have in common. */
struct row {
	const struct story_entry *entry;
	const char *level, *service, *event, *guid;
	enum style style;
	const char *command; /* or NULL */
	struct text details;
};

/* Its sender may be among the events that were not asked for. */
static bool is_orphan(const struct story_entry *entry)
{
	return entry->is_orphan && !given.level && !given.since && !given.until;
}

static void print_json(const struct timeline *timeline, const struct row *row)
{
	const struct story_entry *entry = row->entry;
	const struct story *story = timeline->story;
	char time[TIMESTAMP_SIZE];
	struct json_writer json;

	timestamp_print(entry->time_ns, 9, time);
	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", entry->span ? "span" : "event");
	json_member_string(&json, "timestamp", time);
	json_member_string(&json, "level", row->level);
	json_member_string(&json, "service", row->service);
	json_member_string(&json, "event", row->event);
	json_member_optional_string(&json, "command", row->command);
	json_member_optional_string(&json, "guid", row->guid);
	json_member_string(&json, "details", text_string(&row->details));
	json_member_uint(&json, "depth", entry->depth);
	json_member_nonzero(&json, "behind_ns", entry->behind_ns);
	if (is_orphan(entry))
		json_member_bool(&json, "orphan", true);
	json_member_string(&json, "file", story->sources[entry->file].path);
	if (!entry->span)
		json_member_uint(&json, "seq", entry->seq);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

/* Negative where a clock is late. */
static double since_start(const struct timeline *timeline,
	const struct story_entry *entry)
{
	return ((double)entry->time_ns - (double)timeline->start_ns) / 1e6;
}

static void print_text(struct timeline *timeline, struct row *row)
{
	const struct story_entry *entry = row->entry;
	struct table *table = &timeline->print.table;
	double ms = since_start(timeline, entry);
	unsigned depth = entry->depth < DEPTH_MAX ? entry->depth : DEPTH_MAX;

	if (entry->behind_ns)
		text_printf(&row->details,
			"%sits clock is at least %.3f ms behind that of its cause",
			row->details.len ? "; " : "", (double)entry->behind_ns / 1e6);
	if (is_orphan(entry))
		text_printf(&row->details,
			"%sits context came from the span %016" PRIx64
			", which is in none of these logs",
			row->details.len ? "; " : "", entry->parent_id);
	table->arena = &timeline->print.arena;
	table_row(table, 0);
	table_cell(table, STYLE_DIM, "%+.3f ms", ms);
	table_cell(table, row->style, "%s", row->level);
	table_cell(table, STYLE_PLAIN, "%*s%s", (int)depth * 2, "", row->service);
	table_cell(table, STYLE_NAME, "%s", row->event);
	table_cell(table, STYLE_PLAIN, "%s", row->command ? row->command : "-");
	table_cell(table, entry->behind_ns || is_orphan(entry) ? STYLE_WARN : STYLE_PLAIN,
		"%s", text_string(&row->details));
}

static void print_row(struct timeline *timeline, struct row *row)
{
	if (timeline->print.nprinted == timeline->print.limit) {
		timeline->print.nhidden++;
		return;
	}
	timeline->print.nprinted++;
	if (timeline->print.format == LOG_FORMAT_JSON)
		print_json(timeline, row);
	else
		print_text(timeline, row);
}

static void print_span(struct timeline *timeline, const struct story_entry *entry)
{
	const struct dynamic_trace *all = timeline->story->sources[entry->file].trace;
	struct row row = {.entry = entry,
		.level = "span",
		.service = all->processes[entry->span->process].program,
		.event = log_story_span(timeline->story, entry),
		.guid = entry->trace->guid,
		.style = STYLE_DIM};

	text_printf(&row.details, "%.3f ms", (double)entry->span->duration_us / 1e3);
	print_row(timeline, &row);
	text_release(&row.details);
}

static void print_event(struct timeline *timeline, const struct story_entry *entry,
	const struct event *event)
{
	struct row row = {.entry = entry,
		.level = event->level_name,
		.service = event->service,
		.event = event->event,
		.guid = event->guid,
		.style = log_print_style(event),
		.command = event->command ? event->command : event->route};

	event_details(event, &row.details);
	print_row(timeline, &row);
	text_release(&row.details);
}

/* When it begins, how long it is, and who takes part. */
static void print_title(const struct timeline *timeline)
{
	const struct story *story = timeline->story;
	char start[TIMESTAMP_SIZE];

	timestamp_print(timeline->start_ns, 6, start);
	printf("%s%s, %.3f ms: %zu event%s of %zu process%s%s\n",
		style_on(stdout, STYLE_BOLD), start,
		since_start(timeline, &story->entries[story->nentries - 1]),
		story->nentries, story->nentries == 1 ? "" : "s", story->processes.count,
		story->processes.count == 1 ? "" : "es", style_off(stdout));
}

static void print_story(struct timeline *timeline)
{
	const struct story *story = timeline->story;
	scoped_story_reader reader;
	struct log_line line;
	struct event event;

	timeline->start_ns = story->entries[0].time_ns;
	if (timeline->print.format == LOG_FORMAT_TEXT)
		print_title(timeline);
	story_reader_init(&reader);
	for (size_t i = 0; i < story->nentries; i++) {
		const struct story_entry *entry = &story->entries[i];

		if (entry->span)
			print_span(timeline, entry);
		else if (story_read(&reader, story, entry, &line, &event))
			print_event(timeline, entry, &event);
	}
}

static int timeline_main(int argc, char **argv)
{
	struct timeline timeline = {.print = {.format = LOG_FORMAT_TEXT}};
	struct arena arena = {0};
	struct story story = {.nsources = 0};
	int code = options_parse(&cmd_timeline, &argc, &argv);
	bool ok;

	if (code >= 0)
		return code;
	timeline.story = &story;
	timeline.print.format = log_format_of(&given);
	timeline.print.limit = log_print_limit(given.limit);
	ok = log_filter_of(&given, &arena, &story.filter) &&
	     log_story_find(&story, &arena, "timeline", argv);
	if (ok && story.nentries)
		print_story(&timeline);
	else if (ok)
		fputs("no event is of that story and that time\n", stderr);
	log_print_end(&timeline.print);
	story_release(&story);
	arena_release(&arena);
	return ok ? EXIT_CLEAN : EXIT_USAGE;
}

const struct command cmd_timeline = {
	.name = "timeline",
	.args = "[options] [LOG | dynamic.json]...",
	.summary = "show what happened when, across processes",
	.description =
		"Puts the events of logs, and the spans that 'pcarch trace' recorded, into "
		"one order: within a process that of its numbers, between processes that of "
		"the clock, but nothing before what caused it; clocks that contradict that "
		"are told. With --guid, only the story of that execution: what shares its "
		"trace, and what links lead to. What another process did for a request is "
		"indented.\n\n"
		"A LOG is a file, or a directory of *.jsonl; none: the directory that "
		"PCARCH_LOG names.",
	.examples = "  pcarch timeline --guid 01969bec0b2070a1a2a3a4a5a6a7a8a9 logs/\n"
		    "  pcarch timeline --since 10m --level warn\n"
		    "  pcarch timeline logs/ dynamic.json",
	.options = timeline_options,
	.run = timeline_main,
	.operand = OPERAND_FILE,
};
