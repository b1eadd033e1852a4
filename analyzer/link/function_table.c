#include "analyzer/link/function_table.h"

#include "analyzer/facts/facts.h"
#include "core/arena.h"
#include "core/source_paths.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* Interned strings, so that the key can be compared as bytes. */
struct place_key {
	const char *file, *name;
	uint64_t offset;
};

struct by_place {
	UT_hash_handle hh;
	struct place_key key;
	uint32_t function;
};

struct symbol {
	UT_hash_handle hh;
	const char *name; /* interned */
	struct definitions strong, weak, hidden; /* hidden: internal linkage */
	struct definitions external; /* one, made when nothing defines the symbol */
};

struct function_table {
	struct arena arena;
	struct source_paths *paths;
	struct by_place *places;
	struct symbol *symbols;
	struct linked_function *functions;
	size_t nfunctions, room;
	const struct facts **prefixes; /* the caller's images */
	size_t nprefixes, prefixes_room;
	uint32_t single; /* what a result of one points to */
};

struct function_table *function_table_new(struct source_paths *paths)
{
	struct function_table *table = xmalloc(sizeof(*table));

	*table = (struct function_table){.paths = paths};
	return table;
}

void function_table_free(struct function_table *table)
{
	struct symbol *symbol, *next;

	HASH_ITER(hh, table->symbols, symbol, next)
	{
		free(symbol->strong.functions);
		free(symbol->weak.functions);
		free(symbol->hidden.functions);
		free(symbol->external.functions);
	}
	HASH_CLEAR(hh, table->symbols);
	HASH_CLEAR(hh, table->places);
	arena_release(&table->arena);
	free(table->prefixes);
	free(table->functions);
	free(table);
}

size_t function_table_count(const struct function_table *table)
{
	return table->nfunctions;
}

struct linked_function *function_table_get(struct function_table *table,
	uint32_t function)
{
	return &table->functions[function];
}

static void add_definition(struct definitions *list, uint32_t function)
{
	list->functions =
		grow(list->functions, list->count, &list->room, sizeof(uint32_t));
	list->functions[list->count++] = function;
}

static struct symbol *find_symbol(struct function_table *table, const char *name)
{
	struct symbol *symbol;

	HASH_FIND_PTR(table->symbols, &name, symbol);
	if (symbol)
		return symbol;
	symbol = arena_alloc(&table->arena, sizeof(*symbol));
	symbol->name = name;
	HASH_ADD_PTR(table->symbols, name, symbol);
	return symbol;
}

static bool is_definition(const struct facts_function *fn)
{
	return fn->flags & (FACTS_DEFINED | FUNCTION_ALIAS | FUNCTION_IFUNC);
}

static enum function_type type_of(const struct facts_function *fn, const char *file)
{
	if (fn->flags & FACTS_INTERNAL)
		return FUNCTION_PRIVATE;
	if (!is_definition(fn))
		return fn->flags & FACTS_IMPLICIT ? FUNCTION_UNKNOWN : FUNCTION_EXTERNAL;
	/* A library's inline function is the library's. */
	return file[0] == '<' ? FUNCTION_EXTERNAL : FUNCTION_PUBLIC;
}

static struct linked_function convert(struct function_table *table,
	const struct facts *facts, const struct facts_function *fn)
{
	struct source_paths *paths = table->paths;
	const char *file =
		fn->file == FACTS_NONE
			? ""
			: source_paths_shown(paths,
				  facts_string(facts, facts->files[fn->file].path));
	const char *signature = facts_string(facts, fn->signature);
	const char *target = facts_string(facts, fn->target);

	return (struct linked_function){
		.function =
			{
				.module = source_paths_module(paths, file),
				.name = source_paths_intern(paths,
					facts_string(facts, fn->name)),
				.file = file,
				.signature = source_paths_intern(paths, signature),
				.arity = fn->arity,
				.line = fn->line,
				.column = fn->column,
				.end_line = fn->end_line,
				.type = type_of(fn, file),
				.flags = fn->flags & (FACTS_DEFINED - 1),
			},
		.offset = fn->offset,
		.target = target[0] ? source_paths_intern(paths, target) : NULL,
		.is_defined = is_definition(fn),
		.is_implicit = fn->flags & FACTS_IMPLICIT,
		.is_system = fn->flags & FACTS_SYSTEM,
	};
}

/* Which of two records of a function is shown, whatever the order they come in. */
static int compare_records(const struct linked_function *a,
	const struct linked_function *b)
{
	int order = (int)a->is_implicit - (int)b->is_implicit;

	order = order ? order : !a->function.file[0] - !b->function.file[0];
	order = order ? order : strcmp(a->function.file, b->function.file);
	if (!order && a->function.line != b->function.line)
		return a->function.line < b->function.line ? -1 : 1;
	if (!order && a->function.arity != b->function.arity)
		return a->function.arity > b->function.arity ? -1 : 1;
	return order ? order : strcmp(a->function.signature, b->function.signature);
}

static void merge(struct linked_function *old, const struct linked_function *other)
{
	unsigned flags = old->function.flags | other->function.flags;
	const char *target = old->target ? old->target : other->target;
	bool is_system = old->is_system && other->is_system;

	if (compare_records(other, old) < 0)
		*old = *other;
	old->function.flags = flags;
	old->target = target;
	old->is_system = is_system;
}

static uint32_t append(struct function_table *table, const struct linked_function *linked)
{
	table->functions = grow(table->functions, table->nfunctions, &table->room,
		sizeof(*table->functions));
	table->functions[table->nfunctions] = *linked;
	return (uint32_t)table->nfunctions++;
}

static const char *symbol_string(const struct facts *facts,
	const struct facts_function *fn)
{
	return facts_string(facts, fn->symbol ? fn->symbol : fn->name);
}

/* The same, interned. */
static const char *symbol_name(struct function_table *table, const struct facts *facts,
	const struct facts_function *fn)
{
	return source_paths_intern(table->paths, symbol_string(facts, fn));
}

static struct place_key key_of(const struct linked_function *linked)
{
	return (struct place_key){
		linked->function.file, linked->function.name, linked->offset};
}

static struct by_place *find_place(struct function_table *table, struct place_key key)
{
	struct by_place *entry;

	HASH_FIND(hh, table->places, &key, sizeof(key), entry);
	return entry;
}

static void add_to_symbol(struct function_table *table, const char *name, unsigned flags,
	uint32_t function)
{
	struct symbol *symbol = find_symbol(table, name);

	if (flags & FACTS_INTERNAL)
		add_definition(&symbol->hidden, function);
	else if (flags & FUNCTION_WEAK)
		add_definition(&symbol->weak, function);
	else
		add_definition(&symbol->strong, function);
}

static void add_one(struct function_table *table, const struct facts *facts,
	const struct facts_function *fn)
{
	struct linked_function linked = convert(table, facts, fn);
	struct place_key key = key_of(&linked);
	struct by_place *entry = find_place(table, key);

	if (entry) {
		merge(&table->functions[entry->function], &linked);
		return;
	}
	entry = arena_alloc(&table->arena, sizeof(*entry));
	entry->key = key;
	entry->function = append(table, &linked);
	HASH_ADD(hh, table->places, key, sizeof(entry->key), entry);
	add_to_symbol(table, symbol_name(table, facts, fn), fn->flags, entry->function);
}

void function_table_add_definitions(struct function_table *table,
	const struct facts *facts)
{
	if (facts->unit->kind == FACTS_PREFIX) {
		table->prefixes = grow(table->prefixes, table->nprefixes,
			&table->prefixes_room, sizeof(struct facts *));
		table->prefixes[table->nprefixes++] = facts;
	}
	for (size_t i = 0; i < facts->nfunctions; i++)
		if (is_definition(&facts->functions[i]))
			add_one(table, facts, &facts->functions[i]);
}

static struct definitions single(struct function_table *table, uint32_t function)
{
	table->single = function;
	return (struct definitions){&table->single, 1, 1};
}

static struct definitions external(struct function_table *table, struct symbol *symbol,
	const struct facts *facts, const struct facts_function *fn)
{
	struct linked_function linked = convert(table, facts, fn);

	if (symbol->external.count)
		merge(&table->functions[symbol->external.functions[0]], &linked);
	else
		add_definition(&symbol->external, append(table, &linked));
	return symbol->external;
}

/* The image that `facts` was read with; NULL: none, or it is a prefix itself. */
static const struct facts *prefix_of(const struct function_table *table,
	const struct facts *facts)
{
	const char *name = facts_string(facts, facts->unit->prefix);

	if (!name[0] || facts->unit->kind == FACTS_PREFIX)
		return NULL;
	for (size_t i = 0; i < table->nprefixes; i++) {
		const struct facts *prefix = table->prefixes[i];

		if (strcmp(facts_string(prefix, prefix->unit->prefix), name) == 0)
			return prefix;
	}
	return NULL;
}

/*
 * The function of that name which this unit defines, in what it shares with others, too;
 * failing that one that is the only one of its name in the program.
 */
static struct definitions by_name(struct function_table *table, const struct facts *facts,
	const struct symbol *symbol)
{
	const struct facts *prefix = prefix_of(table, facts);

	for (size_t i = 0; i < facts->nfunctions; i++) {
		const struct facts_function *fn = &facts->functions[i];

		if ((fn->flags & FACTS_DEFINED) &&
			strcmp(symbol_string(facts, fn), symbol->name) == 0) {
			struct linked_function linked = convert(table, facts, fn);

			return single(table,
				find_place(table, key_of(&linked))->function);
		}
	}
	return prefix ? by_name(table, prefix, symbol) : symbol->hidden;
}

static struct definitions by_symbol(struct function_table *table,
	const struct facts *facts, const struct facts_function *fn)
{
	struct symbol *symbol = find_symbol(table, symbol_name(table, facts, fn));
	struct definitions found;

	if (fn->flags & FACTS_BY_NAME) {
		found = by_name(table, facts, symbol);
		if (found.count == 1)
			return found;
	}
	if (symbol->strong.count)
		return symbol->strong;
	if (symbol->weak.count)
		return symbol->weak;
	return external(table, symbol, facts, fn);
}

uint32_t function_table_definition(struct function_table *table,
	const struct facts *facts, uint32_t local)
{
	struct linked_function linked = convert(table, facts, &facts->functions[local]);

	return find_place(table, key_of(&linked))->function;
}

/* Does the linker take another definition than this unit's own, a weak one? */
static bool gives_way(struct function_table *table, const struct facts *facts,
	const struct facts_function *fn)
{
	if (!(fn->flags & FUNCTION_WEAK) || (fn->flags & FACTS_INTERNAL))
		return false;
	return find_symbol(table, symbol_name(table, facts, fn))->strong.count > 0;
}

struct definitions function_table_resolve(struct function_table *table,
	const struct facts *facts, uint32_t local)
{
	const struct facts_function *fn = &facts->functions[local];

	if (is_definition(fn) && !gives_way(table, facts, fn))
		return single(table, function_table_definition(table, facts, local));
	return by_symbol(table, facts, fn);
}

struct definitions function_table_target(struct function_table *table, uint32_t function)
{
	const char *target = table->functions[function].target;
	struct symbol *symbol = target ? find_symbol(table, target) : NULL;
	struct definitions none = {0};

	if (!symbol)
		return none;
	if (symbol->strong.count)
		return symbol->strong;
	return symbol->weak.count ? symbol->weak : symbol->hidden;
}

struct definitions function_table_named(struct function_table *table, const char *symbol)
{
	const char *name = source_paths_intern(table->paths, symbol);
	const struct symbol *found;
	struct definitions none = {0};

	HASH_FIND_PTR(table->symbols, &name, found);
	if (!found)
		return none;
	return found->strong.count ? found->strong : found->weak;
}
