#include "analyzer/routes/program.h"

#include "analyzer/link/function_table.h"
#include "core/arena.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Objects that other units know by one name. */
struct shared_object {
	UT_hash_handle hh;
	const char *name;
	uint32_t object;
	struct shared_object *next; /* of the same name */
};

struct place_key {
	const char *path; /* interned */
	uint32_t offset;
	uint32_t name; /* a hash: variables that one macro makes share their place */
};

struct placed_object {
	UT_hash_handle hh;
	struct place_key key;
	uint32_t object;
};

struct known_outline {
	UT_hash_handle hh;
	uint32_t function, outline;
};

enum {
	NOT_ASKED = UINT32_MAX - 1
};

/* What the functions and variables of one image are; most are asked for many times. */
struct answers {
	uint32_t *functions, *objects; /* or NOT_ASKED, by their numbers in the image */
};

struct program_index {
	struct arena arena;
	const struct facts *images;
	struct answers *answers; /* of each image */
	struct shared_object *shared;
	struct placed_object *placed;
	struct known_outline *outlines;
	struct outline *outline_items;
	struct object *object_items;
	struct mention *mention_items;
	size_t outlines_room, objects_room, mentions_room;
};

static const char *path_of(const struct facts *facts, uint32_t file)
{
	return file == FACTS_NONE ? "" : facts_string(facts, facts->files[file].path);
}

static const struct facts_variable *variable_of(struct term term)
{
	return &term.facts->variables[term_get(term)->a];
}

static uint32_t hash_name(const char *name)
{
	uint32_t hash;

	HASH_JEN(name, (unsigned)strlen(name), hash);
	return hash;
}

static struct place_key key_of(const struct routes_program *program, struct term term)
{
	const struct facts_variable *variable = variable_of(term);

	return (struct place_key){
		.path = source_paths_intern(program->paths,
			path_of(term.facts, variable->file)),
		.offset = variable->offset,
		.name = hash_name(facts_string(term.facts, variable->name)),
	};
}

/* False: it is known already. */
static bool remember_place(struct routes_program *program, struct term term,
	uint32_t object)
{
	struct program_index *index = program->index;
	struct place_key key = key_of(program, term);
	struct placed_object *placed;

	HASH_FIND(hh, index->placed, &key, sizeof(key), placed);
	if (placed)
		return false;
	placed = arena_alloc(&index->arena, sizeof(*placed));
	placed->key = key;
	placed->object = object;
	HASH_ADD(hh, index->placed, key, sizeof(key), placed);
	return true;
}

static void remember_name(struct program_index *index, const char *name, uint32_t object)
{
	struct shared_object *first, *shared;

	shared = arena_alloc(&index->arena, sizeof(*shared));
	shared->name = name;
	shared->object = object;
	HASH_FIND_STR(index->shared, name, first);
	if (first) {
		shared->next = first->next;
		first->next = shared;
	} else {
		HASH_ADD_KEYPTR(hh, index->shared, shared->name, strlen(shared->name),
			shared);
	}
}

static void add_object(struct routes_program *program, struct term root,
	uint32_t function)
{
	struct program_index *index = program->index;
	const struct facts_variable *variable = variable_of(root);
	uint32_t number = (uint32_t)program->nobjects;

	if (!remember_place(program, root, number))
		return;
	index->object_items = grow(index->object_items, program->nobjects,
		&index->objects_room, sizeof(*index->object_items));
	index->object_items[program->nobjects++] = (struct object){
		.root = root,
		.name = facts_string(root.facts, variable->name),
		.function = function,
		.file = path_of(root.facts, variable->file),
	};
	if (variable->flags & VARIABLE_EXTERNAL)
		remember_name(index, index->object_items[number].name, number);
}

static void add_body(struct routes_program *program, struct term root)
{
	struct program_index *index = program->index;
	uint32_t function = function_table_definition(program->functions, root.facts,
		term_get(root)->a);
	struct known_outline *known;

	HASH_FIND(hh, index->outlines, &function, sizeof(function), known);
	if (known)
		return;
	known = arena_alloc(&index->arena, sizeof(*known));
	known->function = function;
	known->outline = (uint32_t)program->noutlines;
	HASH_ADD(hh, index->outlines, function, sizeof(known->function), known);
	index->outline_items = grow(index->outline_items, program->noutlines,
		&index->outlines_room, sizeof(*index->outline_items));
	index->outline_items[program->noutlines++] = (struct outline){root, function};
	for (struct term at = root; at.at < term_get(root)->end; at.at++)
		if (term_is(at, TERM_OBJECT))
			add_object(program, at, function);
}

static void add_mention(struct routes_program *program, struct mention mention)
{
	struct program_index *index = program->index;

	index->mention_items = grow(index->mention_items, program->nmentions,
		&index->mentions_room, sizeof(mention));
	index->mention_items[program->nmentions++] = mention;
}

static uint32_t *not_asked(struct arena *arena, size_t count)
{
	uint32_t *answers = arena_alloc(arena, count * sizeof(*answers));

	for (size_t i = 0; i < count; i++)
		answers[i] = NOT_ASKED;
	return answers;
}

static void make_answers(struct program_index *index, const struct facts *images,
	size_t nimages)
{
	index->images = images;
	index->answers = arena_alloc(&index->arena, nimages * sizeof(*index->answers));
	for (size_t i = 0; i < nimages; i++)
		index->answers[i] = (struct answers){
			.functions = not_asked(&index->arena, images[i].nfunctions),
			.objects = not_asked(&index->arena, images[i].nvariables),
		};
}

static void find_mentions(struct routes_program *program)
{
	uint32_t *keys;

	for (size_t i = 0; i < program->noutlines; i++) {
		const struct outline *outline = &program->index->outline_items[i];
		struct term at = outline->root;

		for (; at.at < term_get(outline->root)->end; at.at++) {
			uint32_t object = TRACE_NONE;

			if (term_is(at, TERM_VARIABLE))
				object = program_object(program, at);
			if (object != TRACE_NONE)
				add_mention(program,
					(struct mention){object, outline->function, at});
		}
	}
	keys = arena_alloc(program->arena, program->nmentions * sizeof(*keys));
	for (size_t i = 0; i < program->nmentions; i++)
		keys[i] = program->index->mention_items[i].object;
	program->mentions = program->index->mention_items;
	program->mentions_of =
		grouping_by(program->arena, keys, program->nmentions, program->nobjects);
}

void program_read(struct routes_program *program, const struct facts *images,
	size_t nimages)
{
	program->index = xmalloc(sizeof(*program->index));
	*program->index = (struct program_index){0};
	make_answers(program->index, images, nimages);
	for (size_t i = 0; i < nimages; i++) {
		const struct facts *facts = &images[i];
		struct term root = {facts, 0};

		for (; root.at < facts->nterms; root.at = term_get(root)->end) {
			if (term_is(root, TERM_BODY))
				add_body(program, root);
			else if (term_is(root, TERM_OBJECT))
				add_object(program, root, TRACE_NONE);
		}
	}
	program->outlines = program->index->outline_items;
	program->objects = program->index->object_items;
	find_mentions(program);
}

void program_release(struct routes_program *program)
{
	struct program_index *index = program->index;

	if (!index)
		return;
	HASH_CLEAR(hh, index->shared);
	HASH_CLEAR(hh, index->placed);
	HASH_CLEAR(hh, index->outlines);
	arena_release(&index->arena);
	free(index->outline_items);
	free(index->object_items);
	free(index->mention_items);
	free(index);
	program->index = NULL;
}

const struct outline *program_outline(const struct routes_program *program,
	uint32_t function)
{
	struct known_outline *known;

	HASH_FIND(hh, program->index->outlines, &function, sizeof(function), known);
	return known ? &program->outlines[known->outline] : NULL;
}

static size_t common_prefix(const char *a, const char *b)
{
	size_t common = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			common = i;
	return common;
}

/* Of objects of one name, in several programs, the one that is nearest. */
static uint32_t nearest(const struct routes_program *program,
	const struct shared_object *shared, const char *file)
{
	uint32_t best = shared->object;
	size_t best_common = 0;

	for (; shared; shared = shared->next) {
		size_t common = common_prefix(file,
			program->index->object_items[shared->object].file);

		if (common > best_common) {
			best = shared->object;
			best_common = common;
		}
	}
	return best;
}

static uint32_t find_object(const struct routes_program *program, struct term variable)
{
	struct place_key key = key_of(program, variable);
	const struct facts_variable *named = variable_of(variable);
	const char *name = facts_string(variable.facts, named->name);
	struct placed_object *placed;
	struct shared_object *shared;

	HASH_FIND(hh, program->index->placed, &key, sizeof(key), placed);
	if (placed)
		return placed->object;
	if (!(named->flags & VARIABLE_EXTERNAL))
		return TRACE_NONE;
	HASH_FIND_STR(program->index->shared, name, shared);
	if (!shared)
		return TRACE_NONE;
	return nearest(program, shared,
		facts_string(variable.facts, variable.facts->unit->path));
}

static uint32_t find_function(const struct routes_program *program, struct term function)
{
	struct definitions found = function_table_resolve(program->functions,
		function.facts, term_get(function)->a);

	return found.count && found.functions[0] < program->nfunctions
		       ? found.functions[0]
		       : TRACE_NONE;
}

static const struct answers *answers_of(const struct routes_program *program,
	struct term term)
{
	return &program->index->answers[term.facts - program->index->images];
}

uint32_t program_object(const struct routes_program *program, struct term variable)
{
	uint32_t *answer = &answers_of(program, variable)->objects[term_get(variable)->a];

	if (*answer == NOT_ASKED)
		*answer = find_object(program, variable);
	return *answer;
}

uint32_t program_function(const struct routes_program *program, struct term function)
{
	uint32_t *answer =
		&answers_of(program, function)->functions[term_get(function)->a];

	if (*answer == NOT_ASKED)
		*answer = find_function(program, function);
	return *answer;
}

const char *program_name(const struct routes_program *program, uint32_t function)
{
	if (function == TRACE_NONE)
		return "";
	return function_table_get(program->functions, function)->function.name;
}

bool program_has_body(const struct routes_program *program, uint32_t function)
{
	const struct linked_function *fn;

	if (function == TRACE_NONE)
		return false;
	fn = function_table_get(program->functions, function);
	return fn->is_defined && !fn->is_system;
}

const char *program_file(const struct routes_program *program, struct term term)
{
	return source_paths_shown(program->paths,
		path_of(term.facts, term_get(term)->file));
}
