#include "diff/error_report.h"

#include "core/event_json.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	HOURS_MAX = 1 << 16,
	WAYS_MAX = 1 << 16,
	BEFORES_MAX = 1 << 14,
	SERVICES_MAX = 4096,
	STEPS_MAX = 32, /* of an execution: beginnings that are counted */
	PEAK_HOURS = 3,
	NAME_BYTES = 1024,
	NAMES_BYTES = 64 << 20,
};

#define HOUR_NS UINT64_C(3600000000000)

void error_report_init(struct error_report *report)
{
	*report = (struct error_report){
		.kind_keys = {.key_bytes = sizeof(struct tally_key)},
		.service_keys = {.key_bytes = sizeof(const char *)}};
	report->names.arena = &report->arena;
	tally_init(&report->hours, HOURS_MAX);
	tally_init(&report->ways, WAYS_MAX);
	tally_init(&report->befores, BEFORES_MAX);
}

void error_report_release(struct error_report *report)
{
	key_table_release(&report->kind_keys);
	key_table_release(&report->service_keys);
	tally_release(&report->hours);
	tally_release(&report->ways);
	tally_release(&report->befores);
	interner_release(&report->names);
	arena_release(&report->arena);
	free(report->kinds);
	free(report->services);
}

/* A copy; names of strangers end at NAME_BYTES, and after NAMES_BYTES all are one. */
static const char *keep(struct error_report *report, const char *string)
{
	if (!string)
		return NULL;
	if (report->arena.total_bytes > NAMES_BYTES)
		string = "(more names than are kept)";
	return intern(&report->names, string, strnlen(string, NAME_BYTES));
}

/* The kind of an error; UINT32_MAX: there are too many. */
static uint32_t find_kind(struct error_report *report, const struct event *event)
{
	const struct event_error *error = &event->error;
	const char *type = keep(report, error->type ? error->type : "(no type)");
	const char *source = keep(report, error->source ? error->source : event->service);
	struct tally_key key = {.of = (uintptr_t)type, .name = source};
	bool is_new;
	uint32_t number;

	if (report->kind_keys.count == ERROR_KINDS_MAX)
		return key_table_find(&report->kind_keys, &key);
	number = key_table_add(&report->kind_keys, &key, &is_new);
	if (!is_new)
		return number;
	report->kinds =
		grow(report->kinds, number, &report->kind_room, sizeof(*report->kinds));
	report->kinds[number] = (struct error_kind){.type = type,
		.source = source,
		.code = keep(report, error->code),
		.message = keep(report, error->message),
		.is_external = error->is_external,
		.first_ns = event->time_ns,
		.last_ns = event->time_ns};
	return number;
}

/* The steps of an execution, while they come: each beginning is counted. */
struct way {
	struct error_report *report;
	uint64_t of;
	struct text text;
	unsigned nsteps;
};

/* "[0]", "PROG:polycall"; what came of it is no part of the way. */
static void take_step(void *context, const char *path, const char *value)
{
	struct way *way = context;
	const char *label = strchr(value, ':');
	struct tally_key key = {.of = way->of};

	(void)path;
	if (!label || way->nsteps == STEPS_MAX || text_has_prefix(value, "OUTCOME:"))
		return;
	text_printf(&way->text, "%s%s", way->nsteps++ ? " > " : "", label + 1);
	key.name = keep(way->report, text_string(&way->text));
	tally_add(&way->report->ways, key);
}

static bool add_way(struct error_report *report, const struct event *event, uint64_t of)
{
	struct way way = {.report = report, .of = of};

	event_json_values(event, "steps", take_step, &way);
	text_release(&way.text);
	return way.nsteps;
}

/* The last of the recent events that is not how every such failure begins. */
static void take_recent(void *context, const char *path, const char *value)
{
	struct text *last = context;

	if (!text_has_suffix(path, "].event") ||
		strcmp(value, "external.call.start") == 0 ||
		strcmp(value, "command.start") == 0)
		return;
	text_clear(last);
	text_add(last, value);
}

static void add_error(struct error_report *report, const struct event *event)
{
	uint32_t number = find_kind(report, event);
	scoped_text before = {0};
	struct error_kind *kind;

	report->nerrors++;
	if (number == UINT32_MAX) {
		report->nlost++;
		return;
	}
	kind = &report->kinds[number];
	kind->count++;
	if (event->time_ns < kind->first_ns)
		kind->first_ns = event->time_ns;
	if (event->time_ns > kind->last_ns)
		kind->last_ns = event->time_ns;
	tally_add(&report->hours,
		(struct tally_key){.of = number, .number = event->time_ns / HOUR_NS});
	kind->nsteps += add_way(report, event, (uint64_t)number + 1);
	event_json_values(event, "recent", take_recent, &before);
	if (before.len)
		tally_add(&report->befores,
			(struct tally_key){.of = number,
				.name = keep(report, text_string(&before))});
}

static struct error_service *find_service(struct error_report *report,
	const struct event *event)
{
	scoped_text source = {0};
	const char *name;
	uint32_t number;
	bool is_new;

	if (!event_json_find(event, "metadata.source", &source) && event->error.source)
		text_add(&source, event->error.source);
	if (!source.len)
		return NULL;
	name = keep(report, text_string(&source));
	if (report->service_keys.count == SERVICES_MAX) {
		number = key_table_find(&report->service_keys, &name);
		return number == UINT32_MAX ? NULL : &report->services[number];
	}
	number = key_table_add(&report->service_keys, &name, &is_new);
	if (is_new) {
		report->services = grow(report->services, number, &report->service_room,
			sizeof(*report->services));
		report->services[number] = (struct error_service){.name = name};
	}
	return &report->services[number];
}

static void add_call(struct error_report *report, const struct event *event)
{
	bool is_start = strcmp(event->event, "external.call.start") == 0;
	unsigned hour = (unsigned)(event->time_ns / HOUR_NS % ERROR_HOURS);
	double ms = event->duration_ms > 0 ? event->duration_ms : 0;
	struct error_service *service;

	if (!is_start && strcmp(event->event, "external.call.end") != 0)
		return;
	service = find_service(report, event);
	if (!service)
		return;
	service->nstarted += is_start;
	if (is_start)
		return;
	service->nended++;
	service->ended_ms += ms;
	service->ended_by_hour[hour]++;
	if (!event->has_error)
		return;
	service->nfailed++;
	service->failed_ms += ms;
	service->failed_by_hour[hour]++;
}

void error_report_add(struct error_report *report, const struct event *event)
{
	if (event->is_simulated) {
		report->nsimulated++;
		return;
	}
	if (!report->nevents++ || event->time_ns < report->first_ns)
		report->first_ns = event->time_ns;
	if (event->time_ns > report->last_ns)
		report->last_ns = event->time_ns;
	add_call(report, event);
	if (event->has_error)
		add_error(report, event);
	if (strcmp(event->event, "command.end") == 0)
		add_way(report, event, 0);
}

struct error_common error_report_way(const struct error_report *report, size_t kind)
{
	uint64_t least = report->kinds[kind].nsteps;
	struct error_common common = {NULL, 0};

	/* Of two beginnings that four of five share, one is that of the other. */
	for (size_t i = 0; i < report->ways.keys.count; i++) {
		struct tally_key key = tally_at(&report->ways, i);

		if (key.of != kind + 1 || report->ways.counts[i] * 5 < least * 4 ||
			(common.name && strlen(key.name) < strlen(common.name)))
			continue;
		common = (struct error_common){key.name, report->ways.counts[i]};
	}
	return common;
}

struct error_common error_report_before(const struct error_report *report, size_t kind)
{
	struct error_common common = {NULL, 0};

	for (size_t i = 0; i < report->befores.keys.count; i++) {
		struct tally_key key = tally_at(&report->befores, i);
		uint64_t count = report->befores.counts[i];

		if (key.of == kind && (count > common.count ||
					      (count == common.count && common.name &&
						      strcmp(key.name, common.name) < 0)))
			common = (struct error_common){key.name, count};
	}
	return common;
}

uint64_t error_report_ended(const struct error_report *report, const char *way)
{
	return tally_count(&report->ways, (struct tally_key){.of = 0, .name = way});
}

static int by_count(const void *a, const void *b, void *context)
{
	const struct error_kind *kinds = context, *left, *right;
	int order;

	left = &kinds[*(const uint32_t *)a];
	right = &kinds[*(const uint32_t *)b];
	if (left->count != right->count)
		return left->count < right->count ? 1 : -1;
	order = strcmp(left->type, right->type);
	return order ? order : strcmp(left->source, right->source);
}

static int by_failures(const void *a, const void *b, void *context)
{
	const struct error_service *services = context, *left, *right;

	left = &services[*(const uint32_t *)a];
	right = &services[*(const uint32_t *)b];
	if (left->nfailed != right->nfailed)
		return left->nfailed < right->nfailed ? 1 : -1;
	return strcmp(left->name, right->name);
}

static uint32_t *sorted(size_t n, void *items,
	int (*compare)(const void *, const void *, void *))
{
	uint32_t *numbers = xmalloc((n + 1) * sizeof(*numbers));

	for (uint32_t i = 0; i < n; i++)
		numbers[i] = i;
	if (n)
		qsort_r(numbers, n, sizeof(*numbers), compare, items);
	return numbers;
}

uint32_t *error_report_kinds(const struct error_report *report)
{
	return sorted(report->kind_keys.count, report->kinds, by_count);
}

uint32_t *error_report_services(const struct error_report *report)
{
	return sorted(report->service_keys.count, report->services, by_failures);
}

static uint64_t failed_in(const struct error_service *service, unsigned hour)
{
	return service->failed_by_hour[hour % ERROR_HOURS];
}

struct error_peak error_service_peak(const struct error_service *service)
{
	struct error_peak peak = {0, 0, 0};
	unsigned n = PEAK_HOURS;

	for (unsigned hour = 0; hour < ERROR_HOURS; hour++) {
		uint64_t count = 0;

		for (unsigned i = 0; i < PEAK_HOURS; i++)
			count += failed_in(service, hour + i);
		if (count > peak.nfailed)
			peak = (struct error_peak){hour, 0, count};
	}
	while (n > 1 && !failed_in(service, peak.from)) {
		peak.from = (peak.from + 1) % ERROR_HOURS;
		n--;
	}
	while (n > 1 && !failed_in(service, peak.from + n - 1))
		n--;
	peak.to = (peak.from + n) % ERROR_HOURS;
	return peak;
}
