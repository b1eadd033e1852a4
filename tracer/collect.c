#include "tracer/collect.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "tracer/audit/audit.h"
#include "tracer/audit_log.h"
#include "tracer/collection.h"
#include "tracer/recording.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void collect_problem(struct collection *all, const char *fmt, ...)
{
	va_list args;

	all->problems = grow(all->problems, all->nproblems, &all->problem_room,
		sizeof(*all->problems));
	va_start(args, fmt);
	all->problems[all->nproblems++] = arena_vprintf(all->arena, fmt, args);
	va_end(args);
}

static void add_recording(struct collection *all, const struct recording *recording)
{
	uint32_t *indices =
		arena_alloc(all->arena, recording->nobjects * sizeof(*indices));
	uint32_t process;

	for (size_t i = 0; i < recording->nobjects; i++)
		indices[i] = traced_objects_add(&all->objects, recording,
			&recording->objects[i]);
	process = collect_process(all, recording, indices);
	edge_table_add(&all->edges, &all->objects, recording, indices);
	collect_traces(all, recording, process, indices);
}

/* Was anything in the process compiled to be recorded? */
static bool is_bare(const struct recording *recording)
{
	const uint64_t any =
		RECORDING_PATCHABLE | RECORDING_PORTABLE | RECORDING_INDIRECT;

	for (size_t i = 0; i < recording->nobjects; i++)
		if (recording->objects[i].flags & RECORDING_OBJECT_REGISTERED)
			return false;
	return !(recording->header->state & any);
}

static void read_file(struct collection *all, const char *name)
{
	char *path = arena_printf(all->arena, "%s/%s", all->options->directory, name);
	scoped_recording recording = {0};
	struct error err;

	all->report.nrecordings++;
	if (!recording_read(&recording, path, &err)) {
		all->report.ndamaged++;
		collect_problem(all, "%s: %s", name, err.text);
		return;
	}
	if (is_bare(&recording))
		all->report.nbare++;
	else
		add_recording(all, &recording);
}

static void read_audit(struct collection *all, const char *name)
{
	char *path = arena_printf(all->arena, "%s/%s", all->options->directory, name);
	struct error err;

	if (!audit_log_read(&all->builder, path, all->run, &err))
		collect_problem(all, "%s: %s", name, err.text);
}

static int is_recording(const struct dirent *entry)
{
	return text_has_suffix(entry->d_name, RECORDING_SUFFIX);
}

static int is_audit(const struct dirent *entry)
{
	return text_has_suffix(entry->d_name, AUDIT_SUFFIX);
}

/* Read the files that are `wanted`, in the order of their names. */
static bool read_directory(struct collection *all, int (*wanted)(const struct dirent *),
	void (*read)(struct collection *, const char *), struct error *err)
{
	const char *directory = all->options->directory;
	struct dirent **entries;
	int n = scandir(directory, &entries, wanted, alphasort);

	if (n < 0)
		return error_set_errno(err, "read", directory, NULL);
	for (int i = 0; i < n; i++) {
		read(all, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return true;
}

/* --- edges -------------------------------------------------------------------- */

/* What `place` is in the source, in the builder. */
static uint32_t add_function(struct collection *all, uint32_t object,
	const struct traced_place *place, struct function *out)
{
	const struct traced_object *in = &all->objects.items[object];
	struct function fn = {
		.module = in->name,
		.name = place->name,
		.file = "",
		.type = place->is_public ? FUNCTION_PUBLIC : FUNCTION_PRIVATE,
	};

	if (!in->is_ours)
		fn.type = FUNCTION_EXTERNAL;
	if (place->name[0] == '+')
		fn.type = FUNCTION_UNKNOWN;
	if (place->function != CODE_NONE) {
		const struct code_function *source = &in->map.functions[place->function];

		fn.arity = source->arity;
		fn.line = source->line;
		fn.file = source_names_file(&all->names, source->file);
		if (fn.file[0])
			fn.module = source_names_module(&all->names, fn.file);
	}
	*out = fn;
	return dynamic_builder_function(&all->builder, &fn);
}

static uint32_t add_scope(struct collection *all, uint32_t object, uint32_t scope,
	struct function *out)
{
	struct traced_place place;

	traced_scope(&all->objects, object, scope, &place);
	return add_function(all, object, &place, out);
}

static void set_site(struct collection *all, struct observed_call *call, const char *file,
	unsigned line, unsigned column)
{
	call->file = NULL;
	call->line = call->column = 0;
	if (!file || !line)
		return;
	call->file = source_names_file(&all->names, file);
	call->line = line;
	call->column = column;
}

/* The innermost inlined scope at a place in a body; CODE_NONE: nothing is inlined there.
 */
static uint32_t inlined_at(const struct collection *all, uint32_t object,
	uint64_t address)
{
	const struct code_map *map = &all->objects.items[object].map;
	uint32_t scope = code_map_innermost(map, address);

	return scope != CODE_NONE && map->scopes[scope].parent != CODE_NONE ? scope
									    : CODE_NONE;
}

uint32_t collect_callee(struct collection *all, const struct edge *edge,
	struct function *out)
{
	uint64_t address = edge->callee - (edge->kind & EDGE_BODY ? 1 : 0);
	struct traced_place place;
	uint32_t scope = CODE_NONE;

	if (edge->kind & EDGE_BODY)
		scope = inlined_at(all, edge->callee_object, address);
	if (scope != CODE_NONE)
		return add_scope(all, edge->callee_object, scope, out);
	traced_body(&all->objects, edge->callee_object, address, &place);
	return add_function(all, edge->callee_object, &place, out);
}

/* An inlined call: from the scope around, at the line that the compiler noted. */
static void set_inlined(struct collection *all, uint32_t object, uint32_t scope,
	struct observed_call *call)
{
	const struct code_scope *inner = &all->objects.items[object].map.scopes[scope];
	struct function fn;

	call->callee = add_scope(all, object, scope, &fn);
	call->caller = add_scope(all, object, inner->parent, &fn);
	set_site(all, call, inner->call_file, inner->call_line, inner->call_column);
}

/* Sets *is_ours: the caller is a function whose source is known. */
static void set_caller(struct collection *all, const struct edge *edge,
	struct observed_call *call, bool *is_ours)
{
	const struct traced_object *object = &all->objects.items[edge->site_object];
	uint64_t address = edge->site - 1;
	uint32_t scope = code_map_innermost(&object->map, address);
	const struct code_line *line = code_map_line_at(&object->map, address);
	struct traced_place place;
	struct function fn;

	if (!object->is_ours) {
		call->through = traced_through(&all->objects, edge->site_object, address);
		return;
	}
	if (scope != CODE_NONE)
		traced_scope(&all->objects, edge->site_object, scope, &place);
	else
		traced_body(&all->objects, edge->site_object, address, &place);
	call->caller = add_function(all, edge->site_object, &place, &fn);
	*is_ours = place.function != CODE_NONE;
	if (line)
		set_site(all, call, line->file, line->line, line->column);
}

/* False: it is none, in the source. */
static bool make_call(struct collection *all, const struct edge *edge,
	struct observed_call *call)
{
	struct traced_place callee;
	struct function fn;
	uint32_t scope = CODE_NONE;
	bool is_ours = false;

	*call = (struct observed_call){
		.caller = TRACE_NONE, .root = (enum call_root)edge->root};
	if (edge->kind & EDGE_BODY)
		scope = inlined_at(all, edge->callee_object, edge->callee - 1);
	if (scope != CODE_NONE) {
		call->root = ROOT_NONE;
		set_inlined(all, edge->callee_object, scope, call);
		return true;
	}
	traced_body(&all->objects, edge->callee_object,
		edge->callee - (edge->kind & EDGE_BODY ? 1 : 0), &callee);
	if (edge->kind & EDGE_INDIRECT && !callee.is_start)
		return false;
	call->callee = collect_callee(all, edge, &fn);
	if (edge->site_object != TRACE_NONE)
		set_caller(all, edge, call, &is_ours);
	if (!is_ours && traced_is_main(&all->objects, edge->callee_object, &callee)) {
		/* A static program holds what calls main(), too. */
		call->root = ROOT_MAIN;
		call->through = NULL;
		call->caller = TRACE_NONE;
	}
	/* A function calls what was split off it. */
	return !callee.is_part || call->caller != call->callee;
}

/*
 * A function that was split, and put together again, is inlined into itself, at its own
 * first line. (That a recursive one is inlined into itself is said at the call.)
 */
static bool is_rejoined(const struct collection *all, uint32_t object, uint32_t scope)
{
	const struct code_map *map = &all->objects.items[object].map;
	const struct code_scope *inner = &map->scopes[scope];
	uint32_t function = inner->function;

	return function == map->scopes[inner->parent].function &&
	       inner->call_line == map->functions[function].line;
}

/*
 * Something was called from inside a function that is inlined: so that one was called,
 * too, at least once.
 */
static void add_inlined(struct collection *all, const struct edge *edge)
{
	const struct code_map *map;
	uint32_t scope;

	if (edge->site_object == TRACE_NONE || edge->kind & EDGE_INLINED_SEEN)
		return;
	map = &all->objects.items[edge->site_object].map;
	scope = inlined_at(all, edge->site_object, edge->site - 1);
	for (; scope != CODE_NONE && map->scopes[scope].parent != CODE_NONE;
		scope = map->scopes[scope].parent) {
		struct observed_call call = {.is_inlined = true};

		if (is_rejoined(all, edge->site_object, scope))
			continue;
		set_inlined(all, edge->site_object, scope, &call);
		dynamic_builder_join(&all->builder, &call,
			&(struct call_share){.run = all->run, .count = 1});
	}
}

size_t collect_inlined(struct collection *all, const struct edge *edge, uint32_t *out,
	size_t most)
{
	const struct code_map *map;
	uint32_t scope;
	size_t n = 0;

	if (edge->site_object == TRACE_NONE || edge->kind & EDGE_INLINED_SEEN)
		return 0;
	map = &all->objects.items[edge->site_object].map;
	scope = inlined_at(all, edge->site_object, edge->site - 1);
	for (; scope != CODE_NONE && map->scopes[scope].parent != CODE_NONE && n < most;
		scope = map->scopes[scope].parent) {
		struct function fn;

		memmove(out + 1, out, n * sizeof(*out));
		out[0] = add_scope(all, edge->site_object, scope, &fn);
		n++;
	}
	return n;
}

void collect_site(struct collection *all, const struct edge *edge,
	struct observed_call *call)
{
	const struct traced_object *object;
	const struct code_line *line;

	if (edge->site_object == TRACE_NONE)
		return;
	object = &all->objects.items[edge->site_object];
	line = object->is_ours ? code_map_line_at(&object->map, edge->site - 1) : NULL;
	if (line)
		set_site(all, call, line->file, line->line, line->column);
}

static void add_edges(struct collection *all)
{
	for (size_t i = 0; i < all->edges.edges.count; i++) {
		const struct edge *edge = (const struct edge *)all->edges.edges.keys + i;
		struct observed_call call;

		if (make_call(all, edge, &call))
			dynamic_builder_count(&all->builder, &call,
				&(struct call_share){.run = all->run,
					.count = all->edges.counts[i],
					.total_us = all->edges.times_us[i]});
		add_inlined(all, edge);
	}
}

/* --- all ---------------------------------------------------------------------- */

static void choose_root(struct collection *all)
{
	const struct collect_options *options = all->options;
	const char **files = NULL;
	size_t n = 0, room = 0;

	for (size_t i = 0; i < all->objects.keys.count; i++) {
		const struct traced_object *object = &all->objects.items[i];

		for (size_t k = 0; k < object->map.nunits && object->is_ours; k++) {
			files = grow(files, n, &room, sizeof(*files));
			files[n++] = object->map.units[k];
		}
	}
	all->names.root = options->root;
	source_names_open(&all->names, all->arena,
		options->program ? options->program : options->paths, files, n);
	all->report.root = n || options->root ? all->names.root : NULL;
	free(files);
}

/* Nothing is said where one object does not tell: it may have any. */
static bool has_sources(const struct collection *all)
{
	for (size_t i = 0; i < all->objects.keys.count; i++) {
		const struct traced_object *object = &all->objects.items[i];

		if (object->is_ours && object->naddresses && !object->map.nunits)
			return false;
	}
	return true;
}

static void add_sources(struct collection *all)
{
	if (!has_sources(all))
		return;
	for (size_t i = 0; i < all->objects.keys.count; i++) {
		const struct traced_object *object = &all->objects.items[i];

		for (size_t k = 0; k < object->map.nunits && object->is_ours; k++) {
			const char *file =
				source_names_file(&all->names, object->map.units[k]);

			if (file[0] && file[0] != '<')
				dynamic_builder_source(&all->builder, all->run, file);
		}
	}
}

static void tell_problems(struct collection *all)
{
	for (size_t i = 0; i < all->objects.keys.count; i++) {
		const struct traced_object *object = &all->objects.items[i];

		if (object->is_ours && object->problem)
			collect_problem(all, "%s: %s", object->path, object->problem);
		else if (object->is_ours && object->naddresses && !object->map.nunits)
			collect_problem(all,
				"%s: it has no debug information, so files and lines are not "
				"known: compile with -g, and do not strip it",
				object->path);
		else if (object->is_ours && object->map.nlost)
			collect_problem(all,
				"%s: the debug information of %zu unit%s is in .dwo "
				"files that are not where they were made, or in a "
				".dwp, which libdw cannot read: callers through "
				"inlined functions are not known; trace before the "
				"files are removed",
				object->path, object->map.nlost,
				object->map.nlost == 1 ? "" : "s");
	}
	all->report.problems =
		arena_alloc(all->arena, all->nproblems * sizeof(*all->problems));
	if (all->nproblems)
		memcpy((void *)all->report.problems, all->problems,
			all->nproblems * sizeof(*all->problems));
	all->report.nproblems = all->nproblems;
}

static void collection_release(struct collection *all)
{
	collect_release_traces(all);
	free(all->processes);
	command_routes_release(&all->routes);
	source_names_release(&all->names);
	edge_table_release(&all->edges);
	traced_objects_release(&all->objects);
	dynamic_builder_release(&all->builder);
	interner_release(&all->strings);
	free(all->problems);
}

#define scoped_collection __attribute__((cleanup(collection_release))) struct collection

bool collect(struct arena *arena, const struct collect_options *options,
	struct dynamic_trace *out, struct collect_report *report, struct error *err)
{
	scoped_collection all = {
		.arena = arena, .options = options, .strings.arena = arena};

	dynamic_builder_init(&all.builder, arena);
	traced_objects_init(&all.objects, &all.strings);
	edge_table_init(&all.edges);
	all.run = dynamic_builder_run(&all.builder, options->run);
	if (!read_directory(&all, is_recording, read_file, err))
		return false;
	/* What others bind is of no interest where there is better. */
	if (!all.builder.process_keys.count &&
		!read_directory(&all, is_audit, read_audit, err))
		return false;
	traced_objects_resolve(&all.objects, options->only_symbols);
	choose_root(&all);
	add_sources(&all);
	add_edges(&all);
	command_routes_init(&all.routes, arena, &all.strings, options->program);
	collect_commands(&all);
	collect_routes(&all);
	collect_finish_traces(&all);
	tell_problems(&all);
	dynamic_builder_finish(&all.builder, options->tool_version, out);
	collect_entries(&all, out);
	*report = all.report;
	return true;
}
