#include "core/dynamic_builder.h"

#include "core/arena.h"
#include "core/dynamic_keys.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

void dynamic_builder_init(struct dynamic_builder *builder, struct arena *arena)
{
	*builder = (struct dynamic_builder){
		.arena = arena,
		.strings.arena = arena,
		.run_keys.key_bytes = sizeof(const char *),
		.source_keys.key_bytes = sizeof(struct source_key),
		.process_keys.key_bytes = sizeof(struct process_key),
		.function_keys.key_bytes = sizeof(struct function_key),
		.call_keys.key_bytes = sizeof(struct call_key),
		.share_keys.key_bytes = sizeof(struct share_key),
		.entry_keys.key_bytes = sizeof(struct entry_key),
		.route_keys.key_bytes = sizeof(struct route_key),
		.route_share_keys.key_bytes = sizeof(struct route_share_key),
		.trace_keys.key_bytes = sizeof(struct trace_key),
	};
}

void dynamic_builder_release(struct dynamic_builder *builder)
{
	for (size_t i = 0; i < builder->trace_keys.count; i++) {
		key_table_release(&builder->traces[i].span_keys);
		key_table_release(&builder->traces[i].link_keys);
		free(builder->traces[i].spans);
	}
	interner_release(&builder->strings);
	key_table_release(&builder->run_keys);
	key_table_release(&builder->source_keys);
	key_table_release(&builder->process_keys);
	key_table_release(&builder->function_keys);
	key_table_release(&builder->call_keys);
	key_table_release(&builder->share_keys);
	key_table_release(&builder->entry_keys);
	key_table_release(&builder->route_keys);
	key_table_release(&builder->route_share_keys);
	key_table_release(&builder->trace_keys);
	free(builder->processes);
	free(builder->shares);
	free(builder->routes);
	free(builder->route_shares);
	free(builder->traces);
	builder->processes = NULL;
	builder->shares = NULL;
	builder->routes = NULL;
	builder->route_shares = NULL;
	builder->traces = NULL;
}

static const char *keep(struct dynamic_builder *builder, const char *string)
{
	return string ? intern_string(&builder->strings, string) : NULL;
}

static uint64_t greater(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

uint32_t dynamic_builder_run(struct dynamic_builder *builder, const char *id)
{
	const char *key = keep(builder, id);

	return key_table_add(&builder->run_keys, &key, NULL);
}

void dynamic_builder_source(struct dynamic_builder *builder, uint32_t run,
	const char *file)
{
	const struct source_key key = {keep(builder, file), run};

	key_table_add(&builder->source_keys, &key, NULL);
}

static int by_reason(const void *a, const void *b)
{
	return strcmp(((const struct drop *)a)->reason, ((const struct drop *)b)->reason);
}

static int by_object(const void *a, const void *b)
{
	const struct loaded_object *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	return order ? order
		     : strcmp(left->build_id ? left->build_id : "",
			       right->build_id ? right->build_id : "");
}

static void join_drops(struct dynamic_builder *builder, struct process *into,
	const struct process *other)
{
	size_t n = into->ndrops + other->ndrops, kept = 0;
	struct drop *drops = arena_alloc(builder->arena, n * sizeof(*drops));

	for (size_t i = 0; i < n; i++) {
		drops[i] = i < into->ndrops ? into->drops[i]
					    : other->drops[i - into->ndrops];
		drops[i].reason = keep(builder, drops[i].reason);
	}
	qsort(drops, n, sizeof(*drops), by_reason);
	for (size_t i = 0; i < n; i++) {
		if (kept && drops[kept - 1].reason == drops[i].reason)
			drops[kept - 1].count =
				greater(drops[kept - 1].count, drops[i].count);
		else
			drops[kept++] = drops[i];
	}
	into->drops = drops;
	into->ndrops = kept;
}

static void join_objects(struct dynamic_builder *builder, struct process *into,
	const struct process *other)
{
	size_t n = into->nobjects + other->nobjects, kept = 0;
	struct loaded_object *objects = arena_alloc(builder->arena, n * sizeof(*objects));

	for (size_t i = 0; i < n; i++) {
		objects[i] = i < into->nobjects ? into->objects[i]
						: other->objects[i - into->nobjects];
		objects[i].name = keep(builder, objects[i].name);
		objects[i].build_id = keep(builder, objects[i].build_id);
	}
	qsort(objects, n, sizeof(*objects), by_object);
	for (size_t i = 0; i < n; i++)
		if (!kept || by_object(&objects[kept - 1], &objects[i]) != 0)
			objects[kept++] = objects[i];
	into->objects = objects;
	into->nobjects = kept;
}

static void join_process(struct process *into, const struct process *other)
{
	into->pid = (uint32_t)greater(into->pid, other->pid);
	into->parent = (uint32_t)greater(into->parent, other->parent);
	if (strcmp(into->program, other->program) < 0)
		into->program = other->program;
	if (into->mode < other->mode)
		into->mode = other->mode;
	into->start_us = greater(into->start_us, other->start_us);
	into->end_us = greater(into->end_us, other->end_us);
	if (into->status < other->status)
		into->status = other->status;
	into->tick_us = (uint32_t)greater(into->tick_us, other->tick_us);
	into->is_complete = into->is_complete && other->is_complete;
}

uint32_t dynamic_builder_process(struct dynamic_builder *builder,
	const struct process *process)
{
	const struct process_key key = {keep(builder, process->id), process->run};
	bool is_new;
	uint32_t index = key_table_add(&builder->process_keys, &key, &is_new);
	struct process kept = *process;

	kept.id = key.id;
	kept.program = keep(builder, process->program);
	kept.ndrops = kept.nobjects = 0;
	if (is_new) {
		builder->processes = grow(builder->processes, index,
			&builder->process_room, sizeof(*builder->processes));
		builder->processes[index] = kept;
	} else {
		join_process(&builder->processes[index], &kept);
	}
	join_drops(builder, &builder->processes[index], process);
	join_objects(builder, &builder->processes[index], process);
	return index;
}

uint32_t dynamic_builder_function(struct dynamic_builder *builder,
	const struct function *fn)
{
	struct function_key key = {
		.module = keep(builder, fn->module),
		.name = keep(builder, fn->name),
		.file = keep(builder, fn->file),
		.arity = fn->arity,
		.line = fn->line,
		.type = fn->type,
	};

	return key_table_add(&builder->function_keys, &key, NULL);
}

static struct call_share *find_share(struct dynamic_builder *builder,
	const struct observed_call *call, uint32_t run)
{
	const struct call_key key = {
		.file = keep(builder, call->file),
		.through = keep(builder, call->through),
		.caller = call->caller,
		.callee = call->callee,
		.line = call->file ? call->line : 0,
		.column = call->file ? call->column : 0,
		.root = call->root,
		.is_inlined = call->is_inlined,
	};
	const struct share_key share = {
		key_table_add(&builder->call_keys, &key, NULL), run};
	bool is_new;
	uint32_t index = key_table_add(&builder->share_keys, &share, &is_new);

	if (is_new) {
		builder->shares = grow(builder->shares, index, &builder->share_room,
			sizeof(*builder->shares));
		builder->shares[index] = (struct call_share){.run = run};
	}
	return &builder->shares[index];
}

void dynamic_builder_count(struct dynamic_builder *builder,
	const struct observed_call *call, const struct call_share *share)
{
	struct call_share *sum = find_share(builder, call, share->run);

	sum->count = dynamic_sum(sum->count, share->count);
	sum->total_us = dynamic_sum(sum->total_us, share->total_us);
}

void dynamic_builder_join(struct dynamic_builder *builder,
	const struct observed_call *call, const struct call_share *share)
{
	struct call_share *most = find_share(builder, call, share->run);

	most->count = greater(most->count, share->count);
	most->total_us = greater(most->total_us, share->total_us);
}

void dynamic_builder_entry(struct dynamic_builder *builder,
	const struct covered_entry *entry)
{
	const struct entry_key key = {
		keep(builder, entry->id), keep(builder, entry->type), entry->function};

	key_table_add(&builder->entry_keys, &key, NULL);
}

static uint32_t find_route(struct dynamic_builder *builder,
	const struct covered_route *route)
{
	struct route_key key = {
		.id = keep(builder, route->id),
		.program = keep(builder, route->program),
		.is_default = route->is_default,
	};
	scoped_text words = {0};
	const char **tokens;
	bool is_new;
	uint32_t index;

	for (size_t i = 0; i < route->ntokens; i++)
		text_printf(&words, "%s\x1f", route->tokens[i]);
	key.words = keep(builder, text_string(&words));
	index = key_table_add(&builder->route_keys, &key, &is_new);
	if (!is_new)
		return index;
	tokens = arena_alloc(builder->arena, route->ntokens * sizeof(*tokens));
	for (size_t i = 0; i < route->ntokens; i++)
		tokens[i] = keep(builder, route->tokens[i]);
	builder->routes = grow(builder->routes, index, &builder->route_room,
		sizeof(*builder->routes));
	builder->routes[index] = (struct building_route){tokens, route->ntokens};
	return index;
}

void dynamic_builder_route(struct dynamic_builder *builder,
	const struct covered_route *route, const struct route_share *share)
{
	const struct route_share_key key = {find_route(builder, route), share->run};
	bool is_new;
	uint32_t index = key_table_add(&builder->route_share_keys, &key, &is_new);
	struct route_share *most;

	if (is_new) {
		builder->route_shares = grow(builder->route_shares, index,
			&builder->route_share_room, sizeof(*builder->route_shares));
		builder->route_shares[index] = (struct route_share){.run = share->run};
	}
	most = &builder->route_shares[index];
	most->count = greater(most->count, share->count);
	most->undecided = greater(most->undecided, share->undecided);
}

/* Which of two states of one span is kept, whatever the order they come in. */
static bool is_later(const struct span *a, const struct span *b)
{
	if (a->duration_us != b->duration_us)
		return a->duration_us > b->duration_us;
	if (a->start_us != b->start_us)
		return a->start_us > b->start_us;
	return a->nmetadata > b->nmetadata;
}

static void add_span(struct dynamic_builder *builder, struct building_trace *trace,
	const struct span *span)
{
	const char *key = keep(builder, span->id);
	bool is_new;
	uint32_t index = key_table_add(&trace->span_keys, &key, &is_new);
	struct metadata *metadata;

	if (is_new)
		trace->spans = grow(trace->spans, index, &trace->span_room,
			sizeof(*trace->spans));
	else if (!is_later(span, &trace->spans[index]))
		return;
	metadata = arena_alloc(builder->arena, span->nmetadata * sizeof(*metadata));
	for (size_t i = 0; i < span->nmetadata; i++)
		metadata[i] = (struct metadata){keep(builder, span->metadata[i].key),
			keep(builder, span->metadata[i].value)};
	trace->spans[index] = *span;
	trace->spans[index].id = key;
	trace->spans[index].parent = keep(builder, span->parent);
	trace->spans[index].name = keep(builder, span->name);
	trace->spans[index].metadata = metadata;
}

void dynamic_builder_trace(struct dynamic_builder *builder,
	const struct observed_trace *trace)
{
	const struct trace_key key = {
		.id = keep(builder, trace->id),
		.guid = keep(builder, trace->guid),
		.route_id = keep(builder, trace->route_id),
		.route = keep(builder, trace->route),
		.entry_point = keep(builder, trace->entry_point),
	};
	bool is_new;
	uint32_t index = key_table_add(&builder->trace_keys, &key, &is_new);

	if (is_new) {
		builder->traces = grow(builder->traces, index, &builder->trace_room,
			sizeof(*builder->traces));
		builder->traces[index] = (struct building_trace){
			.span_keys.key_bytes = sizeof(const char *),
			.link_keys.key_bytes = sizeof(const char *),
		};
	}
	for (size_t i = 0; i < trace->nspans; i++)
		add_span(builder, &builder->traces[index], &trace->spans[i]);
	for (size_t i = 0; i < trace->nlinks; i++) {
		const char *link = keep(builder, trace->links[i]);

		key_table_add(&builder->traces[index].link_keys, &link, NULL);
	}
}
