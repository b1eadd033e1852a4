#include "diff/compare/crossings.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/interner.h"
#include "core/key_table.h"
#include "diff/compare/comparing.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_OPEN = 64, /* traces that are looked at for the one that called */
};

struct crossing_key {
	const char *from, *to, *kind, *detail; /* interned */
};

struct finding {
	const struct comparing *all;
	struct interner strings;
	struct key_table keys;
	uint64_t *counts; /* heap, parallel */
	size_t count_room;
	uint32_t *by_pid; /* heap: processes by run, pid and start */
	struct key_table trace_ids; /* by number of the trace: of the first with it */
	uint32_t *trace_of; /* heap, parallel */
	size_t trace_room;
};

static const char *keep(struct finding *finding, const char *string)
{
	return string ? intern_string(&finding->strings, string) : NULL;
}

static void add(struct finding *finding, uint32_t from, uint32_t to, const char *kind,
	const char *detail)
{
	const struct process *processes = finding->all->run->processes;
	const struct crossing_key key = {keep(finding, processes[from].program),
		keep(finding, processes[to].program), keep(finding, kind),
		keep(finding, detail)};
	bool is_new;
	uint32_t index = key_table_add(&finding->keys, &key, &is_new);

	finding->counts = grow(finding->counts, index, &finding->count_room,
		sizeof(*finding->counts));
	if (is_new)
		finding->counts[index] = 0;
	finding->counts[index]++;
}

/* --- processes -------------------------------------------------------------------- */

static int by_pid_of(const struct process *left, const struct process *right)
{
	int order = compare_u32(left->run, right->run);

	if (!order)
		order = compare_u32(left->pid, right->pid);
	return order ? order
		     : (left->start_us > right->start_us) -
			       (left->start_us < right->start_us);
}

static int by_pid(const void *a, const void *b, void *context)
{
	const struct process *left = context, *right = context;
	int order;

	left += *(const uint32_t *)a;
	right += *(const uint32_t *)b;
	order = by_pid_of(left, right);
	return order ? order : strcmp(left->id, right->id);
}

/* The last process of a run that had the pid at a time; TRACE_NONE: none is known. */
static uint32_t find_pid(const struct finding *finding, const struct process *wanted)
{
	const struct process *processes = finding->all->run->processes;
	size_t low = 0, high = finding->all->run->nprocesses;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_pid_of(&processes[finding->by_pid[middle]], wanted) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return TRACE_NONE;
	low = finding->by_pid[low - 1];
	return processes[low].run == wanted->run && processes[low].pid == wanted->pid
		       ? (uint32_t)low
		       : TRACE_NONE;
}

/*
 * The process that became this one, by exec: it had the pid before, and the same parent.
 * One with another parent had ended, and the pid was used again.
 */
static uint32_t find_earlier(const struct finding *finding, const struct process *process)
{
	struct process wanted = *process;
	uint32_t at;

	if (!process->start_us)
		return TRACE_NONE;
	wanted.start_us--;
	at = find_pid(finding, &wanted);
	return at != TRACE_NONE &&
			       finding->all->run->processes[at].parent == process->parent
		       ? at
		       : TRACE_NONE;
}

static uint32_t find_parent_process(const struct finding *finding,
	const struct process *process)
{
	struct process wanted = *process;

	wanted.pid = process->parent;
	return process->parent ? find_pid(finding, &wanted) : TRACE_NONE;
}

static void add_processes(struct finding *finding)
{
	const struct process *processes = finding->all->run->processes;

	for (uint32_t i = 0; i < finding->all->run->nprocesses; i++) {
		uint32_t earlier = find_earlier(finding, &processes[i]);
		uint32_t from = find_parent_process(finding, &processes[i]);

		if (earlier != TRACE_NONE)
			add(finding, earlier, i, "exec", NULL);
		else if (from != TRACE_NONE && from != i)
			add(finding, from, i,
				strcmp(processes[from].program, processes[i].program)
					? "exec"
					: "fork",
				NULL);
	}
}

/* --- traces ----------------------------------------------------------------------- */

static const char *metadata_of(const struct metadata *metadata, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(metadata[i].key, key) == 0)
			return metadata[i].value;
	return NULL;
}

/* What the scan says of the function at which the trace enters a process. */
static const struct entry_point *entry_of(const struct finding *finding,
	const struct span *span)
{
	const struct static_trace *scan = finding->all->scan;
	uint32_t function = span->function == TRACE_NONE
				    ? TRACE_NONE
				    : finding->all->functions.scanned[span->function];

	uint32_t entry =
		function == TRACE_NONE ? TRACE_NONE : finding->all->entry_of[function];

	return entry == TRACE_NONE ? NULL : &scan->entry_points[entry];
}

static const char *detail_of(const struct span *span, const struct entry_point *entry)
{
	static const char *const keys[] = {"route", "path", "queue", "exchange", "name"};
	const char *detail = NULL;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && !detail; i++) {
		detail = metadata_of(span->metadata, span->nmetadata, keys[i]);
		if (!detail && entry)
			detail = metadata_of(entry->metadata, entry->nmetadata, keys[i]);
	}
	return !detail && entry ? entry->id : detail;
}

/* One started the other, and that is told already. */
static bool is_kin(const struct finding *finding, uint32_t from, uint32_t to)
{
	const struct process *parent = &finding->all->run->processes[from];
	const struct process *child = &finding->all->run->processes[to];

	return parent->run == child->run &&
	       (parent->pid == child->pid || parent->pid == child->parent);
}

/* A request or a message; what else begins in a process came with it. */
static bool is_message(const struct entry_point *entry)
{
	return entry &&
	       (strcmp(entry->type, "http") == 0 || strcmp(entry->type, "amqp") == 0);
}

static void add_entered(struct finding *finding, const struct span *from,
	const struct span *to, const struct entry_point *entry)
{
	if (from->process != to->process &&
		(is_message(entry) || !is_kin(finding, from->process, to->process)))
		add(finding, from->process, to->process, entry ? entry->type : "trace",
			detail_of(to, entry));
}

static void add_span(struct finding *finding, const struct span *from,
	const struct span *to)
{
	add_entered(finding, from, to, entry_of(finding, to));
}

/* The parent; or, where it is in no recording, what of other processes began last. */
static const struct span *find_parent(const struct observed_trace *trace,
	const struct key_table *ids, const struct span *span)
{
	uint32_t index = key_table_find(ids, &span->parent);
	const struct span *last = NULL;

	if (index != UINT32_MAX)
		return &trace->spans[index];
	for (size_t i = 0;
		i < trace->nspans && trace->spans[i].start_us <= span->start_us; i++)
		if (trace->spans[i].process != span->process)
			last = &trace->spans[i];
	return last;
}

/* Ids of spans, by their number; of two that are the same the first. */
static void add_trace(struct finding *finding, const struct observed_trace *trace)
{
	struct key_table ids = {.key_bytes = sizeof(const char *)};
	const struct span *parent;
	size_t n = 0;

	for (size_t i = 0; i < trace->nspans; i++) {
		const char *id = keep(finding, trace->spans[i].id);

		n += key_table_add(&ids, &id, NULL) == i;
	}
	for (size_t i = 0; i < trace->nspans && n == trace->nspans; i++) {
		struct span span = trace->spans[i];

		span.parent = keep(finding, span.parent);
		parent = span.parent ? find_parent(trace, &ids, &span) : NULL;
		if (parent)
			add_span(finding, parent, &span);
	}
	key_table_release(&ids);
}

static void add_links(struct finding *finding, const struct observed_trace *trace)
{
	const struct dynamic_trace *run = finding->all->run;

	for (size_t i = 0; i < trace->nlinks; i++) {
		const char *link = keep(finding, trace->links[i]);
		uint32_t index = key_table_find(&finding->trace_ids, &link);
		const struct observed_trace *other =
			index == UINT32_MAX ? NULL
					    : &run->traces[finding->trace_of[index]];

		if (other && other->nspans && trace->nspans)
			add_span(finding, &other->spans[0], &trace->spans[0]);
	}
}

/* --- traces of one id, each process's own ------------------------------------------- */

/* When it began to execute what it was told of: a function that waits for a message
 * begins before that. */
static uint64_t begin_of(const struct span *span)
{
	const char *told =
		metadata_of(span->metadata, span->nmetadata, "execution_begin");
	uint64_t begin_us = told ? strtoull(told, NULL, 10) : 0;

	return begin_us > span->start_us ? begin_us : span->start_us;
}

static int by_story(const void *a, const void *b, void *context)
{
	const struct observed_trace *left = context, *right = context;
	uint64_t left_us, right_us;
	int order;

	left += *(const uint32_t *)a;
	right += *(const uint32_t *)b;
	order = strcmp(left->id, right->id);
	if (order || !left->nspans || !right->nspans)
		return order ? order
			     : (left->nspans > right->nspans) -
				       (left->nspans < right->nspans);
	left_us = begin_of(left->spans);
	right_us = begin_of(right->spans);
	if (left_us != right_us)
		return left_us < right_us ? -1 : 1;
	return strcmp(left->spans->id, right->spans->id);
}

/* Of one story, what began so far. */
struct story {
	const struct observed_trace *traces;
	const char *id;
	uint32_t *open; /* heap: those that may run still, the last is innermost */
	size_t nopen;
	uint32_t last, before; /* the last to begin, and the last of another process */
};

static const struct span *root_of(const struct story *story, uint32_t trace)
{
	return trace == TRACE_NONE ? NULL : story->traces[trace].spans;
}

static void close_ended(struct story *story, const struct span *now)
{
	while (story->nopen) {
		const struct span *span = root_of(story, story->open[story->nopen - 1]);

		if (span->start_us + span->duration_us >= begin_of(now))
			return;
		story->nopen--;
	}
}

/* What of another process was running when `to` began; NULL: nothing was. */
static const struct span *running(const struct story *story, const struct span *to)
{
	size_t least = story->nopen > MAX_OPEN ? story->nopen - MAX_OPEN : 0;

	for (size_t i = story->nopen; i > least; i--) {
		const struct span *from = root_of(story, story->open[i - 1]);

		if (from->process != to->process)
			return from;
	}
	return NULL;
}

/* The one that the trace is of: a handler, behind the function that a library calls. */
static const struct entry_point *entry_of_trace(const struct finding *finding,
	const struct observed_trace *trace)
{
	const struct static_trace *scan = finding->all->scan;

	for (size_t i = 0; i < scan->nentry_points && trace->entry_point; i++)
		if (strcmp(scan->entry_points[i].id, trace->entry_point) == 0)
			return &scan->entry_points[i];
	return entry_of(finding, trace->spans);
}

/* Who sends a request waits for the answer; who sends a message may be done with it. */
static const struct span *sender_of(const struct story *story, const struct span *to,
	const struct entry_point *entry)
{
	const struct span *last = root_of(story, story->last), *caller;

	if (last && last->process == to->process)
		last = root_of(story, story->before);
	if (entry && strcmp(entry->type, "amqp") == 0)
		return last;
	caller = running(story, to);
	return caller ? caller : last;
}

static void add_to_story(struct story *story, uint32_t trace)
{
	const struct span *last = root_of(story, story->last);

	if (last && last->process != root_of(story, trace)->process)
		story->before = story->last;
	story->last = trace;
	story->open[story->nopen++] = trace;
}

/*
 * The program told the id (tracer/pcarch_trace.h), and it came with a request or message:
 * the sender's span is in no recording, but its trace is.
 */
static void add_stories(struct finding *finding)
{
	const struct dynamic_trace *run = finding->all->run;
	uint32_t *order = xmalloc((run->ntraces + 1) * sizeof(*order));
	struct story story = {.traces = run->traces,
		.open = xmalloc((run->ntraces + 1) * sizeof(*story.open)),
		.last = TRACE_NONE,
		.before = TRACE_NONE};

	for (uint32_t i = 0; i < run->ntraces; i++)
		order[i] = i;
	qsort_r(order, run->ntraces, sizeof(*order), by_story, (void *)run->traces);
	for (size_t i = 0; i < run->ntraces; i++) {
		const struct observed_trace *trace = &run->traces[order[i]];
		const struct entry_point *entry;
		const struct span *from;

		if (!trace->guid || !trace->nspans)
			continue;
		if (!story.id || strcmp(story.id, trace->id) != 0) {
			story.nopen = 0;
			story.last = story.before = TRACE_NONE;
		}
		story.id = trace->id;
		close_ended(&story, trace->spans);
		entry = entry_of_trace(finding, trace);
		from = sender_of(&story, trace->spans, entry);
		if (from)
			add_entered(finding, from, trace->spans, entry);
		add_to_story(&story, order[i]);
	}
	free(story.open);
	free(order);
}

static void add_traces(struct finding *finding)
{
	const struct dynamic_trace *run = finding->all->run;

	for (uint32_t i = 0; i < run->ntraces; i++) {
		const char *id = keep(finding, run->traces[i].id);
		bool is_new;
		uint32_t index = key_table_add(&finding->trace_ids, &id, &is_new);

		if (!is_new)
			continue;
		finding->trace_of = grow(finding->trace_of, index, &finding->trace_room,
			sizeof(*finding->trace_of));
		finding->trace_of[index] = i;
	}
	for (size_t i = 0; i < run->ntraces; i++) {
		add_trace(finding, &run->traces[i]);
		add_links(finding, &run->traces[i]);
	}
	add_stories(finding);
}

/* --- all -------------------------------------------------------------------------- */

static int compare_names(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

static int by_programs(const void *a, const void *b)
{
	const struct crossing *left = a, *right = b;
	int order = strcmp(left->from, right->from);

	if (!order)
		order = strcmp(left->to, right->to);
	if (!order)
		order = strcmp(left->kind, right->kind);
	return order ? order : compare_names(left->detail, right->detail);
}

static void finding_release(struct finding *finding)
{
	interner_release(&finding->strings);
	key_table_release(&finding->keys);
	key_table_release(&finding->trace_ids);
	free(finding->counts);
	free(finding->by_pid);
	free(finding->trace_of);
}

#define scoped_finding __attribute__((cleanup(finding_release))) struct finding

void crossings_find(const struct comparing *all, struct comparison *out)
{
	scoped_finding finding = {.all = all,
		.strings.arena = all->arena,
		.keys.key_bytes = sizeof(struct crossing_key),
		.trace_ids.key_bytes = sizeof(const char *)};
	size_t n = all->run->nprocesses;
	struct crossing *crossings;

	finding.by_pid = xmalloc((n + 1) * sizeof(*finding.by_pid));
	for (uint32_t i = 0; i < n; i++)
		finding.by_pid[i] = i;
	qsort_r(finding.by_pid, n, sizeof(*finding.by_pid), by_pid,
		(void *)all->run->processes);
	add_processes(&finding);
	add_traces(&finding);
	crossings = arena_alloc(all->arena, finding.keys.count * sizeof(*crossings));
	for (size_t i = 0; i < finding.keys.count; i++) {
		const struct crossing_key *key =
			(const struct crossing_key *)finding.keys.keys + i;

		crossings[i] = (struct crossing){
			key->from, key->to, key->kind, key->detail, finding.counts[i]};
	}
	qsort(crossings, finding.keys.count, sizeof(*crossings), by_programs);
	out->crossings = crossings;
	out->ncrossings = finding.keys.count;
}
