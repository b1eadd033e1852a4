#include "cli/command.h"

#include "cli/log.h"
#include "cli/log_files.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_writer.h"
#include "core/log_lines.h"
#include "core/terminal_text.h"
#include "core/timestamp.h"
#include "diff/error_report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

extern const struct command cmd_report;

enum {
	HOURS_SHOWN = 8, /* of an error, on one line */
};

#define HOUR_NS UINT64_C(3600000000000)

static struct log_given given = {.asker = "report",
	.format = "text",
	.limit = UINT32_MAX};
static bool wants_errors;

static const char *const formats[] = {"text", "json", NULL};

static const struct option *report_options(void)
{
	static const struct option options[] = {
		{0, "errors", OPTION_FLAG, &wants_errors, NULL,
			"count errors by type, source and hour, and what they have in "
			"common",
			NULL, 0, 0},
		{0, "service", OPTION_STRING, &given.service, "NAME",
			"events of that service", NULL, 0, 0},
		{0, "command", OPTION_STRING, &given.command, "WORDS",
			"events of commands that begin with these words", NULL, 0, 0},
		{0, "since", OPTION_STRING, &given.since, "TIME",
			"from then on: 2026-01-31T15:30Z, 2026-01-31, 90s, 10m, 2h, 7d",
			NULL, 0, 0},
		{0, "until", OPTION_STRING, &given.until, "TIME", "before then", NULL, 0,
			0},
		{'n', "limit", OPTION_NUMBER, &given.limit, "N",
			"print N kinds of errors; 0: all (default: 50 on a terminal, else "
			"all)",
			NULL, 0, UINT32_MAX - 1},
		{0, "format", OPTION_CHOICE, &given.format, "FORMAT",
			"what is printed; json is one object a line", formats, 0, 0},
		{0},
	};

	return options;
}

static bool read_log(struct error_report *report, const struct log_filter *filter,
	const char *path, struct log_skipped *skipped, struct error *err)
{
	scoped_event_reader reader = {.is_open = false};
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;
	struct event event;
	struct error bad;

	if (!log_lines_open(&lines, path, err))
		return false;
	while (log_lines_next(&lines, &line)) {
		if (!event_json_read(&reader, lines.name, &line, &event, &bad))
			log_skip(skipped, &bad);
		else if (log_filter_matches(filter, &event))
			error_report_add(report, &event);
	}
	return log_lines_end(&lines, err);
}

/* The hours of a kind, in order; *n of them, in an array of the heap. */
struct hour {
	uint64_t hour, count;
};

static int by_hour(const void *a, const void *b)
{
	const struct hour *left = a, *right = b;

	return (left->hour > right->hour) - (left->hour < right->hour);
}

static struct hour *hours_of(const struct error_report *report, uint32_t kind, size_t *n)
{
	struct hour *hours = xmalloc((report->hours.keys.count + 1) * sizeof(*hours));

	*n = 0;
	for (size_t i = 0; i < report->hours.keys.count; i++) {
		struct tally_key key = tally_at(&report->hours, i);

		if (key.of == kind)
			hours[(*n)++] =
				(struct hour){key.number, report->hours.counts[i]};
	}
	if (*n)
		qsort(hours, *n, sizeof(*hours), by_hour);
	return hours;
}

static void print_time(uint64_t ns)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(ns, 0, text);
	fputs(text, stdout);
}

static void print_hours(const struct error_report *report, uint32_t kind)
{
	size_t n, first;
	struct hour *hours = hours_of(report, kind, &n);

	first = n > HOURS_SHOWN ? n - HOURS_SHOWN : 0;
	fputs("        hours   ", stdout);
	if (first)
		printf("%zu earlier, ", first);
	for (size_t i = first; i < n; i++) {
		char text[TIMESTAMP_SIZE];

		timestamp_print(hours[i].hour * HOUR_NS, 0, text);
		printf("%s%.13sh %" PRIu64, i > first ? ", " : "", text, hours[i].count);
	}
	putchar('\n');
	free(hours);
}

static void print_common(const struct error_report *report, uint32_t number)
{
	const struct error_kind *kind = &report->kinds[number];
	struct error_common way = error_report_way(report, number);
	struct error_common before = error_report_before(report, number);
	uint64_t ended;

	if (way.name) {
		ended = error_report_ended(report, way.name);
		fputs("        way     ", stdout);
		terminal_print(stdout, way.name);
		printf("  (%" PRIu64 " of %" PRIu64, way.count, kind->count);
		if (ended)
			printf("; %" PRIu64 " execution%s ended there", ended,
				ended == 1 ? "" : "s");
		puts(")");
	}
	if (before.name) {
		fputs("        before  ", stdout);
		terminal_print(stdout, before.name);
		printf("  (%" PRIu64 " of %" PRIu64 ")\n", before.count, kind->count);
	}
}

static void print_kind(const struct error_report *report, uint32_t number)
{
	const struct error_kind *kind = &report->kinds[number];

	printf("%s%7" PRIu64 "%s %s", style_on(stdout, STYLE_BOLD), kind->count,
		style_off(stdout), style_on(stdout, STYLE_BAD));
	terminal_print(stdout, kind->type);
	printf("%s from %s", style_off(stdout), style_on(stdout, STYLE_NAME));
	terminal_print(stdout, kind->source);
	fputs(style_off(stdout), stdout);
	if (kind->code) {
		fputs(" (", stdout);
		terminal_print(stdout, kind->code);
		fputs(")", stdout);
	}
	fputs(kind->message ? ": " : "", stdout);
	terminal_print(stdout, kind->message ? kind->message : "");
	fputs("\n        times   ", stdout);
	print_time(kind->first_ns);
	if (kind->last_ns != kind->first_ns) {
		fputs(" to ", stdout);
		print_time(kind->last_ns);
	}
	putchar('\n');
	print_hours(report, number);
	print_common(report, number);
}

static void print_service(const struct error_service *service)
{
	struct error_peak peak = error_service_peak(service);
	uint64_t nended = service->nended ? service->nended : 1;

	printf("  %s", style_on(stdout, STYLE_NAME));
	terminal_print(stdout, service->name);
	printf("%s  %" PRIu64 " call%s, %" PRIu64 " failed (%.1f %%)", style_off(stdout),
		service->nended, service->nended == 1 ? "" : "s", service->nfailed,
		100.0 * (double)service->nfailed / (double)nended);
	if (service->nended)
		printf(", %.1f ms each", service->ended_ms / (double)service->nended);
	if (service->nfailed)
		printf("; those that failed %.1f ms, %" PRIu64
		       " of them between %02u and %02u h UTC",
			service->failed_ms / (double)service->nfailed, peak.nfailed,
			peak.from, peak.to);
	if (service->nstarted > service->nended)
		printf("; %" PRIu64 " never answered",
			service->nstarted - service->nended);
	putchar('\n');
}

static void print_text(const struct error_report *report, size_t limit)
{
	size_t nkinds = report->kind_keys.count, nservices = report->service_keys.count;
	uint32_t *kinds = error_report_kinds(report);
	uint32_t *services = error_report_services(report);

	printf("%s%" PRIu64 " error%s in %" PRIu64 " event%s%s",
		style_on(stdout, STYLE_BOLD), report->nerrors,
		report->nerrors == 1 ? "" : "s", report->nevents,
		report->nevents == 1 ? "" : "s", style_off(stdout));
	if (report->nevents) {
		fputs(", ", stdout);
		print_time(report->first_ns);
		fputs(" to ", stdout);
		print_time(report->last_ns);
	}
	putchar('\n');
	for (size_t i = 0; i < nkinds && i < limit; i++)
		print_kind(report, kinds[i]);
	if (nservices)
		printf("\n%sServices%s that were called\n", style_on(stdout, STYLE_BOLD),
			style_off(stdout));
	for (size_t i = 0; i < nservices && i < limit; i++)
		print_service(&report->services[services[i]]);
	free(kinds);
	free(services);
	fflush(stdout);
	if (nkinds > limit)
		fprintf(stderr, "... and %zu more kinds; --limit=0 prints all\n",
			nkinds - limit);
	if (report->nsimulated)
		fprintf(stderr, "%" PRIu64 " simulated event%s left out\n",
			report->nsimulated, report->nsimulated == 1 ? " is" : "s are");
	if (report->nlost)
		fprintf(stderr,
			"%" PRIu64 " errors are of more kinds than %d: they are "
			"only in the sum\n",
			report->nlost, ERROR_KINDS_MAX);
}

static void json_time(struct json_writer *json, const char *key, uint64_t ns)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(ns, 9, text);
	json_member_string(json, key, text);
}

static void json_common(struct json_writer *json, const char *key,
	const struct error_common *common)
{
	if (!common->name)
		return;
	json_key(json, key);
	json_begin_line_object(json);
	json_member_string(json, "name", common->name);
	json_member_uint(json, "count", common->count);
	json_end_object(json);
}

static void json_hours(struct json_writer *json, const struct error_report *report,
	uint32_t number)
{
	size_t n;
	struct hour *hours = hours_of(report, number, &n);

	json_key(json, "hours");
	json_begin_array(json);
	for (size_t i = 0; i < n; i++) {
		json_begin_line_object(json);
		json_time(json, "hour", hours[i].hour * HOUR_NS);
		json_member_uint(json, "count", hours[i].count);
		json_end_object(json);
	}
	json_end_array(json);
	free(hours);
}

static void json_kind(const struct error_report *report, uint32_t number)
{
	const struct error_kind *kind = &report->kinds[number];
	struct error_common way = error_report_way(report, number);
	struct error_common before = error_report_before(report, number);
	struct json_writer json;

	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", "error");
	json_member_string(&json, "type", kind->type);
	json_member_string(&json, "source", kind->source);
	json_member_optional_string(&json, "code", kind->code);
	json_member_optional_string(&json, "message", kind->message);
	json_member_bool(&json, "external", kind->is_external);
	json_member_uint(&json, "count", kind->count);
	json_time(&json, "first", kind->first_ns);
	json_time(&json, "last", kind->last_ns);
	json_hours(&json, report, number);
	json_common(&json, "way", &way);
	if (way.name)
		json_member_uint(&json, "ended", error_report_ended(report, way.name));
	json_common(&json, "before", &before);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

static void json_by_hour(struct json_writer *json, const char *key,
	const uint64_t counts[ERROR_HOURS])
{
	json_key(json, key);
	json_begin_array(json);
	for (unsigned i = 0; i < ERROR_HOURS; i++)
		json_uint(json, counts[i]);
	json_end_array(json);
}

static void json_service(const struct error_service *service)
{
	struct json_writer json;

	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", "service");
	json_member_string(&json, "name", service->name);
	json_member_uint(&json, "started", service->nstarted);
	json_member_uint(&json, "ended", service->nended);
	json_member_uint(&json, "failed", service->nfailed);
	json_key(&json, "ended_ms");
	json_decimal(&json, service->ended_ms);
	json_key(&json, "failed_ms");
	json_decimal(&json, service->failed_ms);
	json_by_hour(&json, "ended_by_hour", service->ended_by_hour);
	json_by_hour(&json, "failed_by_hour", service->failed_by_hour);
	json_end_object(&json);
	json_close(&json);
}

static void print_json(const struct error_report *report)
{
	uint32_t *kinds = error_report_kinds(report);
	uint32_t *services = error_report_services(report);

	for (size_t i = 0; i < report->kind_keys.count; i++)
		json_kind(report, kinds[i]);
	for (size_t i = 0; i < report->service_keys.count; i++)
		json_service(&report->services[services[i]]);
	free(kinds);
	free(services);
}

static bool read_all(struct error_report *report, struct arena *arena, char **operands,
	struct log_skipped *skipped)
{
	struct log_filter filter;
	struct log_files files;
	struct error err;
	bool ok;

	if (!log_filter_of(&given, arena, &filter))
		return false;
	ok = log_files_find(arena, LOG_FILES_ANY, operands, &files, &err);
	for (size_t i = 0; ok && i < files.count; i++)
		ok = read_log(report, &filter, files.paths[i], skipped, &err);
	if (!ok)
		error_print(&err, "report");
	return ok;
}

static int report_main(int argc, char **argv)
{
	struct log_skipped skipped = {.count = 0};
	struct error_report report;
	struct arena arena = {0};
	int code = options_parse(&cmd_report, &argc, &argv);
	bool ok;

	if (code >= 0)
		return code;
	if (!wants_errors)
		return usage_error("report",
			"say of what: 'pcarch report --errors LOG' counts the errors of "
			"logs");
	error_report_init(&report);
	ok = read_all(&report, &arena, argv, &skipped);
	if (ok && log_format_of(&given) == LOG_FORMAT_JSON)
		print_json(&report);
	else if (ok)
		print_text(&report, log_print_limit(given.limit));
	log_skipped_warn(&skipped, "report");
	error_report_release(&report);
	arena_release(&arena);
	return ok ? EXIT_CLEAN : EXIT_USAGE;
}

const struct command cmd_report = {
	.name = "report",
	.args = "[options] --errors [LOG]...",
	.summary = "count what fails, when, and what failures have in common",
	.description =
		"Reads the logs of programs. Of each kind of error, by its type and its "
		"source: how many, in which hours, the way that at least four of five of the "
		"executions took, and what happened most often before. Of each service that "
		"is called: how it fails, as it is seen from outside. Simulated errors are "
		"left out.\n\n"
		"A LOG is a file, or a directory of *.jsonl; none: the directory that "
		"PCARCH_LOG names; '-' is standard input.",
	.examples = "  pcarch report --errors logs/\n"
		    "  pcarch report --errors --since 7d --format json | jq .",
	.options = report_options,
	.run = report_main,
	.operand = OPERAND_FILE,
};
