/*
 * The order of a story: a merge of its processes by the wall clock, in which a process
 * waits where its next entry was caused by one that has not come yet.
 */
#include "diff/story.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	NONE = UINT32_MAX
};

/* What is still to come of a process: entries[next..end). */
struct queue {
	uint32_t next, end;
	uint32_t behind; /* the cause that its clock was said to be behind last */
};

struct merge {
	struct story_entry *entries; /* by process, then by number */
	uint32_t nentries;
	struct queue *queues; /* one for each process */
	uint32_t nqueues;
	uint32_t *heap; /* queues that can go on, the earliest first */
	uint32_t nheap;
	uint32_t *waiter; /* for each entry: one that waits for it */
	uint32_t *next_waiter; /* for each that waits: another one */
	uint32_t *parents; /* for each entry: the first one of its parent span */
	bool *is_out;
	uint32_t *order; /* the result: entries */
	uint32_t norder;
};

static int by_process(const void *a, const void *b)
{
	const struct story_entry *left = a, *right = b;

	if (left->process != right->process)
		return (left->process > right->process) -
		       (left->process < right->process);
	if (left->seq != right->seq)
		return (left->seq > right->seq) - (left->seq < right->seq);
	if (left->file != right->file)
		return (left->file > right->file) - (left->file < right->file);
	if (left->span && right->span) /* the longer one is around the other */
		return (left->span->duration_us < right->span->duration_us) -
		       (left->span->duration_us > right->span->duration_us);
	return (left->offset > right->offset) - (left->offset < right->offset);
}

static void find_parents(struct merge *merge)
{
	struct key_table spans = {.key_bytes = sizeof(uint64_t)};
	uint32_t *firsts = xmalloc((merge->nentries + 1) * sizeof(*firsts));
	uint32_t number;
	bool is_new;

	for (uint32_t i = 0; i < merge->nentries; i++) {
		if (!merge->entries[i].span_id)
			continue;
		number = key_table_add(&spans, &merge->entries[i].span_id, &is_new);
		if (is_new)
			firsts[number] = i;
	}
	for (uint32_t i = 0; i < merge->nentries; i++) {
		number = spans.count && merge->entries[i].parent_id
				 ? key_table_find(&spans, &merge->entries[i].parent_id)
				 : NONE;
		merge->parents[i] = number == NONE ? NONE : firsts[number];
	}
	key_table_release(&spans);
	free(firsts);
}

/* The entry of another process that must come before; or NONE. */
static uint32_t cause_of(const struct merge *merge, uint32_t entry)
{
	uint32_t parent = merge->parents[entry];

	if (parent == NONE ||
		merge->entries[parent].process == merge->entries[entry].process)
		return NONE;
	return parent;
}

static bool is_before(const struct merge *merge, uint32_t left, uint32_t right)
{
	const struct story_entry *a = &merge->entries[merge->queues[left].next];
	const struct story_entry *b = &merge->entries[merge->queues[right].next];

	return a->time_ns != b->time_ns ? a->time_ns < b->time_ns : left < right;
}

static void swap(uint32_t *a, uint32_t *b)
{
	uint32_t kept = *a;

	*a = *b;
	*b = kept;
}

static void push(struct merge *merge, uint32_t queue)
{
	uint32_t at = merge->nheap++;

	merge->heap[at] = queue;
	while (at && is_before(merge, queue, merge->heap[(at - 1) / 2])) {
		swap(&merge->heap[at], &merge->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
}

static uint32_t pop(struct merge *merge)
{
	uint32_t first = merge->heap[0], at = 0, child;

	merge->heap[0] = merge->heap[--merge->nheap];
	while ((child = 2 * at + 1) < merge->nheap) {
		if (child + 1 < merge->nheap &&
			is_before(merge, merge->heap[child + 1], merge->heap[child]))
			child++;
		if (!is_before(merge, merge->heap[child], merge->heap[at]))
			break;
		swap(&merge->heap[child], &merge->heap[at]);
		at = child;
	}
	return first;
}

/* The queue goes on with its next entry, or waits for that entry's cause. */
static void go_on(struct merge *merge, uint32_t queue)
{
	uint32_t entry = merge->queues[queue].next, cause;

	if (entry == merge->queues[queue].end)
		return;
	cause = cause_of(merge, entry);
	if (cause == NONE || merge->is_out[cause]) {
		push(merge, queue);
		return;
	}
	merge->next_waiter[entry] = merge->waiter[cause];
	merge->waiter[cause] = entry;
}

/* Causes are told when they have come; forged ones may go round in a circle. */
static void tell_cause(struct merge *merge, uint32_t number, struct queue *queue)
{
	struct story_entry *entry = &merge->entries[number];
	uint32_t parent = merge->parents[number], cause = cause_of(merge, number);

	entry->cause = NONE;
	entry->is_orphan = entry->is_entry && entry->parent_id && parent == NONE;
	if (parent == NONE || !merge->is_out[parent])
		return;
	entry->depth = merge->entries[parent].depth + (cause != NONE);
	if (cause == NONE)
		return;
	entry->cause = cause;
	if (merge->entries[cause].time_ns > entry->time_ns && queue->behind != cause) {
		entry->behind_ns = merge->entries[cause].time_ns - entry->time_ns;
		queue->behind = cause;
	}
}

static void take_next(struct merge *merge, uint32_t number)
{
	struct queue *queue = &merge->queues[number];
	uint32_t entry = queue->next++, waiter;

	tell_cause(merge, entry, queue);
	merge->is_out[entry] = true;
	merge->order[merge->norder++] = entry;
	for (waiter = merge->waiter[entry]; waiter != NONE;
		waiter = merge->next_waiter[waiter]) {
		uint32_t process = merge->entries[waiter].process;

		/* It may have gone on without its cause. */
		if (merge->queues[process].next == waiter)
			push(merge, process);
	}
	go_on(merge, number);
}

/* All wait for each other: the earliest goes on without its cause. */
static uint32_t break_circle(const struct merge *merge)
{
	uint32_t first = NONE;

	for (uint32_t i = 0; i < merge->nqueues; i++)
		if (merge->queues[i].next < merge->queues[i].end &&
			(first == NONE || is_before(merge, i, first)))
			first = i;
	return first;
}

static void run(struct merge *merge)
{
	for (uint32_t i = 0; i < merge->nentries; i++) {
		struct queue *queue = &merge->queues[merge->entries[i].process];

		if (queue->next == queue->end)
			*queue = (struct queue){i, i, NONE};
		queue->end = i + 1;
	}
	for (uint32_t i = 0; i < merge->nqueues; i++)
		go_on(merge, i);
	while (merge->norder < merge->nentries)
		take_next(merge, merge->nheap ? pop(merge) : break_circle(merge));
}

static void put_in_order(struct story *story, const struct merge *merge)
{
	struct story_entry *entries = xmalloc((story->nentries + 1) * sizeof(*entries));
	uint32_t *places = xmalloc((story->nentries + 1) * sizeof(*places));

	for (uint32_t i = 0; i < merge->norder; i++)
		places[merge->order[i]] = i;
	for (uint32_t i = 0; i < merge->norder; i++) {
		entries[i] = merge->entries[merge->order[i]];
		if (entries[i].cause != NONE)
			entries[i].cause = places[entries[i].cause];
	}
	free(places);
	free(story->entries);
	story->entries = entries;
	story->room = story->nentries + 1;
}

static uint32_t *numbers(size_t n, int byte)
{
	uint32_t *array = xmalloc((n + 1) * sizeof(*array));

	memset(array, byte, (n + 1) * sizeof(*array));
	return array;
}

void story_order(struct story *story)
{
	size_t n = story->nentries, nqueues = story->processes.count;
	struct merge merge = {
		.entries = story->entries,
		.nentries = (uint32_t)n,
		.nqueues = (uint32_t)nqueues,
		.queues = xmalloc((nqueues + 1) * sizeof(*merge.queues)),
		.heap = numbers(nqueues, 0),
		.waiter = numbers(n, 0xff),
		.next_waiter = numbers(n, 0xff),
		.parents = numbers(n, 0xff),
		.is_out = xmalloc(n + 1),
		.order = numbers(n, 0),
	};

	memset(merge.queues, 0, (nqueues + 1) * sizeof(*merge.queues));
	memset(merge.is_out, 0, n + 1);
	if (n)
		qsort(story->entries, n, sizeof(*story->entries), by_process);
	find_parents(&merge);
	run(&merge);
	put_in_order(story, &merge);
	free(merge.queues);
	free(merge.heap);
	free(merge.waiter);
	free(merge.next_waiter);
	free(merge.parents);
	free(merge.is_out);
	free(merge.order);
}
