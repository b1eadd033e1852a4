#include "analyzer/binary/debug_units.h"

#include "analyzer/binary/binary.h"
#include "analyzer/binary/debug_strings.h"
#include "analyzer/binary/elf_file.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/real_path.h"
#include "core/text.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwelf.h>
#include <stdlib.h>
#include <string.h>

enum {
	/* An out-of-line copy of an inlined copy of …: three are enough for gcc's LTO. */
	MAX_ORIGINS = 16,
};

struct reading {
	struct arena *arena;
	const struct elf_file *program, *debug;
	struct real_paths paths;
	struct binary_unit *units; /* heap */
	Dwarf_Off *offsets; /* heap: of each unit's first entry, ascending */
	size_t nunits, units_room, offsets_room;
	struct binary_function *functions; /* heap */
	size_t nfunctions, functions_room;
	struct binary_range *ranges; /* heap */
	size_t nranges, ranges_room;
	const char *declared, *declared_path; /* the last one asked for, and its path */
	const char *directory; /* of the unit being read */
};

static void reading_release(struct reading *reading)
{
	real_paths_release(&reading->paths);
	free(reading->units);
	free(reading->offsets);
	free(reading->functions);
	free(reading->ranges);
}

#define scoped_reading __attribute__((cleanup(reading_release))) struct reading

static bool damaged(const struct reading *reading, struct error *err)
{
	const char *why = dwarf_errmsg(-1);

	return error_set(err, (struct location){.file = reading->debug->path},
		"its debug information is damaged: %s",
		why ? why : "it leads in circles");
}

static bool is_c(Dwarf_Die *die)
{
	switch (dwarf_srclang(die)) {
	case DW_LANG_C89:
	case DW_LANG_C:
	case DW_LANG_C99:
	case DW_LANG_C11:
	case 0x2c: /* C17 */
	case 0x3e: /* C23 */
		return true;
	default:
		return false;
	}
}

/* A relative directory is what -ffile-prefix-map left: nobody knows from where. */
static const char *relative_path(struct reading *reading, const char *directory,
	const char *name)
{
	const char *parts[] = {directory ? directory : "", name};
	scoped_text path = {0};

	for (size_t i = 0; i < 2; i++) {
		for (const char *at = parts[i]; *at; at += strspn(at, "/")) {
			size_t len = strcspn(at, "/");
			bool is_up = len == 2 && at[0] == '.' && at[1] == '.';

			while (is_up && path.len && path.bytes[path.len - 1] != '/')
				path.len--;
			path.len -= is_up && path.len;
			if (len && !is_up && !(len == 1 && at[0] == '.'))
				text_printf(&path, "%s%.*s", path.len ? "/" : "",
					(int)len, at);
			at += len;
		}
	}
	return arena_copy(reading->arena, text_string(&path), path.len);
}

static const char *source_path(struct reading *reading, const char *directory,
	const char *name)
{
	if (name[0] == '/' || (directory && directory[0] == '/'))
		return real_file(&reading->paths, directory ? directory : "/", name);
	return relative_path(reading, directory, name);
}

static void add_unit(struct reading *reading, Dwarf_Die *die, bool unit_is_c,
	const char *name)
{
	reading->units = grow(reading->units, reading->nunits, &reading->units_room,
		sizeof(*reading->units));
	reading->offsets = grow(reading->offsets, reading->nunits, &reading->offsets_room,
		sizeof(*reading->offsets));
	reading->units[reading->nunits] = (struct binary_unit){
		.path = source_path(reading, reading->directory, name),
		.is_c = unit_is_c};
	reading->offsets[reading->nunits++] = dwarf_dieoffset(die);
}

/* The unit whose entries begin at `offset`. */
static uint32_t find_unit(const struct reading *reading, Dwarf_Off offset)
{
	size_t low = 0, high = reading->nunits;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (reading->offsets[middle] < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low < reading->nunits && reading->offsets[low] == offset ? (uint32_t)low
									: BINARY_NONE;
}

/* With -flto code stands in units of the linker; where it comes from says its origin. */
static uint32_t unit_of(const struct reading *reading, const Dwarf_Die *die,
	uint32_t unit)
{
	Dwarf_Die origin = *die, unit_die;
	Dwarf_Attribute attribute;

	if (unit != BINARY_NONE)
		return unit;
	for (int i = 0; i < MAX_ORIGINS; i++)
		if (!dwarf_attr(&origin, DW_AT_abstract_origin, &attribute) ||
			!dwarf_formref_die(&attribute, &origin))
			break;
	if (!dwarf_diecu(&origin, &unit_die, NULL, NULL))
		return BINARY_NONE;
	return find_unit(reading, dwarf_dieoffset(&unit_die));
}

/* Not dwarf_decl_file(), which asserts that the unit's table of files can be read. */
static const char *declared_in(struct reading *reading, Dwarf_Die *die)
{
	Dwarf_Attribute attribute;
	Dwarf_Word number;
	Dwarf_Files *files;
	Dwarf_Die unit_die;
	size_t nfiles;
	const char *file;

	if (dwarf_formudata(dwarf_attr_integrate(die, DW_AT_decl_file, &attribute),
		    &number) != 0 ||
		!dwarf_cu_die(attribute.cu, &unit_die, NULL, NULL, NULL, NULL, NULL,
			NULL) ||
		dwarf_getsrcfiles(&unit_die, &files, &nfiles) != 0 || number >= nfiles)
		return "";
	file = dwarf_filesrc(files, number, NULL, NULL);
	if (!file)
		return "";
	if (file != reading->declared) {
		reading->declared = file;
		reading->declared_path = source_path(reading, reading->directory, file);
	}
	return reading->declared_path;
}

static bool entry_address(const struct reading *reading, Dwarf_Die *die,
	Dwarf_Addr *address)
{
	Dwarf_Addr base, end;

	/* The first of several ranges is where the function is entered. */
	if (dwarf_lowpc(die, address) != 0 &&
		dwarf_ranges(die, 0, &base, address, &end) <= 0)
		return false;
	return elf_file_is_code(reading->program, *address);
}

static void add_function(struct reading *reading, Dwarf_Die *die, uint32_t unit)
{
	struct binary_function fn = {0};
	Dwarf_Attribute attribute;
	Dwarf_Addr address;
	int line = 0;

	if (!entry_address(reading, die, &address))
		return;
	fn.symbol = debug_string(die, DW_AT_linkage_name);
	if (!fn.symbol)
		fn.symbol = debug_string(die, DW_AT_name);
	fn.unit = unit_of(reading, die, unit);
	if (!fn.symbol || fn.unit == BINARY_NONE)
		return;
	fn.symbol = arena_strdup(reading->arena, fn.symbol);
	fn.file = declared_in(reading, die);
	if (dwarf_decl_line(die, &line) == 0 && line > 0)
		fn.line = (unsigned)line;
	fn.address = address;
	fn.is_external = dwarf_attr_integrate(die, DW_AT_external, &attribute) != NULL;
	reading->functions = grow(reading->functions, reading->nfunctions,
		&reading->functions_room, sizeof(fn));
	reading->functions[reading->nfunctions++] = fn;
}

/* C has functions at the top of a unit only, but for nested ones, which have no name. */
static bool read_functions(struct reading *reading, Dwarf_Die *unit_die, uint32_t unit,
	struct error *err)
{
	Dwarf_Die die;
	int status = dwarf_child(unit_die, &die);

	while (status == 0) {
		Dwarf_Off offset = dwarf_dieoffset(&die);

		if (dwarf_tag(&die) == DW_TAG_subprogram)
			add_function(reading, &die, unit);
		status = dwarf_siblingof(&die, &die);
		if (status == 0 && dwarf_dieoffset(&die) <= offset)
			return damaged(reading, err);
	}
	return status > 0 || damaged(reading, err);
}

/* Is it a file that can be opened without waiting for somebody? */
static bool is_plain(const char *path)
{
	struct stat st;

	return stat(path, &st) < 0 || S_ISREG(st.st_mode);
}

/* A file named in the debug information, as it stands beside it. */
static const char *beside(const struct reading *reading, const char *name)
{
	const char *path = reading->debug->path, *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash - path) : 1;

	return name[0] == '/' ? name
			      : arena_printf(reading->arena, "%.*s/%s", folder,
					slash ? path : ".", name);
}

/* What -gsplit-dwarf left in a .dwo file; libdw looks beside us and where it was built.
 */
static bool read_split(struct reading *reading, Dwarf_CU *cu, Dwarf_Die *skeleton,
	Dwarf_Die *out, struct error *err)
{
	const char *name = debug_string(skeleton, DW_AT_dwo_name);
	const char *directory = debug_string(skeleton, DW_AT_comp_dir);
	const char *built;

	*out = (Dwarf_Die){0};
	if (!name)
		name = debug_string(skeleton, DW_AT_GNU_dwo_name);
	if (!name)
		name = "";
	built = arena_printf(reading->arena, "%s/%s", directory ? directory : ".", name);
	if (*name && is_plain(beside(reading, name)) && is_plain(built) &&
		dwarf_cu_info(cu, NULL, NULL, NULL, out, NULL, NULL, NULL) == 0 &&
		out->addr)
		return debug_strings_check(dwarf_cu_getdwarf(out->cu),
			reading->debug->path, err);
	return error_set(err, (struct location){.file = reading->debug->path},
		"part of its debug information is in '%s', which cannot be read; keep .dwo "
		"files where they were built, or build without -gsplit-dwarf",
		name);
}

/* The entry that tells of the unit: in a split file, another than the file's own. */
static bool open_unit(struct reading *reading, Dwarf_CU *cu, Dwarf_Die *die,
	Dwarf_Die *out, struct error *err)
{
	uint8_t type;

	if (dwarf_cu_info(cu, NULL, &type, NULL, NULL, NULL, NULL, NULL) != 0)
		return damaged(reading, err);
	*out = *die;
	if (type == DW_UT_skeleton && !read_split(reading, cu, die, out, err))
		return false;
	reading->directory = debug_string(out, DW_AT_comp_dir);
	if (!reading->directory)
		reading->directory = debug_string(die, DW_AT_comp_dir);
	reading->declared = NULL;
	return true;
}

static void add_ranges(struct reading *reading, Dwarf_Die *die, uint32_t unit)
{
	Dwarf_Addr base, start, end;
	ptrdiff_t at = 0;

	while ((at = dwarf_ranges(die, at, &base, &start, &end)) > 0) {
		if (!elf_file_is_code(reading->program, start) || end <= start)
			continue;
		reading->ranges = grow(reading->ranges, reading->nranges,
			&reading->ranges_room, sizeof(*reading->ranges));
		reading->ranges[reading->nranges++] =
			(struct binary_range){start, end, unit};
	}
}

static bool read_name(struct reading *reading, Dwarf_CU *cu, Dwarf_Die *die,
	struct error *err)
{
	Dwarf_Die whole;
	const char *name;

	if (!open_unit(reading, cu, die, &whole, err))
		return false;
	if (dwarf_tag(&whole) != DW_TAG_compile_unit)
		return true; /* types, and what several units share: no code */
	name = debug_string(&whole, DW_AT_name);
	if (!name)
		return damaged(reading, err);
	if (name[0] != '<') /* "<artificial>": made by the linker, with -flto */
		add_unit(reading, die, is_c(&whole), name);
	return true;
}

static bool read_code(struct reading *reading, Dwarf_CU *cu, Dwarf_Die *die,
	struct error *err)
{
	Dwarf_Die whole;

	uint32_t unit = find_unit(reading, dwarf_dieoffset(die));

	if (!open_unit(reading, cu, die, &whole, err))
		return false;
	add_ranges(reading, &whole, unit);
	return read_functions(reading, &whole, unit, err);
}

typedef bool read_unit(struct reading *reading, Dwarf_CU *cu, Dwarf_Die *die,
	struct error *err);

static bool each_unit(struct reading *reading, Dwarf *dwarf, read_unit *read,
	struct error *err)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die die;
	int status;

	while ((status = dwarf_get_units(dwarf, cu, &cu, NULL, NULL, &die, NULL)) == 0)
		if (!read(reading, cu, &die, err))
			return false;
	return status > 0 || damaged(reading, err);
}

/* What `dwz` moved into a file that several programs share. */
static bool check_shared(const struct reading *reading, Dwarf *dwarf, struct error *err)
{
	const char *name;
	const void *id;

	if (dwelf_dwarf_gnu_debugaltlink(dwarf, &name, &id) <= 0)
		return true;
	if (is_plain(beside(reading, name)) && dwarf_getalt(dwarf))
		return debug_strings_check(dwarf_getalt(dwarf), reading->debug->path,
			err);
	return error_set(err, (struct location){.file = reading->debug->path},
		"part of its debug information is in '%s', which cannot be read", name);
}

/* Names first: code may stand before the unit that it comes from. */
static bool read_all(struct reading *reading, Dwarf *dwarf, struct error *err)
{
	return debug_strings_check(dwarf, reading->debug->path, err) &&
	       check_shared(reading, dwarf, err) &&
	       each_unit(reading, dwarf, read_name, err) &&
	       each_unit(reading, dwarf, read_code, err);
}

static const void *kept(struct arena *arena, const void *items, size_t size)
{
	return size ? arena_copy(arena, items, size) : arena_alloc(arena, 0);
}

static void keep(struct reading *reading, struct binary *out)
{
	out->units = kept(reading->arena, reading->units,
		reading->nunits * sizeof(*reading->units));
	out->nunits = reading->nunits;
	out->functions = kept(reading->arena, reading->functions,
		reading->nfunctions * sizeof(*reading->functions));
	out->nfunctions = reading->nfunctions;
	out->ranges = kept(reading->arena, reading->ranges,
		reading->nranges * sizeof(*reading->ranges));
	out->nranges = reading->nranges;
}

bool debug_units_read(struct arena *arena, const struct elf_file *program,
	const struct elf_file *debug, struct binary *out, struct error *err)
{
	scoped_reading reading = {.arena = arena, .program = program, .debug = debug};
	Dwarf *dwarf = dwarf_begin_elf(debug->elf, DWARF_C_READ, NULL);
	bool ok;

	reading.paths.strings.arena = arena;
	if (!dwarf)
		return damaged(&reading, err);
	ok = read_all(&reading, dwarf, err);
	dwarf_end(dwarf);
	if (ok)
		keep(&reading, out);
	return ok;
}
