#include "core/dynamic_merge.h"

#include "core/arena.h"
#include "core/dynamic_builder.h"

#include <stdlib.h>
#include <string.h>

/* What the indices of the trace are in the builder; heap. */
struct mapping {
	uint32_t *runs, *processes, *functions;
};

static void mapping_release(struct mapping *mapping)
{
	free(mapping->runs);
	free(mapping->processes);
	free(mapping->functions);
}

#define scoped_mapping __attribute__((cleanup(mapping_release))) struct mapping

static void mapping_make(struct mapping *mapping, struct dynamic_builder *builder,
	const struct dynamic_trace *trace)
{
	mapping->runs = xmalloc(trace->nruns * sizeof(uint32_t));
	mapping->processes = xmalloc(trace->nprocesses * sizeof(uint32_t));
	mapping->functions = xmalloc(trace->nfunctions * sizeof(uint32_t));
	for (size_t i = 0; i < trace->nruns; i++) {
		const struct traced_run *run = &trace->runs[i];

		mapping->runs[i] = dynamic_builder_run(builder, run->id);
		for (size_t k = 0; k < run->nsources; k++)
			dynamic_builder_source(builder, mapping->runs[i],
				run->sources[k]);
	}
	for (size_t i = 0; i < trace->nprocesses; i++) {
		struct process process = trace->processes[i];

		process.run = mapping->runs[process.run];
		mapping->processes[i] = dynamic_builder_process(builder, &process);
	}
	for (size_t i = 0; i < trace->nfunctions; i++)
		mapping->functions[i] =
			dynamic_builder_function(builder, &trace->functions[i]);
}

static uint32_t map_function(const struct mapping *mapping, uint32_t function)
{
	return function == TRACE_NONE ? TRACE_NONE : mapping->functions[function];
}

static void merge_route(struct dynamic_builder *builder, const struct mapping *mapping,
	const struct covered_route *route)
{
	for (size_t i = 0; i < route->nshares; i++) {
		struct route_share share = route->shares[i];

		share.run = mapping->runs[share.run];
		dynamic_builder_route(builder, route, &share);
	}
}

static void merge_trace(struct dynamic_builder *builder, const struct mapping *mapping,
	const struct observed_trace *trace)
{
	struct span *spans = xmalloc(trace->nspans * sizeof(*spans));
	struct observed_trace mapped = *trace;

	for (size_t i = 0; i < trace->nspans; i++) {
		spans[i] = trace->spans[i];
		spans[i].process = mapping->processes[spans[i].process];
		spans[i].function = map_function(mapping, spans[i].function);
	}
	mapped.spans = spans;
	dynamic_builder_trace(builder, &mapped);
	free(spans);
}

void dynamic_merge(struct dynamic_builder *builder, const struct dynamic_trace *trace)
{
	scoped_mapping mapping = {0};

	mapping_make(&mapping, builder, trace);
	for (size_t i = 0; i < trace->ncalls; i++) {
		struct observed_call call = trace->calls[i];

		call.caller = map_function(&mapping, call.caller);
		call.callee = mapping.functions[call.callee];
		for (size_t k = 0; k < call.nshares; k++) {
			struct call_share share = call.shares[k];

			share.run = mapping.runs[share.run];
			dynamic_builder_join(builder, &call, &share);
		}
	}
	for (size_t i = 0; i < trace->nentries; i++) {
		struct covered_entry entry = trace->entries[i];

		entry.function = mapping.functions[entry.function];
		dynamic_builder_entry(builder, &entry);
	}
	for (size_t i = 0; i < trace->nroutes; i++)
		merge_route(builder, &mapping, &trace->routes[i]);
	for (size_t i = 0; i < trace->ntraces; i++)
		merge_trace(builder, &mapping, &trace->traces[i]);
}
