/* What each trace is of: where it belongs, and which command ran in it. */
#include "core/arena.h"
#include "core/dynamic_keys.h"
#include "core/trace.h"
#include "tracer/collection.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_INLINED = 16, /* of the functions inlined at one place */
	MAX_NESTING = 64, /* of traces in traces: then they are told apart */
};

/* --- handlers -------------------------------------------------------------------- */

uint32_t collect_handler(const struct collection *all, uint32_t function,
	const struct observed_call *site)
{
	const struct function_key *keys =
		(const struct function_key *)all->builder.function_keys.keys;
	struct handler_call call = {.name = keys[function].name,
		.file = keys[function].file,
		.is_direct = !site};

	if (site) {
		call.site_file = site->file;
		call.site_line = site->line;
	}
	return command_routes_handler(&all->routes, &call);
}

static void keep_handler(struct found_trace *trace, uint32_t handler)
{
	for (size_t i = 0; i < trace->nhandlers; i++)
		if (trace->handlers[i] == handler)
			return;
	if (handler == TRACE_NONE)
		return;
	trace->handlers = grow(trace->handlers, trace->nhandlers, &trace->handler_room,
		sizeof(*trace->handlers));
	trace->handlers[trace->nhandlers++] = handler;
}

/* Where no file is known, there must be one of the name. */
static const struct entry_point *entry_of(const struct collection *all,
	const struct function *fn)
{
	const struct static_trace *program = all->options->program;
	const struct entry_point *found = NULL;

	for (size_t i = 0; program && i < program->nentry_points; i++) {
		const struct function *entry =
			&program->functions[program->entry_points[i].function];

		if (strcmp(entry->name, fn->name) != 0)
			continue;
		if (strcmp(entry->file, fn->file) == 0)
			return &program->entry_points[i];
		if (found && !fn->file[0])
			return NULL;
		found = fn->file[0] ? NULL : &program->entry_points[i];
	}
	return found;
}

/* Something may have been called from inside a handler that is inlined. */
static void resolve_trace(struct collection *all, struct found_trace *trace)
{
	for (size_t i = 0; i < trace->nspans; i++) {
		struct found_span *span = &trace->spans[i];
		struct observed_call site = {0};
		uint32_t inlined[MAX_INLINED];
		struct function fn;
		size_t n = 0;

		span->function = collect_callee(all, &span->edge, &fn);
		collect_site(all, &span->edge, &site);
		if (i == 0)
			trace->entry = entry_of(all, &fn);
		else
			n = collect_inlined(all, &span->edge, inlined, MAX_INLINED);
		for (size_t k = 0; k < n; k++)
			keep_handler(trace, collect_handler(all, inlined[k], NULL));
		keep_handler(trace, collect_handler(all, span->function, &site));
		if (i == 0)
			trace->is_command = trace->nhandlers > 0;
	}
}

/* --- what is in what ---------------------------------------------------------------- */

struct trace_place {
	const char *process;
	uint64_t number;
};

/* A process that was forked goes on where its parent was. */
static uint32_t find_outer(const struct collection *all, const struct key_table *places,
	struct found_trace *trace)
{
	const struct found_process *process = &all->processes[trace->process];
	struct trace_place place = {trace->process_id, trace->parent};

	if (!trace->parent && process->fork_trace) {
		place = (struct trace_place){process->parent_id, process->fork_trace};
		trace->is_forked = true;
	}
	return place.number ? key_table_find(places, &place) : (uint32_t)TRACE_NONE;
}

/* False: two say that they are the same, as no runtime writes them. */
static bool find_places(struct collection *all)
{
	struct key_table places = {.key_bytes = sizeof(struct trace_place)};
	bool are_all_new = true, is_new;

	for (size_t i = 0; i < all->ntraces; i++) {
		key_table_add(&places,
			&(struct trace_place){
				all->traces[i].process_id, all->traces[i].number},
			&is_new);
		are_all_new = are_all_new && is_new;
	}
	for (size_t i = 0; i < all->ntraces; i++)
		all->traces[i].outer = find_outer(all, &places, &all->traces[i]);
	key_table_release(&places);
	return are_all_new;
}

static bool has_type(const struct found_trace *trace, const char *const *types)
{
	for (; trace->entry && *types; types++)
		if (strcmp(trace->entry->type, *types) == 0)
			return true;
	return false;
}

static bool is_request(const struct found_trace *trace)
{
	static const char *const types[] = {"http", "amqp", NULL};

	return has_type(trace, types);
}

static bool is_main(const struct found_trace *trace)
{
	static const char *const types[] = {"cli", NULL};

	return has_type(trace, types);
}

/* The nearest one around it that is a request, or that main() started; NULL: none. */
static struct found_trace *find_own(struct collection *all,
	const struct found_trace *trace)
{
	for (int i = 0; i < MAX_NESTING; i++) {
		if (trace->outer == TRACE_NONE || trace->is_forked)
			return NULL;
		trace = &all->traces[trace->outer];
		if (is_main(trace) || is_request(trace))
			return &all->traces[trace - all->traces];
	}
	return NULL;
}

/* --- commands --------------------------------------------------------------------- */

static void choose(struct collection *all, struct found_trace *trace, bool ask_words)
{
	struct command_line line = all->processes[trace->process].line;

	line.has_words = line.has_words && ask_words;
	command_routes_choose(&all->routes,
		(struct index_list){trace->handlers, trace->nhandlers}, &line,
		&trace->choice);
}

/* What the process was started for, by the words that it was started with; or what a
 * request asks for. */
static bool join_own(struct collection *all, struct found_trace *own,
	struct found_trace *trace)
{
	const struct route_choice before = own->choice;
	size_t nhandlers = own->nhandlers;

	if (own->has_joined)
		return false;
	for (size_t i = 0; i < trace->nhandlers; i++)
		keep_handler(own, trace->handlers[i]);
	choose(all, own, !is_request(own));
	own->has_joined = is_request(own) ||
			  (own->choice.is_typed && own->choice.route != TRACE_NONE &&
				  own->choice.route != before.route);
	if (own->has_joined)
		return true;
	own->nhandlers = nhandlers;
	own->choice = before;
	return false;
}

/*
 * The first one that the command line names is a part of the process's own trace, and the
 * first one of a request of the request's. All others run beside them.
 */
static void place_command(struct collection *all, struct found_trace *trace)
{
	struct found_trace *own = find_own(all, trace);

	if (own && join_own(all, own, trace)) {
		trace->joins = (uint32_t)(own - all->traces);
		trace->nhandlers = 0;
		return;
	}
	choose(all, trace, is_main(trace));
	trace->is_apart = !is_main(trace);
	if (own)
		own->has_apart = true;
}

/* Does it run below a command or a request? */
static bool is_in_another(const struct collection *all, const struct found_trace *trace)
{
	for (int i = 0; i < MAX_NESTING && trace->outer != TRACE_NONE; i++) {
		trace = &all->traces[trace->outer];
		if (trace->is_command || is_request(trace))
			return true;
	}
	return false;
}

/*
 * What a process waits for comes again and again, and is told apart; what a library
 * calls for a command belongs to the command. Signals, exit handlers and the like belong
 * to what they interrupt or end.
 */
static bool is_event(const struct collection *all, const struct found_trace *trace)
{
	static const char *const callbacks[] = {"callback", "timer", "ffi", NULL};

	return (is_request(trace) || has_type(trace, callbacks)) &&
	       !is_in_another(all, trace);
}

static int by_number(const void *a, const void *b, void *context)
{
	const struct found_trace *traces = context;
	const struct found_trace *left = &traces[*(const uint32_t *)a];
	const struct found_trace *right = &traces[*(const uint32_t *)b];

	if (left->process != right->process)
		return left->process < right->process ? -1 : 1;
	return (left->number > right->number) - (left->number < right->number);
}

/* A library hands requests to a function that hands them on: the last one is known best.
 */
static void join_request(struct collection *all, struct found_trace *trace)
{
	struct found_trace *own = is_request(trace) ? find_own(all, trace) : NULL;

	if (!own || !is_request(own))
		return;
	own->entry = trace->entry;
	trace->joins = (uint32_t)(own - all->traces);
}

/* In the order in which they began: one joins what was before it. */
static void place_commands(struct collection *all)
{
	uint32_t *order = xmalloc(all->ntraces * sizeof(*order));

	for (uint32_t i = 0; i < all->ntraces; i++)
		order[i] = i;
	qsort_r(order, all->ntraces, sizeof(*order), by_number, all->traces);
	for (size_t i = 0; i < all->ntraces; i++) {
		struct found_trace *trace = &all->traces[order[i]];

		if (trace->is_command)
			place_command(all, trace);
		else if (trace->nhandlers)
			choose(all, trace, is_main(trace));
		if (!trace->is_apart)
			join_request(all, trace);
		if (trace->joins == TRACE_NONE && is_event(all, trace))
			trace->is_apart = true;
	}
	free(order);
}

void collect_commands(struct collection *all)
{
	for (size_t i = 0; i < all->ntraces; i++) {
		all->traces[i].joins = all->traces[i].outer = TRACE_NONE;
		all->traces[i].choice.route = TRACE_NONE;
		resolve_trace(all, &all->traces[i]);
	}
	if (!find_places(all)) {
		collect_problem(all, "a recording says the same of two traces: spans are "
				     "left out");
		collect_release_traces(all);
	}
	place_commands(all);
}
