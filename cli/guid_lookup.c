/* guid lookup: where an execution occurs in logs and dynamic.json. */
#include "cli/guid_request.h"

#include "cli/log_files.h"
#include "core/dynamic_json.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/event_json.h"
#include "core/json_writer.h"
#include "core/log_lines.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	EXCERPT = 100 /* bytes of a line that is no event */
};

struct lookup {
	const struct guid_request *request;
	char nonce[GUID_NONCE_HEX_SIZE], uuid[GUID_UUID_SIZE];
	const char *guid; /* NULL: only the nonce was given */
	uint64_t count;
};

/* One place: of a log, or a trace of dynamic.json. */
struct place {
	const char *file;
	uint64_t line; /* 0: not in a log */
	const char *event, *timestamp, *guid, *trace_id, *route, *text;
	const char
		*match; /* "guid", "execution" (another GUID of it), "trace_id", "link" */
	uint64_t nspans;
};

static void place_json(const struct place *place)
{
	struct json_writer json;

	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "match", place->match);
	json_member_string(&json, "file", place->file);
	json_member_nonzero(&json, "line", place->line);
	json_member_optional_string(&json, "timestamp", place->timestamp);
	json_member_optional_string(&json, "event", place->event);
	json_member_optional_string(&json, "guid", place->guid);
	json_member_optional_string(&json, "trace_id", place->trace_id);
	json_member_optional_string(&json, "route", place->route);
	json_member_nonzero(&json, "span_count", place->nspans);
	json_member_optional_string(&json, "text", place->text);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

static void add_word(struct text *text, const char *name, const char *value)
{
	if (value)
		text_printf(text, " %s%s%s", name ? name : "", name ? "=" : "", value);
}

static void place_text(const struct place *place)
{
	scoped_text text = {0};

	text_add(&text, place->file);
	if (place->line)
		text_printf(&text, ":%" PRIu64, place->line);
	text_printf(&text, ": %s:", place->match);
	add_word(&text, NULL, place->timestamp);
	add_word(&text, NULL, place->event);
	add_word(&text, "guid", place->guid);
	add_word(&text, "trace_id", place->trace_id);
	add_word(&text, "route", place->route);
	if (place->nspans)
		text_printf(&text, " spans=%" PRIu64, place->nspans);
	add_word(&text, NULL, place->text);
	terminal_print(stdout, text_string(&text));
	putchar('\n');
}

static void found(struct lookup *lookup, const struct place *place)
{
	lookup->count++;
	if (guid_wants_json(lookup->request))
		place_json(place);
	else
		place_text(place);
}

static bool holds(const struct log_line *line, const char *text)
{
	return memmem(line->bytes, line->len, text, strlen(text));
}

static void look_at_line(struct lookup *lookup, struct event_reader *reader,
	const struct log_lines *lines, const struct log_line *line)
{
	struct place place = {
		.file = lines->name, .line = line->number, .match = "execution"};
	char excerpt[EXCERPT + 1];
	struct event event;
	struct error ignored;

	if (!holds(line, lookup->nonce) && !holds(line, lookup->uuid))
		return;
	if (lookup->guid && holds(line, lookup->guid))
		place.match = "guid";
	if (event_json_read(reader, lines->name, line, &event, &ignored)) {
		place.event = event.event;
		place.timestamp = event.timestamp;
		place.guid = event.guid;
		place.trace_id = event.trace_id;
		place.route = event.route;
	} else {
		snprintf(excerpt, sizeof(excerpt), "%.*s",
			line->len < EXCERPT ? (int)line->len : EXCERPT, line->bytes);
		place.text = excerpt;
	}
	found(lookup, &place);
}

static bool look_at_log(struct lookup *lookup, const char *path, struct error *err)
{
	scoped_event_reader reader = {0};
	scoped_lines lines = {0};
	struct log_line line;

	if (!log_lines_open(&lines, path, err))
		return false;
	while (log_lines_next(&lines, &line))
		look_at_line(lookup, &reader, &lines, &line);
	return log_lines_end(&lines, err);
}

/* How a trace belongs to the execution; NULL: it does not. */
static const char *match_of(const struct lookup *lookup,
	const struct observed_trace *trace)
{
	if (trace->guid && lookup->guid && strcmp(trace->guid, lookup->guid) == 0)
		return "guid";
	if (trace->guid &&
		strncmp(trace->guid, lookup->nonce, GUID_NONCE_HEX_SIZE - 1) == 0)
		return "execution";
	if (strcmp(trace->id, lookup->nonce) == 0)
		return "trace_id";
	for (size_t i = 0; i < trace->nlinks; i++)
		if (strcmp(trace->links[i], lookup->nonce) == 0)
			return "link";
	return NULL;
}

static bool look_at_dynamic(struct lookup *lookup, const char *path, struct error *err)
{
	__attribute__((cleanup(arena_release))) struct arena arena = {0};
	struct dynamic_trace dynamic;

	if (!dynamic_json_read(&arena, path, &dynamic, err))
		return false;
	for (size_t i = 0; i < dynamic.ntraces; i++) {
		const struct observed_trace *trace = &dynamic.traces[i];
		struct place place = {.file = path,
			.match = match_of(lookup, trace),
			.guid = trace->guid,
			.trace_id = trace->id,
			.route = trace->route_id,
			.nspans = trace->nspans};

		if (place.match)
			found(lookup, &place);
	}
	return true;
}

/* A document begins with a line that is no whole object, a log with one that is. */
static bool is_document(const char *path)
{
	scoped_lines lines = {0};
	struct log_line line;
	struct error ignored;

	if (strcmp(path, "-") == 0 || !log_lines_open(&lines, path, &ignored) ||
		!log_lines_next(&lines, &line))
		return false;
	while (line.len && isspace((unsigned char)line.bytes[line.len - 1]))
		line.len--;
	return line.len == 1 && *line.bytes == '{';
}

/* A GUID, its nonce, or that as a UUID. */
static bool read_operand(struct lookup *lookup, const char *operand)
{
	char whole[GUID_HEX_SIZE] = "";
	uint8_t guid[GUID_SIZE];
	size_t used = 0;

	for (const char *p = operand; *p; p++) {
		if (*p == '-' && strlen(operand) == GUID_UUID_SIZE - 1)
			continue;
		if (used < sizeof(whole) - 1)
			whole[used] = *p;
		used++;
	}
	if (used == GUID_NONCE_HEX_SIZE - 1)
		memset(whole + used, '0', used);
	else if (used == GUID_HEX_SIZE - 1)
		lookup->guid = operand;
	else
		whole[0] = '\0';
	if (!guid_parse(whole, guid)) {
		usage_error("guid",
			"'%s' is no GUID: it has 64 lowercase hex digits, or the first 32 "
			"of them",
			operand);
		return false;
	}
	guid_nonce_hex(guid, lookup->nonce);
	guid_nonce_uuid(guid, lookup->uuid);
	return true;
}

static bool look_at_all(struct lookup *lookup, char **operands, struct error *err)
{
	__attribute__((cleanup(arena_release))) struct arena arena = {0};
	struct log_files files;

	if (!log_files_find(&arena, LOG_FILES_ANY, operands, &files, err))
		return false;
	for (size_t i = 0; i < files.count; i++) {
		const char *path = files.paths[i];

		if (!(is_document(path) ? look_at_dynamic(lookup, path, err)
					: look_at_log(lookup, path, err)))
			return false;
	}
	return true;
}

int guid_lookup(const struct guid_request *request)
{
	struct lookup lookup = {.request = request};
	struct error err;

	if (!request->noperands)
		return usage_error("guid",
			"'lookup' takes a GUID, and logs, directories of logs and "
			"recordings, as in 'pcarch guid lookup GUID logs/ dynamic.json'");
	if (!read_operand(&lookup, request->operands[0]))
		return EXIT_USAGE;
	if (!look_at_all(&lookup, request->operands + 1, &err)) {
		error_print(&err, "guid");
		return EXIT_USAGE;
	}
	if (!lookup.count)
		fprintf(stderr, "pcarch guid: note: '%s' occurs in none of the files\n",
			request->operands[0]);
	return lookup.count ? EXIT_CLEAN : EXIT_FINDINGS;
}
