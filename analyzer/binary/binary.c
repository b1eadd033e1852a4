#include "analyzer/binary/binary.h"

#include "analyzer/binary/debug_units.h"
#include "analyzer/binary/elf_file.h"
#include "analyzer/binary/symbols.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static int by_symbol(const void *left, const void *right)
{
	const struct binary_function *a = left, *b = right;
	int order = strcmp(a->symbol, b->symbol);

	if (!order && a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return order ? order : (a->unit > b->unit) - (a->unit < b->unit);
}

static int compare_addresses(const void *left, const void *right, void *functions)
{
	const struct binary_function *all = functions;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	if (all[a].address != all[b].address)
		return all[a].address < all[b].address ? -1 : 1;
	return (a > b) - (a < b);
}

static int by_name(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int by_start(const void *left, const void *right)
{
	const struct binary_range *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->unit > b->unit) - (a->unit < b->unit);
}

/* NULL: no unit has code there. */
static const struct binary_range *range_at(const struct binary *binary, uint64_t address)
{
	size_t low = 0, high = binary->nranges;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (binary->ranges[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low && address < binary->ranges[low - 1].end ? &binary->ranges[low - 1]
							    : NULL;
}

/* What the C library links into every program to start it, without debug information. */
static bool is_start(const char *name)
{
	static const char *const names[] = {"_start", "_init", "_fini",
		"_dl_relocate_static_pie", "__libc_csu_init", "__libc_csu_fini"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Functions as they are being put together. */
struct function_list {
	struct binary_function *items; /* in the arena, room for one a symbol more */
	size_t count;
};

static bool is_known(const struct function_list *functions, size_t count,
	const struct binary_symbol *symbol)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (functions->items[middle].address < symbol->address)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && functions->items[low].address == symbol->address;
}

static int by_address(const void *left, const void *right)
{
	const struct binary_function *a = left, *b = right;

	return (a->address > b->address) - (a->address < b->address);
}

/*
 * Symbols of code that DWARF has no function for: compilers make some of one they split
 * or merge. Their unit is the one whose code surrounds them.
 */
static void add_symbols(const struct elf_file *program, struct binary *binary,
	struct function_list *functions)
{
	struct binary_symbol *symbols = (struct binary_symbol *)binary->symbols;
	size_t known = functions->count;

	if (known)
		qsort(functions->items, known, sizeof(*functions->items), by_address);
	for (size_t i = 0; i < binary->nsymbols; i++) {
		struct binary_symbol *symbol = &symbols[i];
		const struct binary_range *range;

		if (!symbol->is_defined || symbol->binding == BINARY_LOCAL ||
			is_known(functions, known, symbol) ||
			!elf_file_is_code(program, symbol->address))
			continue;
		range = range_at(binary, symbol->address);
		symbol->is_bare = !range;
		binary->has_bare |= !range && !is_start(symbol->name);
		if (!range || range->unit == BINARY_NONE)
			continue;
		functions->items[functions->count++] = (struct binary_function){
			.symbol = symbol->name,
			.file = "",
			.unit = range->unit,
			.address = symbol->address,
			.is_external = true,
		};
	}
}

/* Put what was read in order, and together. */
static void settle(struct arena *arena, const struct elf_file *program,
	struct binary *binary)
{
	size_t most = binary->nfunctions + binary->nsymbols;
	struct function_list functions = {
		.items = arena_alloc(arena, most * sizeof(*functions.items)),
		.count = binary->nfunctions,
	};
	uint32_t *order = arena_alloc(arena, most * sizeof(*order));

	if (binary->nranges)
		qsort((struct binary_range *)binary->ranges, binary->nranges,
			sizeof(*binary->ranges), by_start);
	if (functions.count)
		memcpy(functions.items, binary->functions,
			functions.count * sizeof(*functions.items));
	add_symbols(program, binary, &functions);
	for (uint32_t i = 0; i < functions.count; i++)
		order[i] = i;
	if (functions.count) {
		qsort(functions.items, functions.count, sizeof(*functions.items),
			by_symbol);
		qsort_r(order, functions.count, sizeof(*order), compare_addresses,
			functions.items);
	}
	binary->functions = functions.items;
	binary->nfunctions = functions.count;
	binary->by_address = order;
}

/* The file that tells of the units: the program itself, or one that it names. */
static bool open_debug(struct arena *arena, const struct elf_file *program,
	struct elf_file *debug, struct error *err)
{
	const char *path;

	if (elf_file_has_debug(program))
		return true;
	path = elf_file_debug_path(program, arena);
	if (path)
		return elf_file_open(debug, path, err);
	return error_set(err, (struct location){.file = program->path},
		"no debug information, so nobody knows which units it is made of; build it "
		"with -g, or put its debug file beside it");
}

bool binary_read(struct arena *arena, const char *path, struct binary *out,
	struct error *err)
{
	scoped_elf program = {.fd = -1}, debug = {.fd = -1};
	const struct elf_file *source = &program;
	struct binary binary = {.path = path};

	if (!elf_file_open(&program, path, err) ||
		!open_debug(arena, &program, &debug, err))
		return false;
	if (debug.elf)
		source = &debug;
	binary.modified = program.stat.st_mtim;
	if (!symbols_read(arena, &program, source, &binary, err) ||
		!debug_units_read(arena, &program, source, &binary, err))
		return false;
	settle(arena, &program, &binary);
	*out = binary;
	return true;
}

bool binary_unit_is(const struct binary *binary, uint32_t unit, const char *path)
{
	const char *own = binary->units[unit].path;
	size_t own_len = strlen(own), len = strlen(path);

	if (own[0] == '/')
		return strcmp(own, path) == 0;
	return own_len && len > own_len && path[len - own_len - 1] == '/' &&
	       text_has_suffix(path, own);
}

bool binary_has_unit(const struct binary *binary, const char *path)
{
	for (uint32_t i = 0; i < binary->nunits; i++)
		if (binary_unit_is(binary, i, path))
			return true;
	return false;
}

/* The symbols of a name, or the functions: `count` of them from `first` on. */
struct range {
	size_t first, count;
};

static struct range symbols_named(const struct binary *binary, const char *name)
{
	size_t low = 0, high = binary->nsymbols, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(binary->symbols[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < binary->nsymbols; end++)
		if (strcmp(binary->symbols[end].name, name) != 0)
			break;
	return (struct range){low, end - low};
}

static struct range functions_named(const struct binary *binary, const char *name)
{
	size_t low = 0, high = binary->nfunctions, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(binary->functions[middle].symbol, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < binary->nfunctions; end++)
		if (strcmp(binary->functions[end].symbol, name) != 0)
			break;
	return (struct range){low, end - low};
}

/* The only function at `address`; NULL: none, or several. */
static const struct binary_function *function_at(const struct binary *binary,
	uint64_t address)
{
	size_t low = 0, high = binary->nfunctions;
	const struct binary_function *fn, *next;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (binary->functions[binary->by_address[middle]].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == binary->nfunctions)
		return NULL;
	fn = &binary->functions[binary->by_address[low]];
	if (fn->address != address)
		return NULL;
	if (low + 1 == binary->nfunctions)
		return fn;
	next = &binary->functions[binary->by_address[low + 1]];
	return next->address == address ? NULL : fn;
}

static bool stands_at(const struct binary *binary, struct range symbols, uint64_t address)
{
	for (size_t i = 0; i < symbols.count; i++) {
		const struct binary_symbol *symbol = &binary->symbols[symbols.first + i];

		if (symbol->is_defined && symbol->address == address)
			return true;
	}
	return false;
}

/* Of the functions of that name, the only one that `symbols` lead to, or, without any
 * symbols, the only one. */
static const struct binary_function *only_named(const struct binary *binary,
	const char *name, struct range symbols, bool by_address)
{
	struct range functions = functions_named(binary, name);
	const struct binary_function *found = NULL;

	for (size_t i = 0; i < functions.count; i++) {
		const struct binary_function *fn =
			&binary->functions[functions.first + i];

		if (!fn->is_external ||
			(by_address && !stands_at(binary, symbols, fn->address)))
			continue;
		if (found)
			return NULL;
		found = fn;
	}
	return found;
}

const struct binary_function *binary_definition(const struct binary *binary,
	const char *symbol)
{
	struct range symbols = symbols_named(binary, symbol);
	const struct binary_function *found;
	bool is_told = false;

	for (size_t i = 0; i < symbols.count; i++)
		if (binary->symbols[symbols.first + i].is_ifunc)
			return NULL;
	found = only_named(binary, symbol, symbols, true);
	for (size_t i = 0; !found && i < symbols.count; i++) {
		const struct binary_symbol *alias = &binary->symbols[symbols.first + i];

		if (!alias->is_defined || alias->binding == BINARY_LOCAL)
			continue;
		is_told = true;
		found = function_at(binary, alias->address);
	}
	return found || is_told ? found : only_named(binary, symbol, symbols, false);
}

bool binary_exports(const struct binary *binary, const char *symbol)
{
	struct range symbols = symbols_named(binary, symbol);

	for (size_t i = 0; i < symbols.count; i++)
		if (binary->symbols[symbols.first + i].is_exported)
			return true;
	return false;
}

bool binary_mentions(const struct binary *binary, const char *symbol)
{
	return symbols_named(binary, symbol).count > 0;
}

bool binary_has_bare(const struct binary *binary, const char *symbol)
{
	struct range symbols = symbols_named(binary, symbol);

	for (size_t i = 0; i < symbols.count; i++)
		if (binary->symbols[symbols.first + i].is_bare)
			return true;
	return false;
}

bool binary_has_bare_unit(const struct binary *binary, const char *path)
{
	const char *name = basename(path);

	/* A source that debug information knows under that name is the one. */
	for (size_t i = 0; i < binary->nunits; i++)
		if (strcmp(basename(binary->units[i].path), name) == 0)
			return false;
	return bsearch(&name, binary->sources, binary->nsources, sizeof(*binary->sources),
		       by_name) != NULL;
}
