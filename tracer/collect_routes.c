/* Which commands ran, and how often: by the calls of their handlers, and by traces. */
#include "core/arena.h"
#include "core/dynamic_keys.h"
#include "core/trace.h"
#include "tracer/collection.h"

#include <stdlib.h>
#include <string.h>

/* By number of a handler, and by route; heap. */
struct tally {
	const struct command_routes *routes;
	uint64_t *calls; /* of each handler */
	uint64_t *decided; /* those of which a trace tells which command it was */
	uint64_t *ran; /* traces of each route, or of one below it */
	uint64_t *unsure; /* those of a route where it may have been one below it */
	bool *is_possible; /* a program that has the route ran */
};

static void tally_release(struct tally *tally)
{
	free(tally->calls);
	free(tally->decided);
	free(tally->ran);
	free(tally->unsure);
	free(tally->is_possible);
}

#define scoped_tally __attribute__((cleanup(tally_release))) struct tally

static void *zeros(size_t n, size_t size)
{
	void *bytes = xmalloc((n + 1) * size);

	memset(bytes, 0, (n + 1) * size);
	return bytes;
}

static void count_calls(struct collection *all, struct tally *tally)
{
	const struct dynamic_builder *builder = &all->builder;
	const struct call_key *calls = (const struct call_key *)builder->call_keys.keys;
	const struct share_key *keys = (const struct share_key *)builder->share_keys.keys;

	for (size_t i = 0; i < builder->share_keys.count; i++) {
		const struct call_key *call = &calls[keys[i].call];
		const struct observed_call site = {
			.file = call->file, .line = call->line};
		uint32_t handler = collect_handler(all, call->callee,
			call->is_inlined ? NULL : &site);

		if (handler != TRACE_NONE)
			tally->calls[handler] = dynamic_sum(tally->calls[handler],
				builder->shares[i].count);
	}
}

static bool has_route(const struct command_routes *routes, uint32_t handler,
	uint32_t route)
{
	struct index_list of = command_routes_of(routes, handler);

	for (size_t i = 0; i < of.count; i++)
		if (of.items[i] == route)
			return true;
	return false;
}

/* Does one of the handlers that ran in the trace run the route? */
static bool ran_in(const struct tally *tally, const struct found_trace *trace,
	uint32_t route)
{
	for (size_t i = 0; i < trace->nhandlers; i++)
		if (has_route(tally->routes, trace->handlers[i], route))
			return true;
	return false;
}

/* Which route did a handler run in this trace: the one chosen, or one above it? */
static bool is_decided(const struct tally *tally, const struct found_trace *trace,
	uint32_t handler)
{
	uint32_t route = trace->choice.route;

	if (trace->choice.is_shared && route != TRACE_NONE)
		route = tally->routes->program->routes[route].parent;
	for (; route != TRACE_NONE; route = tally->routes->program->routes[route].parent)
		if (has_route(tally->routes, handler, route))
			return true;
	return false;
}

static void count_trace(struct tally *tally, const struct found_trace *trace)
{
	uint32_t route = trace->nhandlers ? trace->choice.route : TRACE_NONE;

	if (route != TRACE_NONE && trace->choice.is_shared)
		tally->unsure[route]++;
	for (; route != TRACE_NONE; route = tally->routes->program->routes[route].parent)
		tally->ran[route] +=
			route == trace->choice.route || ran_in(tally, trace, route);
	for (size_t i = 0; i < trace->nhandlers; i++)
		tally->decided[trace->handlers[i]] +=
			is_decided(tally, trace, trace->handlers[i]);
}

/* A program ran that the scan, which knows sources, calls otherwise. */
static bool has_stranger(const struct collection *all, const struct static_trace *program)
{
	for (size_t k = 0; k < all->nprocesses; k++) {
		size_t i = 0;

		while (i < program->nroutes &&
			strcmp(program->routes[i].program,
				all->processes[k].line.program) != 0)
			i++;
		if (i == program->nroutes)
			return true;
	}
	return !all->nprocesses;
}

/* Programs that did not run do not share anything. */
static void find_possible(const struct collection *all, struct tally *tally)
{
	const struct static_trace *program = tally->routes->program;
	bool is_any = has_stranger(all, program);

	for (size_t i = 0; i < program->nroutes; i++) {
		tally->is_possible[i] = is_any;
		for (size_t k = 0; k < all->nprocesses; k++)
			tally->is_possible[i] |=
				strcmp(program->routes[i].program,
					all->processes[k].line.program) == 0;
	}
}

static uint64_t less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

/* What one of its handlers says of a route. */
static void add_handler(const struct tally *tally, uint32_t handler, uint32_t route,
	struct route_share *share)
{
	struct index_list of = command_routes_of(tally->routes, handler);
	uint64_t calls = tally->calls[handler];
	size_t npossible = 0;

	for (size_t i = 0; i < of.count; i++)
		npossible += tally->is_possible[of.items[i]];
	if (npossible == 1) {
		share->count = dynamic_sum(share->count, calls);
		return;
	}
	calls = less(calls, tally->decided[handler]);
	share->undecided =
		dynamic_sum(share->undecided, less(calls, tally->unsure[route]));
}

static void add_route(struct collection *all, const struct tally *tally, uint32_t index,
	struct route_share share)
{
	const struct route *route = &tally->routes->program->routes[index];
	struct covered_route covered = {
		.id = route->route_id,
		.program = route->program,
		.tokens = route->tokens,
		.ntokens = route->ntokens,
		.is_default = route->is_default,
	};

	share.run = all->run;
	if (share.count < tally->ran[index])
		share.count = tally->ran[index];
	if (tally->is_possible[index] && (share.count || share.undecided))
		dynamic_builder_route(&all->builder, &covered, &share);
}

void collect_routes(struct collection *all)
{
	size_t nroutes = all->routes.program->nroutes;
	size_t nhandlers = command_routes_nhandlers(&all->routes);
	scoped_tally tally = {
		.routes = &all->routes,
		.calls = zeros(nhandlers, sizeof(*tally.calls)),
		.decided = zeros(nhandlers, sizeof(*tally.decided)),
		.ran = zeros(nroutes, sizeof(*tally.ran)),
		.unsure = zeros(nroutes, sizeof(*tally.unsure)),
		.is_possible = zeros(nroutes, sizeof(*tally.is_possible)),
	};

	struct route_share *shares = zeros(nroutes, sizeof(*shares));

	count_calls(all, &tally);
	for (size_t i = 0; i < all->ntraces; i++)
		count_trace(&tally, &all->traces[i]);
	find_possible(all, &tally);
	for (uint32_t i = 0; i < nhandlers; i++) {
		struct index_list of = command_routes_of(&all->routes, i);

		for (size_t k = 0; k < of.count; k++)
			add_handler(&tally, i, of.items[k], &shares[of.items[k]]);
	}
	for (uint32_t i = 0; i < nroutes; i++)
		add_route(all, &tally, i, shares[i]);
	free(shares);
}
