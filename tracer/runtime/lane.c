#include "tracer/runtime/lane.h"

#include "tracer/runtime/attach.h"
#include "tracer/runtime/edge_info.h"
#include "tracer/runtime/recording.h"
#include "tracer/runtime/spans.h"
#include "tracer/runtime/ticks.h"
#include "tracer/runtime/vectors.h"

#include <pthread.h>
#include <sched.h>

enum {
	FIRST_LOG2 = 9, /* of the edges of a thread's first table */
	GROWTH_LOG2 = 2,
	MIN_NEW = 16, /* edges, before all are arranged again */
	MAX_LOG2 = 26,
	SHARED_PARTS = 64, /* the shared table has one part in so many of the file */
	SHARED_PROBES = RECORDING_TABLE_TAIL,
	KEPT_PLACES = 64,
	MAX_YIELDS = 10000,
};

static const struct recording_edge no_edges[1];

__thread struct lane pcarch_lane = {.edges = (struct recording_edge *)no_edges};

static uint64_t nthreads;
static pthread_key_t exit_key;
static bool has_exit_key;
/*
 * One thread at a time moves a table, or all edges of an object. No thread that counts
 * ever waits for it. A handler that leaves by siglongjmp in the midst of it leaves it set
 * for good: then tables grow no more.
 */
static bool is_moving;

/* What tables left behind when they grew, by the logarithm of their size. */
static struct {
	uint64_t places[KEPT_PLACES];
	unsigned nplaces;
} kept[MAX_LOG2 + 1];

/* The thread ends; or seems to: destructors that run after this one start a new lane. */
static void lane_release(void *argument)
{
	struct recording_table *table = pcarch_lane.table;

	(void)argument;
	if (!table)
		return;
	spans_end_thread(table);
	ticks_pass(&pcarch_lane, NULL);
	pcarch_lane.mask = 0;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	pcarch_lane.edges = (struct recording_edge *)no_edges;
	pcarch_lane.table = NULL;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	__atomic_store_n(&table->owner, 0, __ATOMIC_RELEASE);
}

static void watch_exit(void *lane)
{
	if (has_exit_key)
		pthread_setspecific(exit_key, lane);
}

static uint64_t table_bytes(unsigned log2)
{
	uint64_t edges = (UINT64_C(1) << log2) + RECORDING_TABLE_TAIL;

	return edges * sizeof(struct recording_edge);
}

/* The shared table is there from the start. */
static void make_shared(void)
{
	uint64_t room = recording.header->heap.room / SHARED_PARTS, offset;
	unsigned log2 = FIRST_LOG2;

	while (log2 < MAX_LOG2 && table_bytes(log2 + 1) <= room)
		log2++;
	recording.header->tables.count = 1;
	if (recording_alloc(table_bytes(log2), &offset))
		recording.tables[0].place = offset | log2;
}

void lanes_init(void)
{
	has_exit_key = pthread_key_create(&exit_key, lane_release) == 0;
	make_shared();
	ticks_make_room();
}

void lanes_fork(void)
{
	struct lane *lane = &pcarch_lane;

	lane->mask = 0;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	lane->edges = (struct recording_edge *)no_edges;
	lane->table = NULL;
	lane->last = NULL;
	is_moving = false;
	nthreads = 1;
	lane->thread = 1;
	for (unsigned i = 0; i <= MAX_LOG2; i++)
		kept[i].nplaces = 0;
	if (!recording.header)
		return;
	make_shared();
	ticks_make_room();
}

void lane_expect(void)
{
	lane_thread();
	pcarch_lane.is_known = true;
}

uint64_t lane_thread(void)
{
	if (!pcarch_lane.thread)
		pcarch_lane.thread = __atomic_add_fetch(&nthreads, 1, __ATOMIC_RELAXED);
	return pcarch_lane.thread;
}

static bool try_move(void)
{
	return !__atomic_exchange_n(&is_moving, true, __ATOMIC_ACQUIRE);
}

static bool wait_to_move(void)
{
	for (unsigned i = 0; i < MAX_YIELDS; i++) {
		if (try_move())
			return true;
		sched_yield();
	}
	return false;
}

static void end_move(void)
{
	__atomic_store_n(&is_moving, false, __ATOMIC_RELEASE);
}

/* Room for a table, all zeros. */
static bool take_place(unsigned log2, uint64_t *place)
{
	struct recording_edge *edges;
	uint64_t offset, nedges;

	if (!kept[log2].nplaces) {
		if (!recording_alloc(table_bytes(log2), &offset))
			return false;
		*place = offset | log2;
		return true;
	}
	*place = kept[log2].places[--kept[log2].nplaces];
	edges = recording_at(recording_table_offset(*place));
	nedges = recording_table_nedges(*place);
	for (uint64_t i = 0; i < nedges; i++)
		__atomic_store_n(&edges[i].site, 0, __ATOMIC_RELAXED);
	return true;
}

static void keep_place(uint64_t place)
{
	unsigned log2 = place & 63;

	if (kept[log2].nplaces < KEPT_PLACES)
		kept[log2].places[kept[log2].nplaces++] = place;
}

/* The edge behind the last one with its hash; NULL: the table ends before that. */
static struct recording_edge *find_end(struct recording_edge *edges, uint64_t mask,
	uint64_t site, uint64_t callee)
{
	struct recording_edge *last = (void *)((char *)edges + mask);
	struct recording_edge *at =
		(void *)((char *)edges + (lane_hash(site, callee) & mask));

	/* One at the end stays empty: whoever searches stops there. */
	last += RECORDING_TABLE_TAIL;
	while (at < last && at->site)
		at++;
	return at < last ? at : NULL;
}

static uint64_t mask_of(uint64_t place)
{
	return ((UINT64_C(1) << (place & 63)) - 1) * sizeof(struct recording_edge);
}

static unsigned magnitude(uint64_t count)
{
	return count ? 64 - (unsigned)__builtin_clzll(count) : 0;
}

static bool copy_edge(const struct recording_edge *edge, struct recording_edge *edges,
	uint64_t mask)
{
	uint64_t site = edge->site & ~RECORDING_SITE_RETIRED;
	struct recording_edge *at = find_end(edges, mask, site, edge->callee);

	if (!at)
		return false;
	at->callee = edge->callee;
	at->count = edge->count;
	at->info = edge->info;
	at->site = edge->site;
	return true;
}

/*
 * What is called most goes first, and so to where it is looked for first: a second look
 * costs as much as all the rest. False: one chain is longer than the new table's tail.
 */
static bool copy_edges(uint64_t from, uint64_t to)
{
	struct recording_edge *old = recording_at(recording_table_offset(from));
	struct recording_edge *edges = recording_at(recording_table_offset(to));
	uint64_t nold = recording_table_nedges(from), mask = mask_of(to);
	uint64_t magnitudes[2] = {0};

	for (uint64_t i = 0; i < nold; i++)
		if (old[i].site)
			magnitudes[magnitude(old[i].count) / 64] |=
				UINT64_C(1) << magnitude(old[i].count) % 64;
	for (unsigned bits = 65; bits-- > 0;) {
		if (!(magnitudes[bits / 64] >> bits % 64 & 1))
			continue;
		for (uint64_t i = 0; i < nold; i++)
			if (old[i].site && magnitude(old[i].count) == bits &&
				!copy_edge(&old[i], edges, mask))
				return false;
	}
	return true;
}

static void use_table(struct lane *lane)
{
	uint64_t place = lane->table->place;

	lane->edges = recording_at(recording_table_offset(place));
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	lane->mask = mask_of(place);
}

/* Move the table to a place of this size. Only one thread at a time may. */
static bool move_table(struct lane *lane, unsigned log2)
{
	uint64_t from = lane->table->place, place;

	if (log2 > MAX_LOG2 || !take_place(log2, &place))
		return false;
	ticks_pass(lane, NULL);
	/* A handler that comes now must find nothing to count in. */
	lane->mask = 0;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	lane->edges = (struct recording_edge *)no_edges;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	if (from && !copy_edges(from, place)) {
		keep_place(place);
		use_table(lane);
		return false;
	}
	__atomic_store_n(&lane->table->place, place, __ATOMIC_RELEASE);
	if (from)
		keep_place(from);
	use_table(lane);
	return true;
}

/* A table that nobody has; the thread goes on with the edges that are in it. */
static bool acquire(struct lane *lane)
{
	struct recording_section *section = &recording.header->tables;
	uint64_t thread = lane_thread();

	for (uint64_t i = 1; i < section->room; i++) {
		struct recording_table *table = &recording.tables[i];
		uint64_t none = 0,
			 count = __atomic_load_n(&section->count, __ATOMIC_RELAXED);

		if (table->owner ||
			!__atomic_compare_exchange_n(&table->owner, &none, thread, false,
				__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			continue;
		while (count <= i &&
			!__atomic_compare_exchange_n(&section->count, &count, i + 1,
				false, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
			;
		lane->table = table;
		if (table->place)
			use_table(lane);
		call_saving_vectors(watch_exit, lane);
		return true;
	}
	return false;
}

/*
 * Room for one more: tables are a quarter full, or three quarters where they cannot grow.
 * And when a part of the edges is new, all are arranged again by how often they are
 * called.
 */
static bool make_room(struct lane *lane)
{
	struct recording_table *table;
	unsigned log2 = FIRST_LOG2;
	uint64_t room;
	bool is_moved;

	if (!lane->table && !acquire(lane))
		return false;
	table = lane->table;
	room = table->place ? UINT64_C(1) << (table->place & 63) : 0;
	if (table->nedges < room / 4 &&
		table->nedges < table->arranged + table->arranged / 4 + MIN_NEW)
		return true;
	if (table->place)
		log2 = (table->place & 63) + (table->nedges < room / 4 ? 0 : GROWTH_LOG2);
	if (!try_move())
		return false;
	is_moved = move_table(lane, log2);
	end_move();
	table->arranged = table->nedges;
	return is_moved || table->nedges < room / 4 * 3;
}

static bool insert(struct lane *lane, const struct sighting *seen)
{
	uint64_t *count, info;
	struct recording_edge *at;

	/* A table that an earlier thread has left may know it. */
	if (!make_room(lane))
		return false;
	count = lane_find(lane, seen->site, seen->callee);
	if (count) {
		lane_increment(count);
		return true;
	}
	info = edge_info(seen);
	at = find_end(lane->edges, lane->mask, seen->site, seen->callee);
	if (!at)
		return false;
	at->callee = seen->callee;
	at->info = info;
	at->count = 1;
	/* Whoever reads it, at any time, reads all of it. */
	__atomic_store_n(&at->site, seen->site, __ATOMIC_RELEASE);
	lane->table->nedges++;
	ticks_pass(lane, at);
	return true;
}

static void count_shared(const struct sighting *seen)
{
	uint64_t place = recording.tables[0].place;
	struct recording_edge *at =
		(void *)((char *)recording_at(recording_table_offset(place)) +
			 (lane_hash(seen->site, seen->callee) & mask_of(place)));

	for (unsigned i = 0; place && i < SHARED_PROBES; i++, at++) {
		uint64_t found = __atomic_load_n(&at->site, __ATOMIC_ACQUIRE);
		bool is_new = !found &&
			      __atomic_compare_exchange_n(&at->site, &found, seen->site,
				      false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);

		if (is_new) {
			at->info = edge_info(seen);
			__atomic_store_n(&at->callee, seen->callee, __ATOMIC_RELEASE);
		}
		/* One that another thread is about to add may come twice: counts add up.
		 */
		if (is_new || (found == seen->site && at->callee == seen->callee)) {
			__atomic_fetch_add(&at->count, 1, __ATOMIC_RELAXED);
			return;
		}
	}
	recording_drop(RECORDING_DROP_EDGE_OVERFLOW);
}

static void copied(void *argument)
{
	(void)argument;
	runtime_fork();
}

static void count_miss(struct sighting seen)
{
	struct lane *lane = &pcarch_lane;
	bool is_counted;

	if (!recording.header || !seen.site || !seen.callee)
		return;
	if (!*recording.is_ours && !lane->is_busy)
		call_saving_vectors(copied, NULL);
	if (!recording.header)
		return;
	if (lane->is_busy) {
		count_shared(&seen);
		return;
	}
	if (!lane->is_known)
		seen.flags |= EDGE_FIRST_OF_THREAD;
	lane->is_known = true;
	lane->is_busy = true;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	is_counted = insert(lane, &seen);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	lane->is_busy = false;
	if (!is_counted)
		count_shared(&seen);
}

void lane_miss(uint64_t site, uint64_t callee)
{
	count_miss((struct sighting){.site = site, .callee = callee});
}

void lane_miss_indirect(uint64_t site, uint64_t callee, const uint64_t *sp)
{
	/* Below the call site are the target and where the thunk goes on. */
	count_miss((struct sighting){site, callee, RECORDING_EDGE_INDIRECT, sp[-2]});
}

void lane_miss_body(uint64_t site, uint64_t callee)
{
	count_miss((struct sighting){site, callee, RECORDING_EDGE_BODY, 0});
}

static struct recording_edge *edge_of(uint64_t *count)
{
	return (void *)((char *)count - offsetof(struct recording_edge, count));
}

/* What a tick sees is not what a handler that came in between has seen. */
void lane_tick(uint64_t site, uint64_t callee)
{
	struct lane *lane = &pcarch_lane;
	uint64_t *count = lane->is_busy ? NULL : lane_find(lane, site, callee);

	if (count)
		ticks_pass(lane, edge_of(count));
}

static void retire_in(uint64_t place, unsigned object, bool is_retired)
{
	struct recording_edge *edges = recording_at(recording_table_offset(place));
	uint64_t nedges = recording_table_nedges(place);

	for (uint64_t i = 0; i < nedges; i++) {
		uint64_t info = edges[i].info;

		if (!edges[i].site ||
			(recording_info_site_object(info) != object &&
				recording_info_callee_object(info) != object))
			continue;
		if (is_retired)
			edges[i].site |= RECORDING_SITE_RETIRED;
		else
			edges[i].site &= ~RECORDING_SITE_RETIRED;
	}
}

void lanes_retire(unsigned object, bool is_retired)
{
	uint64_t count =
		__atomic_load_n(&recording.header->tables.count, __ATOMIC_ACQUIRE);
	bool is_alone = wait_to_move();

	for (uint64_t i = 0; i < count; i++)
		retire_in(__atomic_load_n(&recording.tables[i].place, __ATOMIC_ACQUIRE),
			object, is_retired);
	if (is_alone)
		end_move();
}

void lanes_finish(void)
{
	/* What is not given back is only space. */
	if (!wait_to_move())
		return;
	recording_trim();
	end_move();
}
