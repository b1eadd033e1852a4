#include "tracer/resolve.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"
#include "core/key_table.h"
#include "core/text.h"
#include "tracer/resolve_split.h"
#include "tracer/resolve_wanted.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MAX_DEPTH = 256, /* of nested scopes: more is not what a compiler makes */
	MAX_ORIGINS = 16, /* from an instance to what it is an instance of */
	MAX_ARITY = 1024,
	MAX_RANGES = 1 << 24, /* that are kept: ranges may be shared, and then squared */
};

struct reading {
	const struct resolve_request *request;
	struct interner *strings;
	struct code_map *map;
	struct key_table functions; /* by the place of their DIE in memory */
	struct wanted wanted;
	const char *file, *interned_file; /* the last one, as libdw gave it */
	Dwarf *dwarf; /* NULL: there is none */
	const char *directory; /* that the unit was compiled in; NULL: not known */
};

static void dwfl_close(Dwfl **dwfl)
{
	dwfl_end(*dwfl);
}

#define scoped_dwfl __attribute__((cleanup(dwfl_close))) Dwfl

const char *resolve_plain_name(struct interner *strings, const char *name)
{
	/* No C name has a dot in it, but some symbols start with one. */
	return intern(strings, name, 1 + strcspn(name + 1, "."));
}

/* One without ranges, a namespace, may hold anything. */
static bool has_wanted(const struct reading *reading, Dwarf_Die *die)
{
	Dwarf_Addr base, low, high;
	bool has_ranges = false;
	ptrdiff_t at = 0;

	while ((at = dwarf_ranges(die, at, &base, &low, &high)) > 0) {
		has_ranges = true;
		if (wanted_in(&reading->wanted, low, high))
			return true;
	}
	return !has_ranges;
}

static const char *directory_of(Dwarf_Die *unit)
{
	Dwarf_Attribute attribute;

	return dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attribute));
}

/* A file of a unit, whole: of DWARF 5, libdw gives "sub/x.c" as it was compiled. */
static const char *intern_path(struct reading *reading, const char *directory,
	const char *file)
{
	scoped_text path = {0};

	if (file[0] != '/' && directory)
		text_printf(&path, "%s/", directory);
	text_add(&path, file);
	return intern_string(reading->strings, path.bytes);
}

/* Names of files repeat, and libdw gives the same pointer each time. */
static const char *intern_file(struct reading *reading, Dwarf_Die *unit, const char *file)
{
	const char *directory;

	if (file && file != reading->file) {
		directory = directory_of(unit); /* a split one has none */
		reading->file = file;
		reading->interned_file = intern_path(reading,
			directory ? directory : reading->directory, file);
	}
	return file ? reading->interned_file : NULL;
}

/* A row of the line table, which is sorted by address. */
static void add_line(struct reading *reading, Dwarf_Die *unit, Dwarf_Line *row,
	uint64_t address)
{
	struct code_line line = {.address = address};
	int number = 0, column = 0;
	bool is_end = false;

	dwarf_lineendsequence(row, &is_end);
	if (!is_end)
		line.file = intern_file(reading, unit, dwarf_linesrc(row, NULL, NULL));
	dwarf_lineno(row, &number);
	dwarf_linecol(row, &column);
	line.line = number > 0 ? (unsigned)number : 0;
	line.column = column > 0 ? (unsigned)column : 0;
	code_map_line(reading->map, &line);
}

/* Only rows that a wanted address belongs to: most belong to none. */
static void read_lines(struct reading *reading, Dwarf_Die *unit)
{
	const struct wanted *wanted = &reading->wanted;
	Dwarf_Addr address, next;
	Dwarf_Lines *lines;
	size_t n = 0, k;

	if (dwarf_getsrclines(unit, &lines, &n) != 0 || !n ||
		dwarf_lineaddr(dwarf_onesrcline(lines, 0), &address) != 0)
		return;
	k = wanted_first(wanted, address);
	for (size_t i = 0; i < n && k < wanted->count; i++) {
		next = UINT64_MAX;
		if (i + 1 < n)
			dwarf_lineaddr(dwarf_onesrcline(lines, i + 1), &next);
		if (wanted->addresses[k] < next && wanted_is_code(wanted, address))
			add_line(reading, unit, dwarf_onesrcline(lines, i), address);
		while (k < wanted->count && wanted->addresses[k] < next)
			k++;
		address = next;
	}
}

/* What `die` is an instance of: of an inlined body, or one made from an abstract. */
static Dwarf_Die origin_of(Dwarf_Die *die)
{
	Dwarf_Die origin = *die;

	for (int i = 0; i < MAX_ORIGINS; i++) {
		Dwarf_Attribute attribute;
		Dwarf_Die next;

		if (!dwarf_attr(&origin, DW_AT_abstract_origin, &attribute) ||
			!dwarf_formref_die(&attribute, &next))
			break;
		origin = next;
	}
	return origin;
}

/* A file that says that a DIE's sibling stands before it would have no end. */
static bool next_sibling(Dwarf_Die *die)
{
	Dwarf_Off before = dwarf_dieoffset(die);

	return dwarf_siblingof(die, die) == 0 && dwarf_dieoffset(die) > before;
}

static unsigned count_parameters(Dwarf_Die *function)
{
	unsigned n = 0;
	Dwarf_Die die;

	if (dwarf_child(function, &die) != 0)
		return 0;
	do {
		n += dwarf_tag(&die) == DW_TAG_formal_parameter;
	} while (n < MAX_ARITY && next_sibling(&die));
	return n;
}

static unsigned read_unsigned(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attribute;
	Dwarf_Word value;

	if (!dwarf_attr(die, name, &attribute) ||
		dwarf_formudata(&attribute, &value) != 0 || value > UINT32_MAX)
		return 0;
	return (unsigned)value;
}

/* Which file an attribute names. Not dwarf_decl_file(): it aborts where there is none. */
static const char *file_of(struct reading *reading, Dwarf_Die *die, unsigned name)
{
	unsigned index = read_unsigned(die, name);
	Dwarf_Files *files;
	Dwarf_Die unit;
	size_t n;

	if (!dwarf_hasattr(die, name) || !dwarf_diecu(die, &unit, NULL, NULL) ||
		dwarf_getsrcfiles(&unit, &files, &n) != 0 || index >= n)
		return NULL;
	return intern_file(reading, &unit, dwarf_filesrc(files, index, NULL, NULL));
}

static uint32_t function_of(struct reading *reading, Dwarf_Die *die)
{
	Dwarf_Die origin = origin_of(die);
	const void *key = origin.addr;
	struct code_function function = {0};
	Dwarf_Attribute attribute;
	const char *name;
	bool is_new, is_external = false;
	uint32_t index = key_table_add(&reading->functions, &key, &is_new);

	if (!is_new)
		return index;
	name = dwarf_diename(&origin);
	function.name = name ? resolve_plain_name(reading->strings, name) : NULL;
	function.file = file_of(reading, &origin, DW_AT_decl_file);
	function.line = read_unsigned(&origin, DW_AT_decl_line);
	function.arity = count_parameters(&origin);
	if (dwarf_attr_integrate(&origin, DW_AT_external, &attribute))
		dwarf_formflag(&attribute, &is_external);
	function.is_public = is_external;
	return code_map_function(reading->map, &function);
}

/* Where an inlined function is called. */
static void read_call(struct reading *reading, Dwarf_Die *die, struct code_scope *scope)
{
	scope->call_file = file_of(reading, die, DW_AT_call_file);
	scope->call_line = read_unsigned(die, DW_AT_call_line);
	scope->call_column = read_unsigned(die, DW_AT_call_column);
}

/*
 * Add what of a function's body, or of an inlined one, is wanted. False: nothing is, and
 * so nothing inside it. *scope is the one around, and becomes its own.
 */
static bool read_scope(struct reading *reading, Dwarf_Die *die, uint32_t *scope)
{
	bool is_inlined = dwarf_tag(die) == DW_TAG_inlined_subroutine, is_added = false;
	struct code_scope made = {.parent = is_inlined ? *scope : CODE_NONE};
	Dwarf_Addr base, low, high;
	ptrdiff_t at = 0;

	while ((at = dwarf_ranges(die, at, &base, &low, &high)) > 0) {
		if (low >= high || !wanted_is_code(&reading->wanted, low) ||
			!wanted_in(&reading->wanted, low, high) ||
			reading->map->nranges >= MAX_RANGES)
			continue;
		if (!is_added) {
			made.function = function_of(reading, die);
			if (is_inlined)
				read_call(reading, die, &made);
			*scope = code_map_scope(reading->map, &made);
		}
		is_added = true;
		code_map_range(reading->map, &(struct code_range){low, high, *scope});
	}
	return is_added;
}

/* What can hold code. */
static bool is_walked(int tag)
{
	return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine ||
	       tag == DW_TAG_lexical_block || tag == DW_TAG_namespace ||
	       tag == DW_TAG_try_block || tag == DW_TAG_catch_block;
}

/* Is there anything inside that is wanted? *scope as for read_scope(). */
static bool is_entered(struct reading *reading, Dwarf_Die *die, uint32_t *scope)
{
	int tag = dwarf_tag(die);

	if (tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine)
		return read_scope(reading, die, scope);
	return has_wanted(reading, die);
}

struct level {
	Dwarf_Die die;
	uint32_t scope; /* that it is in */
};

/* Not recursive: how deep DIEs nest is the file's choice. */
static void walk(struct reading *reading, Dwarf_Die *unit)
{
	struct level levels[MAX_DEPTH];
	size_t depth = 0;

	if (dwarf_child(unit, &levels[0].die) != 0)
		return;
	levels[0].scope = CODE_NONE;
	for (;;) {
		struct level *at = &levels[depth];
		int tag = dwarf_tag(&at->die);
		uint32_t scope = at->scope;

		if (is_walked(tag) && depth + 1 < MAX_DEPTH &&
			is_entered(reading, &at->die, &scope) &&
			dwarf_child(&at->die, &at[1].die) == 0) {
			at[1].scope = scope;
			depth++;
			continue;
		}
		while (!next_sibling(&levels[depth].die))
			if (depth-- == 0)
				return;
	}
}

static void read_unit_name(struct reading *reading, Dwarf_Die *unit, bool is_lost)
{
	const char *name = is_lost ? split_unit_name(unit) : dwarf_diename(unit);

	reading->map->nlost += is_lost;
	if (name && name[0] != '<') /* "<artificial>": of several, by LTO */
		code_map_unit(reading->map,
			intern_path(reading, reading->directory, name));
}

static void read_units(struct reading *reading, Dwarf *dwarf)
{
	Dwarf_CU *unit = NULL;
	Dwarf_Die die, split;
	uint8_t type;

	while (dwarf_get_units(dwarf, unit, &unit, NULL, &type, &die, &split) == 0) {
		bool is_lost = split_is_lost(&die);
		bool is_split = type == DW_UT_skeleton && !is_lost;

		reading->directory = directory_of(&die);
		read_unit_name(reading, is_split ? &split : &die, is_lost);
		if (!has_wanted(reading, &die))
			continue;
		read_lines(reading, &die);
		walk(reading, is_split ? &split : &die);
	}
}

/* Of a function whose debug information is missing: its name and its file. */
static void read_lost(struct reading *reading, const struct code_symbol *symbol)
{
	struct code_function function = {.is_public = symbol->is_public};
	uint64_t end = symbol->address + symbol->size;
	struct code_scope scope = {.parent = CODE_NONE};
	Dwarf_Line *row;
	Dwarf_Die unit;

	if (!reading->map->nlost || !wanted_in(&reading->wanted, symbol->address, end))
		return;
	row = split_function(reading->dwarf, symbol->address, &unit);
	if (!row)
		return;
	/* Its line is not known: the row is that of the brace, which may be another. */
	function.name = resolve_plain_name(reading->strings, symbol->name);
	function.file = intern_file(reading, &unit, dwarf_linesrc(row, NULL, NULL));
	scope.function = code_map_function(reading->map, &function);
	code_map_range(reading->map, &(struct code_range){symbol->address, end,
					     code_map_scope(reading->map, &scope)});
}

static void read_symbols(struct reading *reading, Dwfl_Module *module)
{
	int n = dwfl_module_getsymtab(module);

	for (int i = 1; i < n; i++) {
		GElf_Word section;
		GElf_Addr address;
		GElf_Sym symbol;
		struct code_symbol found;
		const char *name = dwfl_module_getsym_info(module, i, &symbol, &address,
			&section, NULL, NULL);
		int type = GELF_ST_TYPE(symbol.st_info);

		if (!name || !name[0] || section == SHN_UNDEF ||
			(type != STT_FUNC && type != STT_GNU_IFUNC) ||
			!wanted_is_code(&reading->wanted, address))
			continue;
		found = (struct code_symbol){address, symbol.st_size,
			intern_string(reading->strings, name),
			GELF_ST_BIND(symbol.st_info) != STB_LOCAL};
		code_map_symbol(reading->map, &found);
		read_lost(reading, &found);
	}
}

static bool is_same_file(Dwfl_Module *module, const struct resolve_request *request)
{
	const unsigned char *id;
	GElf_Addr address;
	int size = dwfl_module_build_id(module, &id, &address);

	if (!request->build_id_size || size <= 0)
		return !request->build_id_size;
	return (size_t)size >= request->build_id_size &&
	       memcmp(id, request->build_id, request->build_id_size) == 0;
}

/* -1: it cannot be read. What is no plain file might never be opened, or hang. */
static int open_file(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	struct stat st;

	if (fd < 0) {
		error_set_errno(err, "open", path, NULL);
		return -1;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	close(fd);
	error_set(err, (struct location){path, 0, 0}, "this is no object file");
	return -1;
}

static bool read_module(struct reading *reading, Dwfl_Module *module, struct error *err)
{
	GElf_Addr bias;
	Elf *elf = dwfl_module_getelf(module, &bias);

	if (!elf)
		return error_set(err, (struct location){reading->request->path, 0, 0},
			"this is no object file: %s", dwfl_errmsg(-1));
	if (!is_same_file(module, reading->request))
		return error_set(err, (struct location){reading->request->path, 0, 0},
			"it is not the file that ran: it was built again since; trace once more");
	wanted_read_code(&reading->wanted, elf);
	if (!reading->request->only_symbols)
		reading->dwarf = dwfl_module_getdwarf(module, &bias);
	if (reading->dwarf && bias == 0)
		read_units(reading, reading->dwarf);
	read_symbols(reading, module);
	code_map_sort(reading->map);
	return true;
}

bool resolve_object(const struct resolve_request *request, struct interner *strings,
	struct code_map *map, struct error *err)
{
	static char *debug_path; /* NULL: where the system keeps such files */
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.debuginfo_path = &debug_path,
	};
	struct reading reading = {
		.request = request,
		.strings = strings,
		.map = map,
		.wanted = {.addresses = request->addresses, .count = request->naddresses},
		.functions.key_bytes = sizeof(void *),
	};
	int fd = open_file(request->path, err);
	Dwfl_Module *module;
	bool ok;

	if (fd < 0)
		return false;
	/* libdwfl would ask servers on the net for what is not here. */
	unsetenv("DEBUGINFOD_URLS");
	scoped_dwfl *dwfl = dwfl_begin(&callbacks);

	module = dwfl ? dwfl_report_elf(dwfl, request->path, request->path, fd, 0, true)
		      : NULL;
	if (!module) {
		close(fd);
		return error_set(err, (struct location){request->path, 0, 0},
			"this is no object file: %s", dwfl_errmsg(-1));
	}
	dwfl_report_end(dwfl, NULL, NULL);
	ok = read_module(&reading, module, err);
	key_table_release(&reading.functions);
	return ok;
}
