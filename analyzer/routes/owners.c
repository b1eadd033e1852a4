#include "analyzer/routes/owners.h"

#include "analyzer/binary/binary.h"
#include "analyzer/link/function_table.h"
#include "analyzer/routes/calls.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations_beside.h"
#include "analyzer/routes/registrations_held.h"
#include "core/arena.h"
#include "core/compare.h"
#include "core/text.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	HANDLER_DEPTH = 4, /* calls from a handler to where its sub-commands are chosen */
	MAX_SHARING = 2, /* handlers that have one chain between them */
};

/* Dispatches that belong to something, on the heap. */
struct belonging {
	uint32_t *owner, *dispatch;
	size_t count, owner_room, dispatch_room;
};

struct finding_owners {
	struct arena *arena;
	const struct routes_program *program;
	const struct dispatch_list *dispatches;
	struct route_calls calls;
	const uint32_t *holder_of; /* each object */
	struct grouping places; /* each function: indexes in `placed` */
	const uint32_t *placed; /* dispatches */
	bool *is_sub; /* each dispatch: a row leads to it */
	bool *is_placed; /* each dispatch: it belongs somewhere */
	uint32_t *claimed; /* each dispatch: the mark of who did last */
	uint32_t *seen, *queue; /* of a walk */
	uint32_t mark;
	struct belonging of_programs, of_handlers;
	struct belonging beyond; /* known, and no route's */
};

static void add(struct belonging *list, uint32_t owner, uint32_t dispatch)
{
	list->owner =
		grow(list->owner, list->count, &list->owner_room, sizeof(*list->owner));
	list->dispatch = grow(list->dispatch, list->count, &list->dispatch_room,
		sizeof(*list->dispatch));
	list->owner[list->count] = owner;
	list->dispatch[list->count++] = dispatch;
}

/* The name of a source without folders and ending; of "main.c" its folder's, if any. */
static const char *stem(struct arena *arena, const char *file)
{
	const char *base = strrchr(file, '/') ? strrchr(file, '/') + 1 : file;
	const char *end = strrchr(base, '.') ? strrchr(base, '.') : base + strlen(base);
	const char *folder;

	if (strncmp(base, "main.", 5) == 0 && base - file > 1) {
		for (folder = base - 1; folder > file && folder[-1] != '/';)
			folder--;
		if (strncmp(folder, "src/", 4) != 0)
			return arena_copy(arena, folder, (size_t)(base - 1 - folder));
	}
	return arena_copy(arena, base, (size_t)(end - base));
}

static const struct function *record_of(const struct finding_owners *finding,
	uint32_t function)
{
	return &function_table_get(finding->program->functions, function)->function;
}

/* The one that starts with `function`; NULL: none is known, or several do. */
static const struct binary *binary_of(const struct finding_owners *finding,
	const struct function *function)
{
	const struct routes_program *program = finding->program;
	const struct binary *found = NULL;

	if (program->nbinaries == 1)
		return program->binaries;
	for (size_t i = 0; i < program->nbinaries; i++) {
		const struct binary_function *start =
			binary_definition(&program->binaries[i], function->name);

		if (!start || start->line != function->line ||
			!text_has_suffix(start->file, function->file))
			continue;
		if (found)
			return NULL;
		found = &program->binaries[i];
	}
	return found;
}

static const char *name_of(const struct finding_owners *finding, uint32_t start)
{
	const struct function *function = record_of(finding, start);
	const struct binary *binary = binary_of(finding, function);

	if (!binary)
		return stem(finding->arena, function->file);
	return strrchr(binary->path, '/') ? strrchr(binary->path, '/') + 1 : binary->path;
}

static void add_program(struct finding_owners *finding, struct root_program **programs,
	size_t *count, struct root_program program)
{
	program.name = name_of(finding, program.function);
	*programs = xrealloc(*programs, (*count + 1) * sizeof(**programs));
	(*programs)[(*count)++] = program;
}

/*
 * `main` may be shared by programs that each have a function of one name, as git's
 * cmd_main(): then those are what programs start with.
 */
static bool add_shared_main(struct finding_owners *finding, uint32_t start,
	struct root_program **programs, size_t *count)
{
	const struct outline *outline = program_outline(finding->program, start);
	struct term at;

	if (!outline)
		return false;
	for (at = outline->root; at.at < term_get(outline->root)->end; at.at++) {
		struct definitions found;
		uint32_t several[64];

		if (!term_is(at, TERM_CALL) || !term_is(term_first(at), TERM_FUNCTION))
			continue;
		found = function_table_resolve(finding->program->functions, at.facts,
			term_get(term_first(at))->a);
		if (found.count < 2)
			continue;
		if (found.count > 64)
			found.count = 64;
		memcpy(several, found.functions, found.count * sizeof(*several));
		for (size_t i = 0; i < found.count; i++)
			add_program(finding, programs, count,
				(struct root_program){
					.function = several[i], .main = start});
		return true;
	}
	return false;
}

static void find_programs(struct finding_owners *finding, struct owners *out)
{
	struct definitions mains =
		function_table_named(finding->program->functions, "main");
	uint32_t *copy = arena_alloc(finding->arena, mains.count * sizeof(*copy));
	struct root_program *programs = NULL, *kept;
	size_t nmains = mains.count, count = 0;

	if (nmains)
		memcpy(copy, mains.functions, nmains * sizeof(*copy));
	for (size_t i = 0; i < nmains; i++)
		if (!add_shared_main(finding, copy[i], &programs, &count))
			add_program(finding, &programs, &count,
				(struct root_program){
					.function = copy[i], .main = copy[i]});
	kept = arena_alloc(finding->arena, (count + 1) * sizeof(*kept));
	if (count)
		memcpy(kept, programs, count * sizeof(*kept));
	free(programs);
	out->programs = kept;
	out->nprograms = count;
}

/* The dispatches in functions that a walk from `start` comes by belong to `owner`. */
static void claim(struct finding_owners *finding, const struct route_walk *walk,
	uint32_t start, uint32_t owner, struct belonging *list)
{
	size_t found = calls_walk(walk, start, ++finding->mark);

	for (size_t i = 0; i < found; i++) {
		struct index_list here = grouping_at(&finding->places, finding->queue[i]);

		for (size_t d = 0; d < here.count; d++) {
			uint32_t dispatch = finding->placed[here.items[d]];

			if (finding->is_sub[dispatch] || finding->is_placed[dispatch] ||
				finding->claimed[dispatch] == finding->mark)
				continue;
			finding->claimed[dispatch] = finding->mark;
			add(list, owner, dispatch);
		}
	}
}

static void mark_placed(struct finding_owners *finding, const struct belonging *list)
{
	for (size_t i = 0; i < list->count; i++)
		finding->is_placed[list->dispatch[i]] = true;
}

/*
 * Handlers are taken one by one: what one has, another can have, too. `with_values`: what
 * a handler gives to a function that calls it back, with a word of its own between.
 */
static void claim_for_handlers(struct finding_owners *finding, bool with_values,
	struct belonging *list)
{
	struct route_walk walk = {
		.calls = &finding->calls,
		.seen = finding->seen,
		.queue = finding->queue,
		.depth = HANDLER_DEPTH,
		.with_values = with_values,
		.with_objects = with_values,
	};

	for (uint32_t f = 0; f < finding->calls.nfunctions; f++)
		if (finding->calls.is_handler[f])
			claim(finding, &walk, f, f, list);
	mark_placed(finding, list);
}

/*
 * First what a program comes to by itself and by callbacks that it gives away. Only one
 * that has nothing so has what stands behind the functions of its objects: those of one
 * mode, one backend, one format.
 */
static void claim_for_programs(struct finding_owners *finding,
	const struct owners *owners)
{
	struct route_walk walk = {
		.calls = &finding->calls,
		.seen = finding->seen,
		.queue = finding->queue,
		.depth = UINT32_MAX,
		.with_values = true,
	};
	bool *has_commands = arena_alloc(finding->arena, owners->nprograms);

	for (uint32_t i = 0; i < owners->nprograms; i++)
		claim(finding, &walk, owners->programs[i].function, i,
			&finding->of_programs);
	for (size_t i = 0; i < finding->of_programs.count; i++)
		has_commands[finding->of_programs.owner[i]] = true;
	mark_placed(finding, &finding->of_programs);
	walk.with_objects = true;
	for (uint32_t i = 0; i < owners->nprograms; i++)
		claim(finding, &walk, owners->programs[i].function, i,
			has_commands[i] ? &finding->beyond : &finding->of_programs);
	mark_placed(finding, &finding->of_programs);
	mark_placed(finding, &finding->beyond);
}

static size_t shared_prefix(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] && a[i] == b[i])
		i++;
	return i;
}

/* A table that nothing mentions is a remnant. */
static bool is_used(const struct finding_owners *finding, uint32_t number)
{
	const struct dispatch *dispatch = &finding->dispatches->items[number];

	return dispatch->nentries &&
	       (dispatch->object == TRACE_NONE ||
		       finding->holder_of[dispatch->object] != TRACE_NONE);
}

/* What nothing known leads to is the nearest program's. */
static void claim_rest(struct finding_owners *finding, const struct owners *owners)
{
	for (uint32_t d = 0; owners->nprograms && d < finding->dispatches->count; d++) {
		const struct dispatch *dispatch = &finding->dispatches->items[d];
		uint32_t best = 0;
		size_t most = 0;

		if (finding->is_sub[d] || finding->is_placed[d] || !is_used(finding, d))
			continue;
		for (uint32_t i = 0; i < owners->nprograms; i++) {
			size_t same = shared_prefix(program_file(finding->program,
							    dispatch->entries[0].at),
				record_of(finding, owners->programs[i].function)->file);

			if (same > most) {
				best = i;
				most = same;
			}
		}
		add(&finding->of_programs, best, d);
	}
}

/* `table[TYPE_INODE]`: one row is used, and no word is looked up. */
static bool is_one_row(const struct mention *mention)
{
	struct term before = {mention->at.facts, mention->at.at - 1};

	return mention->at.at && term_is(before, TERM_ELEMENT) &&
	       term_is(term_child(before, 1), TERM_NUMBER);
}

/* Does the function itself look words up in the dispatch? */
static bool is_place(const struct finding_owners *finding, uint32_t function,
	uint32_t dispatch)
{
	struct index_list here = grouping_at(&finding->places, function);

	for (size_t i = 0; i < here.count; i++)
		if (finding->placed[here.items[i]] == dispatch)
			return true;
	return false;
}

/* What many handlers come to is what they have in common: options, kinds of objects. */
static void drop_shared(struct finding_owners *finding, struct belonging *list)
{
	size_t count = finding->dispatches->count, kept = 0;
	uint32_t *owners = xmalloc((count + 1) * sizeof(*owners));

	memset(owners, 0, count * sizeof(*owners));
	for (size_t i = 0; i < list->count; i++)
		owners[list->dispatch[i]]++;
	for (size_t i = 0; i < list->count; i++) {
		if (owners[list->dispatch[i]] > MAX_SHARING &&
			!is_place(finding, list->owner[i], list->dispatch[i]))
			continue;
		list->owner[kept] = list->owner[i];
		list->dispatch[kept++] = list->dispatch[i];
	}
	list->count = kept;
	free(owners);
}

static struct grouping settle(struct finding_owners *finding, struct belonging *list,
	size_t nowners, const uint32_t **dispatches)
{
	struct grouping grouping =
		grouping_by(finding->arena, list->owner, list->count, nowners);
	uint32_t *copy = arena_alloc(finding->arena, list->count * sizeof(*copy));

	if (list->count)
		memcpy(copy, list->dispatch, list->count * sizeof(*copy));
	*dispatches = copy;
	free(list->owner);
	free(list->dispatch);
	return grouping;
}

/* A chain is where it is; a table is wherever its object is mentioned. */
static void place(struct finding_owners *finding, uint32_t number, struct belonging *list)
{
	const struct dispatch *dispatch = &finding->dispatches->items[number];
	const struct routes_program *program = finding->program;
	struct index_list mentions;

	if (dispatch->function != TRACE_NONE)
		add(list, dispatch->function, number);
	if (dispatch->object == TRACE_NONE ||
		finding->holder_of[dispatch->object] == TRACE_NONE)
		return;
	mentions =
		grouping_at(&program->mentions_of, finding->holder_of[dispatch->object]);
	for (size_t i = 0; i < mentions.count; i++)
		if (!is_one_row(&program->mentions[mentions.items[i]]))
			add(list, program->mentions[mentions.items[i]].function, number);
}

static void place_below(struct finding_owners *finding, const struct dispatch *above,
	uint32_t handler, struct belonging *list)
{
	size_t count = list->count;

	for (size_t i = 0; i < count; i++)
		if (list->owner[i] == handler &&
			dispatch_runs_beside(finding->program, above, handler))
			add(list, above->function, list->dispatch[i]);
}

/* What a handler looks up belongs to who runs that handler without its word, too. */
static void place_beside(struct finding_owners *finding, struct belonging *list)
{
	size_t count = list->count;

	for (size_t i = 0; i < count; i++) {
		const struct dispatch *dispatch =
			&finding->dispatches->items[list->dispatch[i]];

		for (size_t e = 0;
			dispatch->function != TRACE_NONE && e < dispatch->nentries; e++)
			for (size_t h = 0; h < dispatch->entries[e].nhandlers; h++)
				place_below(finding, dispatch,
					dispatch->entries[e].handlers[h].function, list);
	}
}

static void place_dispatches(struct finding_owners *finding)
{
	struct belonging list = {0};

	for (uint32_t i = 0; i < finding->dispatches->count; i++) {
		const struct dispatch *dispatch = &finding->dispatches->items[i];

		for (size_t e = 0; e < dispatch->nentries; e++)
			if (dispatch->entries[e].sub != DISPATCH_NONE)
				finding->is_sub[dispatch->entries[e].sub] = true;
		place(finding, i, &list);
	}
	place_beside(finding, &list);
	finding->places =
		settle(finding, &list, finding->calls.nfunctions, &finding->placed);
}

void owners_find(struct arena *arena, const struct routes_program *program,
	const struct dispatch_list *dispatches, struct owners *out)
{
	struct finding_owners finding = {
		.arena = arena,
		.program = program,
		.dispatches = dispatches,
	};
	size_t nfunctions;

	find_programs(&finding, out);
	calls_read(arena, program, dispatches, &finding.calls);
	nfunctions = finding.calls.nfunctions;
	finding.seen = arena_alloc(arena, nfunctions * sizeof(uint32_t));
	finding.queue = arena_alloc(arena, nfunctions * sizeof(uint32_t));
	finding.claimed = arena_alloc(arena, dispatches->count * sizeof(uint32_t));
	finding.is_sub = arena_alloc(arena, dispatches->count);
	finding.is_placed = arena_alloc(arena, dispatches->count);
	finding.holder_of = holders_find(program);
	place_dispatches(&finding);
	claim_for_programs(&finding, out);
	claim_for_handlers(&finding, false, &finding.of_handlers);
	drop_shared(&finding, &finding.of_handlers);
	claim_for_handlers(&finding, true, &finding.beyond);
	claim_rest(&finding, out);
	free(finding.beyond.owner);
	free(finding.beyond.dispatch);
	out->of_program =
		settle(&finding, &finding.of_programs, out->nprograms, &out->of_programs);
	out->of_handler =
		settle(&finding, &finding.of_handlers, nfunctions, &out->of_handlers);
}
