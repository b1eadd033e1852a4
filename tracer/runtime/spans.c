#include "tracer/runtime/spans.h"

#include "core/record_roots.h"
#include "tracer/runtime/edge_info.h"
#include "tracer/runtime/filter.h"
#include "tracer/runtime/lane.h"
#include "tracer/runtime/recording.h"
#include "tracer/runtime/roots.h"
#include "tracer/runtime/settings.h"
#include "tracer/runtime/ticks.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	STACK_ROOM = RECORDING_TRACE_DEPTH + 16, /* the last ones are for roots */
	SLOW_NS = 500000000, /* such a trace is kept as long as it can be */
};

/* An execution that has not been seen to end. */
struct frame {
	uint64_t sp, site, function;
	struct recording_trace *trace; /* NULL: sampling left it out */
	uint64_t span; /* index in the trace */
	uint32_t root; /* its number, or 0 */
	bool is_handler;
};

struct stack {
	struct frame frames[STACK_ROOM];
	unsigned depth;
	bool is_busy; /* a handler came while this changes */
	struct recording_execution execution; /* as the thread last told */
};

/* One for each table of edges, that is, for each thread; not in its own storage, of which
 * a library that is opened late has little. */
static struct stack *stacks;
static uint64_t cursor; /* where the next place for a trace is looked for */
static uint32_t image =
	1; /* told apart by struct root's `seen`: one more in each child */

static size_t stacks_size(void)
{
	return recording.header->tables.room * sizeof(struct stack);
}

void spans_init(void)
{
	void *pages = mmap(NULL, stacks_size(), PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (stacks)
		munmap(stacks, stacks_size());
	stacks = pages == MAP_FAILED ? NULL : pages;
	cursor = 0;
	image++;
}

/* Pushes what it is given as the callee's place, and comes out with what to record. */
struct call {
	uint64_t site, callee, function, sp;
	unsigned flags; /* enum recording_edge_flag */
	struct root *root; /* NULL: none */
	uint64_t now;
};

static bool is_handler(const struct call *call)
{
	return call->root && call->root->kind & ROOTS_HANDLER;
}

static struct recording_span *span_of(const struct frame *frame)
{
	return frame->trace ? &frame->trace->spans[frame->span] : NULL;
}

/* The innermost execution has ended: `flags` says how well the time is known. */
static void pop(struct stack *stack, uint64_t now, uint64_t flags)
{
	struct frame *frame = &stack->frames[stack->depth - 1];
	struct recording_span *span = span_of(frame), *outer = NULL;

	stack->depth--;
	if (!span)
		return;
	if (stack->depth)
		outer = span_of(frame - 1);
	if (outer && outer->last_ns < span->last_ns)
		outer->last_ns = span->last_ns;
	span->flags = flags;
	span->end_ns = now;
	if (frame->span == 0)
		__atomic_store_n(&frame->trace->state, RECORDING_TRACE_DONE,
			__ATOMIC_RELEASE);
}

static bool is_sampled(uint64_t number)
{
	uint64_t bits = settings.trace_id;

	if (!settings.has_trace_id) {
		bits = recording.header->id[0] + number * UINT64_C(0x9e3779b97f4a7c15);
		bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
		bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
		bits = (bits ^ bits >> 31) >> 8;
	}
	if (bits < settings.sample)
		return true;
	recording_drop(RECORDING_DROP_SAMPLED);
	return false;
}

/* What was the first of its kind, or took long, tells more than the next ones do. */
static bool is_precious(const struct recording_trace *trace, uint64_t state)
{
	const struct recording_span *span = &trace->spans[0];

	return state == RECORDING_TRACE_DONE &&
	       (trace->flags & RECORDING_TRACE_FIRST ||
		       span->end_ns - span->start_ns >= SLOW_NS);
}

/* The place that was taken longest ago, unless its trace is still open; then the next. */
static struct recording_trace *find_place(bool spare_precious)
{
	uint64_t room = recording.header->traces.room;

	for (uint64_t i = 0; i < room; i++) {
		uint64_t at = __atomic_fetch_add(&cursor, 1, __ATOMIC_RELAXED) % room;
		struct recording_trace *trace = &recording.traces[at];
		uint64_t state = __atomic_load_n(&trace->state, __ATOMIC_ACQUIRE);

		if (state == RECORDING_TRACE_OPEN ||
			(spare_precious && is_precious(trace, state)) ||
			!__atomic_compare_exchange_n(&trace->state, &state,
				RECORDING_TRACE_OPEN, false, __ATOMIC_ACQUIRE,
				__ATOMIC_RELAXED))
			continue;
		if (state == RECORDING_TRACE_DONE)
			recording_drop(RECORDING_DROP_TRACE_EVICTED);
		return trace;
	}
	return NULL;
}

static struct recording_trace *take_trace(void)
{
	struct recording_trace *trace = find_place(true);

	if (!trace)
		trace = find_place(false);
	if (!trace)
		recording_drop(RECORDING_DROP_TRACE_LIMIT);
	return trace;
}

/* Is this the first execution of a listed root in this process? */
static bool is_first(const struct call *call)
{
	return call->root && call->root->number &&
	       __atomic_exchange_n(&call->root->seen, image, __ATOMIC_RELAXED) != image;
}

static void push(struct stack *stack, const struct call *call,
	struct recording_trace *trace, uint64_t span)
{
	stack->frames[stack->depth++] = (struct frame){
		.sp = call->sp,
		.site = call->site,
		.function = call->function,
		.trace = trace,
		.span = span,
		.root = call->root ? call->root->number : 0,
		.is_handler = is_handler(call),
	};
}

/* In `trace`, which has room; its index. */
static uint64_t add_span(struct recording_trace *trace, const struct call *call,
	uint64_t parent)
{
	struct sighting seen = {call->site, call->callee, call->flags, 0};
	uint64_t index = trace->nspans;

	trace->spans[index] = (struct recording_span){
		.callee = call->callee,
		.site = call->site,
		.info = edge_info(&seen),
		.start_ns = call->now,
		.last_ns = call->now,
		.parent = parent,
	};
	__atomic_store_n(&trace->nspans, index + 1, __ATOMIC_RELEASE);
	return index;
}

static void start_trace(struct stack *stack, const struct call *call)
{
	const struct frame *outer =
		stack->depth ? &stack->frames[stack->depth - 1] : NULL;
	uint64_t number = __atomic_add_fetch(&recording.header->traces_started, 1,
		__ATOMIC_RELAXED);
	bool is_new = is_first(call);
	/* What a command does is worth to be seen once, however few are kept. */
	bool is_kept = (is_new && is_handler(call)) || is_sampled(number);
	struct recording_trace *trace = is_kept ? take_trace() : NULL;

	if (trace) {
		trace->nspans = 0;
		trace->number = number;
		trace->thread = lane_thread();
		trace->ndropped = 0;
		trace->flags = is_new ? RECORDING_TRACE_FIRST : 0;
		trace->execution = stack->execution;
		trace->told_ns = 0;
		trace->parent_trace = outer && outer->trace ? outer->trace->number : 0;
		trace->parent_span =
			outer && outer->trace ? outer->span : RECORDING_NO_PARENT;
		add_span(trace, call, RECORDING_NO_PARENT);
	}
	push(stack, call, trace, 0);
}

static void drop_span(struct recording_trace *trace, enum recording_drop reason)
{
	trace->ndropped++;
	recording_drop(reason);
}

/* A root that calls itself goes on with its trace, and so does a command that runs
 * others. */
static bool starts_trace(const struct stack *stack, const struct call *call)
{
	if (filter_has_roots() ? !call->root : stack->depth > 0)
		return false;
	for (unsigned i = stack->depth; i-- > 0;) {
		const struct frame *frame = &stack->frames[i];

		if (frame->function == call->function ||
			(frame->root && call->root &&
				frame->root == call->root->number) ||
			(frame->is_handler && is_handler(call)))
			return false;
	}
	return true;
}

/* Handlers tell which command it is: a full trace has places left for them. */
static bool has_room_for(const struct recording_trace *trace, const struct call *call)
{
	bool is_reserving = roots_have_handlers() && !is_handler(call);

	return trace->nspans + (is_reserving ? RECORDING_TRACE_RESERVED : 0) <
	       RECORDING_TRACE_SPANS;
}

static void begin_span(struct stack *stack, const struct call *call)
{
	struct frame *top = stack->depth ? &stack->frames[stack->depth - 1] : NULL;
	bool is_root = starts_trace(stack, call);
	unsigned room = call->root ? STACK_ROOM : RECORDING_TRACE_DEPTH;

	if (top && stack->depth >= room) {
		if (top->trace)
			drop_span(top->trace, RECORDING_DROP_DEPTH_LIMIT);
		return;
	}
	if (is_root) {
		start_trace(stack, call);
		return;
	}
	if (!top || !top->trace)
		return;
	span_of(top)->last_ns = call->now;
	if (!has_room_for(top->trace, call))
		drop_span(top->trace, RECORDING_DROP_SPAN_LIMIT);
	else
		push(stack, call, top->trace, add_span(top->trace, call, top->span));
}

/* This thread's, held against handlers; NULL: it has none, or is changing it. */
static struct stack *hold_stack(void)
{
	const struct lane *lane = &pcarch_lane;
	struct stack *stack;

	if (!stacks || !lane->table || lane->is_busy)
		return NULL;
	stack = &stacks[lane->table - recording.tables];
	if (stack->is_busy)
		return NULL;
	stack->is_busy = true;
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	return stack;
}

static void let_go(struct stack *stack)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	stack->is_busy = false;
}

/* The kernel looks at the set before it finds that this is no way to change it. */
static bool is_readable(uint64_t address)
{
	return syscall(SYS_rt_sigprocmask, ~0, address, NULL, sizeof(uint64_t)) == -1 &&
	       errno != EFAULT;
}

/*
 * A frame above this one may be gone, too: then the call that leads here has mostly put
 * its own return address in its place. Stacks of coroutines may be gone as a whole.
 */
static void pop_overwritten(struct stack *stack, uint64_t now)
{
	while (stack->depth) {
		const struct frame *top = &stack->frames[stack->depth - 1];
		int saved = errno;
		bool is_there = is_readable(top->sp);

		errno = saved;
		if (is_there && *(const uint64_t *)top->sp == top->site)
			return;
		pop(stack, now, RECORDING_SPAN_BOUNDS);
	}
}

/* Whether a trace may start, or a span be added below the innermost one. */
static bool may_begin(const struct stack *stack, const struct call *call)
{
	const struct recording_trace *trace = stack->frames[stack->depth - 1].trace;

	return call->root || (trace && has_room_for(trace, call));
}

void spans_enter(uint64_t site, uint64_t callee, uint64_t sp)
{
	uint64_t *count = lane_find(&pcarch_lane, site, callee);
	struct call call = {.site = site, .callee = callee, .function = callee, .sp = sp};
	struct stack *stack;

	if (count)
		lane_increment(count);
	else
		lane_miss(site, callee);
	if (ticks_are_counted())
		lane_tick(site, callee);
	stack = recording.header ? hold_stack() : NULL;
	if (!stack)
		return;
	call.root = filter_root(callee);
	if (stack->depth || !filter_has_roots() || call.root) {
		call.now = recording_clock();
		while (stack->depth && stack->frames[stack->depth - 1].sp <= sp)
			pop(stack, call.now, RECORDING_SPAN_BOUNDS);
		if (stack->depth && may_begin(stack, &call))
			pop_overwritten(stack, call.now);
		begin_span(stack, &call);
	}
	let_go(stack);
}

/* An inlined function has the frame, and the call site, of the one around it. */
static bool is_gone(const struct frame *frame, uint64_t site, uint64_t sp)
{
	return frame->sp < sp || (frame->sp == sp && frame->site != site);
}

void spans_enter_function(uint64_t function, uint64_t site, uint64_t body, uint64_t sp)
{
	struct stack *stack = hold_stack();
	struct call call = {.site = site,
		.callee = body,
		.function = function,
		.sp = sp,
		.flags = RECORDING_EDGE_BODY};

	if (!stack)
		return;
	call.root = filter_root(function);
	call.now = recording_clock();
	while (stack->depth && is_gone(&stack->frames[stack->depth - 1], site, sp))
		pop(stack, call.now, RECORDING_SPAN_BOUNDS);
	begin_span(stack, &call);
	let_go(stack);
}

void spans_exit_function(uint64_t function, uint64_t sp)
{
	struct stack *stack = hold_stack();
	uint64_t now;

	if (!stack)
		return;
	now = stack->depth ? recording_clock() : 0;
	while (stack->depth && stack->frames[stack->depth - 1].sp < sp)
		pop(stack, now, RECORDING_SPAN_BOUNDS);
	if (stack->depth && stack->frames[stack->depth - 1].sp == sp &&
		stack->frames[stack->depth - 1].function == function)
		pop(stack, now, 0);
	let_go(stack);
}

static bool is_told(const struct recording_execution *execution)
{
	static const struct recording_execution nothing;

	return memcmp(execution, &nothing, sizeof(nothing)) != 0;
}

static bool is_same(const struct recording_execution *a,
	const struct recording_execution *b)
{
	return memcmp(a->guid, b->guid, RECORDING_NONCE_SIZE) == 0;
}

/* The innermost trace is what it is told in; those around it know it, or are more. */
static void tell_trace(struct recording_trace *trace,
	const struct recording_execution *execution, bool is_innermost)
{
	bool is_known = is_told(&trace->execution);

	if (trace->flags & RECORDING_TRACE_SEVERAL)
		return;
	if (is_known ? is_same(&trace->execution, execution) : is_innermost) {
		trace->execution = *execution;
		if (!is_known)
			trace->told_ns = recording_clock();
	} else if (is_innermost) {
		trace->execution = (struct recording_execution){0};
		trace->flags |= RECORDING_TRACE_SEVERAL;
	}
}

void spans_tell(const struct recording_execution *execution)
{
	struct stack *stack = hold_stack();
	struct recording_trace *innermost = NULL;

	if (!stack)
		return;
	stack->execution = *execution;
	for (unsigned i = stack->depth; is_told(execution) && i-- > 0;) {
		struct recording_trace *trace = stack->frames[i].trace;

		if (!trace)
			continue;
		innermost = innermost ? innermost : trace;
		tell_trace(trace, execution, trace == innermost);
	}
	let_go(stack);
}

void spans_here(uint64_t *trace, uint64_t *span)
{
	struct stack *stack = hold_stack();
	const struct frame *top;

	if (!stack)
		return;
	top = stack->depth ? &stack->frames[stack->depth - 1] : NULL;
	if (top && top->trace) {
		*trace = top->trace->number;
		*span = top->span;
	}
	let_go(stack);
}

void spans_end_thread(const struct recording_table *table)
{
	struct stack *stack = stacks && table ? &stacks[table - recording.tables] : NULL;
	uint64_t now = recording_clock();

	while (stack && stack->depth)
		pop(stack, now, RECORDING_SPAN_BOUNDS);
	if (stack)
		stack->execution = (struct recording_execution){0};
}
