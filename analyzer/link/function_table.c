#include "analyzer/link/function_table.h"

#include "analyzer/facts/facts.h"
#include "analyzer/link/linkage.h"
#include "analyzer/link/linked_function.h"
#include "analyzer/link/references.h"
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
	struct linkage *linkage;
	uint32_t unit; /* whose definitions are being added */
	bool has_companions; /* the linkage knows them */
	struct candidate *candidates; /* of the symbol being resolved */
	size_t candidates_room;
	struct definitions narrowed; /* what a result of several points to */
};

struct function_table *function_table_new(struct source_paths *paths,
	const struct binary *binaries, size_t nbinaries)
{
	struct function_table *table = xmalloc(sizeof(*table));

	*table = (struct function_table){
		.paths = paths,
		.linkage = linkage_new(paths, binaries, nbinaries),
	};
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
	linkage_free(table->linkage);
	free(table->candidates);
	free(table->narrowed.functions);
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

static uint32_t append(struct function_table *table, const struct linked_function *linked)
{
	table->functions = grow(table->functions, table->nfunctions, &table->room,
		sizeof(*table->functions));
	table->functions[table->nfunctions] = *linked;
	return (uint32_t)table->nfunctions++;
}

/* What the linker calls it, interned. */
static const char *symbol_name(struct function_table *table, const struct facts *facts,
	const struct facts_function *fn)
{
	return source_paths_intern(table->paths, linked_function_symbol(facts, fn));
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

static struct linked_function convert(const struct function_table *table,
	const struct facts *facts, const struct facts_function *fn)
{
	return linked_function_of(table->paths, facts, fn, table->unit);
}

static void add_one(struct function_table *table, const struct facts *facts,
	const struct facts_function *fn)
{
	struct linked_function linked = convert(table, facts, fn);
	struct place_key key = key_of(&linked);
	struct by_place *entry = find_place(table, key);

	if (table->unit != LINKAGE_NO_UNIT && linked_function_is_main(facts, fn))
		linkage_add_main(table->linkage, table->unit);
	if (entry) {
		linked_function_merge(&table->functions[entry->function], &linked);
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
	table->unit = linkage_add(table->linkage, facts);
	for (size_t i = 0; i < facts->nfunctions; i++)
		if (linked_function_is_definition(&facts->functions[i]))
			add_one(table, facts, &facts->functions[i]);
}

static struct definitions single(struct function_table *table, uint32_t function)
{
	table->single = function;
	return (struct definitions){&table->single, 1, 1};
}

/* The definition itself. */
static struct definitions own(struct function_table *table, const struct facts *facts,
	const struct facts_function *fn)
{
	struct linked_function linked = convert(table, facts, fn);

	return single(table, find_place(table, key_of(&linked))->function);
}

static struct definitions external(struct function_table *table, struct symbol *symbol,
	const struct facts *facts, const struct facts_function *fn)
{
	struct linked_function linked = convert(table, facts, fn);

	if (symbol->external.count)
		linked_function_merge(&table->functions[symbol->external.functions[0]],
			&linked);
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
			strcmp(linked_function_symbol(facts, fn), symbol->name) == 0)
			return own(table, facts, fn);
	}
	return prefix ? by_name(table, prefix, symbol) : symbol->hidden;
}

/* The unit that alone can satisfy a reference to `fn`; LINKAGE_NO_UNIT: none does. */
static uint32_t only_definer(struct function_table *table, const struct facts *facts,
	const struct facts_function *fn)
{
	const struct symbol *symbol;

	if (linked_function_is_definition(fn) ||
		(fn->flags & (FACTS_INTERNAL | FUNCTION_WEAK)))
		return LINKAGE_NO_UNIT;
	symbol = find_symbol(table, symbol_name(table, facts, fn));
	if (symbol->strong.count != 1 || symbol->weak.count)
		return LINKAGE_NO_UNIT;
	return table->functions[symbol->strong.functions[0]].unit;
}

static void add_companions(struct function_table *table, uint32_t unit)
{
	const struct facts *facts = linkage_facts(table->linkage, unit);
	bool *is_referred = references_find(facts);

	for (size_t i = 0; i < facts->nfunctions; i++) {
		uint32_t other = LINKAGE_NO_UNIT;

		if (is_referred[i])
			other = only_definer(table, facts, &facts->functions[i]);
		if (other != LINKAGE_NO_UNIT)
			linkage_add_companion(table->linkage, unit, other);
	}
	free(is_referred);
}

static void add_rivals(struct function_table *table, const struct definitions *strong)
{
	uint32_t *units = xmalloc(strong->count * sizeof(*units));

	for (size_t i = 0; i < strong->count; i++)
		units[i] = table->functions[strong->functions[i]].unit;
	linkage_add_rivals(table->linkage, units, strong->count);
	free(units);
}

/* Only a program with a symbol that is defined twice pays for this. */
static void find_companions(struct function_table *table)
{
	size_t nunits = linkage_nunits(table->linkage);
	struct symbol *symbol, *next;

	if (table->has_companions || linkage_has_binaries(table->linkage))
		return;
	table->has_companions = true;
	for (uint32_t i = 0; i < nunits; i++)
		add_companions(table, i);
	HASH_ITER(hh, table->symbols, symbol, next)
	{
		if (symbol->strong.count > 1)
			add_rivals(table, &symbol->strong);
	}
}

/* The unit that `user` belongs to and no other: not what a header defines. */
static uint32_t unit_of(const struct function_table *table, const struct facts *facts,
	uint32_t user)
{
	uint32_t file;

	if (user == FACTS_NONE || facts->unit->kind != FACTS_UNIT)
		return LINKAGE_NO_UNIT;
	file = facts->functions[user].file;
	if (file == FACTS_NONE || strcmp(facts_string(facts, facts->files[file].path),
					  facts_string(facts, facts->unit->path)) != 0)
		return LINKAGE_NO_UNIT;
	return linkage_unit(table->linkage, facts);
}

static size_t add_candidates(struct function_table *table, const struct definitions *list,
	bool is_weak, size_t count)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct linked_function *linked =
			&table->functions[list->functions[i]];

		table->candidates = grow(table->candidates, count,
			&table->candidates_room, sizeof(*table->candidates));
		table->candidates[count++] = (struct candidate){
			.function = list->functions[i],
			.unit = linked->unit,
			.file = linked->function.file,
			.line = linked->function.line,
			.is_weak = is_weak,
		};
	}
	return count;
}

/* What the linker may have taken for `symbol`; `*is_settled`: it has. */
static struct narrowing narrow(struct function_table *table, const struct symbol *symbol,
	uint32_t unit)
{
	bool has_weak = !symbol->strong.count || linkage_has_binaries(table->linkage) ||
			linkage_has_programs(table->linkage);
	size_t count = add_candidates(table, &symbol->strong, false, 0);

	if (has_weak)
		count = add_candidates(table, &symbol->weak, true, count);
	find_companions(table);
	table->narrowed.count = 0;
	return linkage_narrow(table->linkage, symbol->name, unit, table->candidates,
		count);
}

/* Several definitions; a weak one may be of another program than the strong one. */
static struct definitions of_several(struct function_table *table, struct symbol *symbol,
	const struct facts *facts, const struct facts_function *fn, uint32_t unit)
{
	struct narrowing found = narrow(table, symbol, unit);
	bool drops_weak = !found.is_settled && symbol->strong.count &&
			  !linkage_has_programs(table->linkage);

	if (!found.is_settled && linked_function_is_definition(fn) &&
		!(fn->flags & FUNCTION_WEAK))
		return own(table, facts, fn);
	for (size_t i = 0; i < found.count; i++)
		if (!drops_weak || !table->candidates[i].is_weak)
			add_definition(&table->narrowed, table->candidates[i].function);
	if (found.is_foreign)
		add_definition(&table->narrowed,
			external(table, symbol, facts, fn).functions[0]);
	return table->narrowed;
}

static struct definitions by_symbol(struct function_table *table,
	const struct facts *facts, const struct facts_function *fn, uint32_t user)
{
	struct symbol *symbol = find_symbol(table, symbol_name(table, facts, fn));
	size_t count = symbol->strong.count + symbol->weak.count;
	struct definitions found;

	if (fn->flags & FACTS_BY_NAME) {
		found = by_name(table, facts, symbol);
		if (found.count == 1)
			return found;
	}
	if (count > 1 || (symbol->weak.count && linkage_has_binaries(table->linkage)))
		return of_several(table, symbol, facts, fn, unit_of(table, facts, user));
	if (count)
		return symbol->strong.count ? symbol->strong : symbol->weak;
	return external(table, symbol, facts, fn);
}

uint32_t function_table_definition(struct function_table *table,
	const struct facts *facts, uint32_t local)
{
	struct linked_function linked = convert(table, facts, &facts->functions[local]);

	return find_place(table, key_of(&linked))->function;
}

/* May the linker take another definition than this unit's own? */
static bool gives_way(struct function_table *table, const struct facts *facts,
	const struct facts_function *fn)
{
	const struct symbol *symbol;

	if (fn->flags & FACTS_INTERNAL)
		return false;
	symbol = find_symbol(table, symbol_name(table, facts, fn));
	if (fn->flags & FUNCTION_WEAK)
		return symbol->strong.count || linkage_has_binaries(table->linkage);
	return symbol->strong.count > 1 && linkage_has_binaries(table->linkage);
}

struct definitions function_table_resolve_from(struct function_table *table,
	const struct facts *facts, uint32_t user, uint32_t local)
{
	const struct facts_function *fn = &facts->functions[local];

	if (linked_function_is_definition(fn) && !gives_way(table, facts, fn))
		return single(table, function_table_definition(table, facts, local));
	return by_symbol(table, facts, fn, user);
}

struct definitions function_table_resolve(struct function_table *table,
	const struct facts *facts, uint32_t local)
{
	return function_table_resolve_from(table, facts, FACTS_NONE, local);
}

/* Those that are defined in `unit`; all where none is, or it is not known. */
static struct definitions defined_in(struct function_table *table,
	const struct definitions *list, uint32_t unit)
{
	table->narrowed.count = 0;
	for (size_t i = 0; unit != LINKAGE_NO_UNIT && i < list->count; i++)
		if (table->functions[list->functions[i]].unit == unit)
			add_definition(&table->narrowed, list->functions[i]);
	return table->narrowed.count ? table->narrowed : *list;
}

struct definitions function_table_target(struct function_table *table, uint32_t function)
{
	const struct linked_function *alias = &table->functions[function];
	const struct symbol *symbol =
		alias->target ? find_symbol(table, alias->target) : NULL;
	const struct definitions none = {0};

	if (!symbol)
		return none;
	if (symbol->strong.count)
		return defined_in(table, &symbol->strong, alias->unit);
	if (symbol->weak.count)
		return defined_in(table, &symbol->weak, alias->unit);
	return defined_in(table, &symbol->hidden, alias->unit);
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
