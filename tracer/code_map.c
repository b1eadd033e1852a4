#include "tracer/code_map.h"

#include "core/arena.h"
#include "core/compare.h"

#include <stdlib.h>
#include <string.h>

enum {
	SYMBOLS_BACK = 16 /* symbols that may start inside another one */
};

void code_map_release(struct code_map *map)
{
	free(map->functions);
	free(map->scopes);
	free(map->ranges);
	free(map->lines);
	free(map->symbols);
	free(map->units);
	free(map->innermost.items);
	free(map->bodies.items);
	*map = (struct code_map){0};
}

uint32_t code_map_function(struct code_map *map, const struct code_function *function)
{
	map->functions = grow(map->functions, map->nfunctions, &map->function_room,
		sizeof(*function));
	map->functions[map->nfunctions] = *function;
	return (uint32_t)map->nfunctions++;
}

uint32_t code_map_scope(struct code_map *map, const struct code_scope *scope)
{
	map->scopes = grow(map->scopes, map->nscopes, &map->scope_room, sizeof(*scope));
	map->scopes[map->nscopes] = *scope;
	return (uint32_t)map->nscopes++;
}

void code_map_range(struct code_map *map, const struct code_range *range)
{
	map->ranges = grow(map->ranges, map->nranges, &map->range_room, sizeof(*range));
	map->ranges[map->nranges++] = *range;
}

void code_map_line(struct code_map *map, const struct code_line *line)
{
	map->lines = grow(map->lines, map->nlines, &map->line_room, sizeof(*line));
	map->lines[map->nlines] = *line;
	map->lines[map->nlines].order = (uint32_t)map->nlines;
	map->nlines++;
}

void code_map_symbol(struct code_map *map, const struct code_symbol *symbol)
{
	map->symbols =
		grow(map->symbols, map->nsymbols, &map->symbol_room, sizeof(*symbol));
	map->symbols[map->nsymbols++] = *symbol;
}

void code_map_unit(struct code_map *map, const char *file)
{
	map->units = grow(map->units, map->nunits, &map->unit_room, sizeof(*map->units));
	map->units[map->nunits++] = file;
}

static int compare_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* What encloses comes first: a scope is added after the one that it is in. */
static int by_low(const void *a, const void *b)
{
	const struct code_range *left = a, *right = b;
	int order = compare_u64(left->low, right->low);

	if (!order)
		order = compare_u64(right->high, left->high);
	return order ? order : compare_u32(left->scope, right->scope);
}

/* Where one sequence ends and another starts, the latter counts. */
static int by_line_address(const void *a, const void *b)
{
	const struct code_line *left = a, *right = b;
	int order = compare_u64(left->address, right->address);

	if (!order && !left->file != !right->file)
		order = left->file ? 1 : -1;
	return order ? order : compare_u32(left->order, right->order);
}

/* Of several names of one function the last one here is taken: public, then shortest. */
static int by_symbol_address(const void *a, const void *b)
{
	const struct code_symbol *left = a, *right = b;
	int order = compare_u64(left->address, right->address);

	if (!order)
		order = left->is_public - right->is_public;
	if (!order)
		order = compare_u64(strlen(right->name), strlen(left->name));
	return order ? order : strcmp(right->name, left->name);
}

static void add_segment(struct code_segments *segments, uint64_t address, uint32_t scope)
{
	size_t n = segments->count;

	if (n && segments->items[n - 1].address == address) {
		segments->items[n - 1].scope = scope;
		return;
	}
	segments->items =
		grow(segments->items, n, &segments->room, sizeof(*segments->items));
	segments->items[segments->count++] = (struct code_segment){address, scope};
}

/* Close what ends at or before `address`, the innermost first. */
static size_t close_ranges(struct code_segments *segments, const struct code_range **open,
	size_t nopen, uint64_t address)
{
	while (nopen && open[nopen - 1]->high <= address) {
		uint64_t end = open[--nopen]->high;

		while (nopen && open[nopen - 1]->high <= end)
			nopen--;
		add_segment(segments, end, nopen ? open[nopen - 1]->scope : CODE_NONE);
	}
	return nopen;
}

/* Nested ranges, sorted, as segments one after another. */
static void flatten(const struct code_map *map, bool only_bodies,
	struct code_segments *out)
{
	/* NOLINTNEXTLINE(bugprone-sizeof-expression): of pointers */
	const struct code_range **open = xmalloc(map->nranges * sizeof(*open));
	size_t nopen = 0;

	for (size_t i = 0; i < map->nranges; i++) {
		const struct code_range *range = &map->ranges[i];

		if (only_bodies && map->scopes[range->scope].parent != CODE_NONE)
			continue;
		nopen = close_ranges(out, open, nopen, range->low);
		open[nopen++] = range;
		add_segment(out, range->low, range->scope);
	}
	close_ranges(out, open, nopen, UINT64_MAX);
	free(open);
}

void code_map_sort(struct code_map *map)
{
	if (map->nranges)
		qsort(map->ranges, map->nranges, sizeof(*map->ranges), by_low);
	if (map->nlines)
		qsort(map->lines, map->nlines, sizeof(*map->lines), by_line_address);
	if (map->nsymbols)
		qsort(map->symbols, map->nsymbols, sizeof(*map->symbols),
			by_symbol_address);
	flatten(map, false, &map->innermost);
	flatten(map, true, &map->bodies);
}

/* How many of `count` items, each of `size` bytes with an address first, are at or before
 * `address`. */
static size_t count_up_to(const void *items, size_t count, size_t size, uint64_t address)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		uint64_t at;

		memcpy(&at, (const char *)items + middle * size, sizeof(at));
		if (at <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

_Static_assert(offsetof(struct code_segment, address) == 0 &&
		       offsetof(struct code_line, address) == 0 &&
		       offsetof(struct code_symbol, address) == 0,
	"count_up_to() looks there");

static uint32_t scope_at(const struct code_segments *segments, uint64_t address)
{
	size_t n = count_up_to(segments->items, segments->count, sizeof(*segments->items),
		address);

	return n ? segments->items[n - 1].scope : CODE_NONE;
}

uint32_t code_map_innermost(const struct code_map *map, uint64_t address)
{
	return scope_at(&map->innermost, address);
}

uint32_t code_map_body(const struct code_map *map, uint64_t address)
{
	return scope_at(&map->bodies, address);
}

const struct code_line *code_map_line_at(const struct code_map *map, uint64_t address)
{
	size_t n = count_up_to(map->lines, map->nlines, sizeof(*map->lines), address);

	return n && map->lines[n - 1].file ? &map->lines[n - 1] : NULL;
}

const struct code_symbol *code_map_symbol_at(const struct code_map *map, uint64_t address)
{
	size_t n =
		count_up_to(map->symbols, map->nsymbols, sizeof(*map->symbols), address);

	for (size_t i = n; i > 0 && n - i < SYMBOLS_BACK; i--) {
		const struct code_symbol *symbol = &map->symbols[i - 1];

		if (address - symbol->address < symbol->size || (!symbol->size && i == n))
			return symbol;
	}
	return NULL;
}
