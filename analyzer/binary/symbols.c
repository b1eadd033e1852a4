#include "analyzer/binary/symbols.h"

#include "analyzer/binary/binary.h"
#include "analyzer/binary/elf_file.h"
#include "core/arena.h"
#include "core/error.h"

#include <stdlib.h>
#include <string.h>

struct symbol_list {
	struct arena *arena;
	struct binary_symbol *items; /* heap */
	size_t count, room;
	const char **sources; /* heap */
	size_t nsources, sources_room;
};

static void symbol_list_release(struct symbol_list *list)
{
	free(list->items);
	free(list->sources);
}

#define scoped_symbols __attribute__((cleanup(symbol_list_release))) struct symbol_list

static bool damaged(const struct elf_file *file, struct error *err)
{
	return error_set(err, (struct location){.file = file->path},
		"damaged: its symbol table is unreadable");
}

static Elf_Scn *find_table(const struct elf_file *file, GElf_Word type,
	GElf_Shdr *section)
{
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(file->elf, scn)))
		if (gelf_getshdr(scn, section) && section->sh_type == type &&
			section->sh_entsize)
			return scn;
	return NULL;
}

static enum binary_binding binding_of(const GElf_Sym *symbol)
{
	switch (GELF_ST_BIND(symbol->st_info)) {
	case STB_LOCAL:
		return BINARY_LOCAL;
	case STB_WEAK:
		return BINARY_WEAK;
	default:
		return BINARY_GLOBAL;
	}
}

static bool is_function(const GElf_Sym *symbol)
{
	switch (GELF_ST_TYPE(symbol->st_info)) {
	case STT_FUNC:
	case STT_GNU_IFUNC:
		return true;
	case STT_NOTYPE: /* of assembly, and what no input of the link defines */
		return GELF_ST_BIND(symbol->st_info) != STB_LOCAL;
	default:
		return false;
	}
}

/* What other files see: neither local, hidden nor internal. */
static bool is_visible(const GElf_Sym *symbol)
{
	unsigned visibility = GELF_ST_VISIBILITY(symbol->st_other);

	return symbol->st_shndx != SHN_UNDEF && binding_of(symbol) != BINARY_LOCAL &&
	       (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

static void add(struct symbol_list *list, const GElf_Sym *symbol, const char *name,
	const char *file)
{
	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count++] = (struct binary_symbol){
		.name = arena_copy(list->arena, name, strcspn(name, "@")),
		.file = file,
		.address = symbol->st_value,
		.size = symbol->st_size,
		.binding = binding_of(symbol),
		.is_defined = symbol->st_shndx != SHN_UNDEF,
		.is_ifunc = GELF_ST_TYPE(symbol->st_info) == STT_GNU_IFUNC,
	};
}

static const char *add_source(struct symbol_list *list, const char *name)
{
	list->sources = grow(list->sources, list->nsources, &list->sources_room,
		sizeof(*list->sources));
	name = arena_strdup(list->arena, name);
	return list->sources[list->nsources++] = name;
}

/* The table of that type, where the file has one. */
static bool read_table(const struct elf_file *file, GElf_Word type,
	struct symbol_list *list, struct error *err)
{
	GElf_Shdr section;
	Elf_Scn *scn = find_table(file, type, &section);
	Elf_Data *data = scn ? elf_getdata(scn, NULL) : NULL;
	const char *source = "";
	GElf_Sym symbol;

	if (!scn || section.sh_type == SHT_NOBITS)
		return true;
	if (!data)
		return damaged(file, err);
	for (int i = 1; gelf_getsym(data, i, &symbol); i++) {
		const char *name = elf_strptr(file->elf, section.sh_link, symbol.st_name);

		if (!name)
			return damaged(file, err);
		if (GELF_ST_TYPE(symbol.st_info) == STT_FILE)
			source = add_source(list, name);
		if (!*name || !is_function(&symbol))
			continue;
		add(list, &symbol, name,
			binding_of(&symbol) == BINARY_LOCAL ? source : "");
		list->items[list->count - 1].is_exported =
			type == SHT_DYNSYM && is_visible(&symbol);
	}
	return true;
}

static int by_name(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static int compare(const void *left, const void *right)
{
	const struct binary_symbol *a = left, *b = right;
	int order = strcmp(a->name, b->name);

	if (!order && a->is_defined != b->is_defined)
		return a->is_defined ? -1 : 1;
	if (!order && a->address != b->address)
		return a->address < b->address ? -1 : 1;
	order = order ? order : strcmp(a->file, b->file);
	return order ? order : (int)a->binding - (int)b->binding;
}

static bool is_same(const struct binary_symbol *a, const struct binary_symbol *b)
{
	return a->address == b->address && a->is_defined == b->is_defined &&
	       strcmp(a->name, b->name) == 0 && strcmp(a->file, b->file) == 0;
}

/* Sorted, and what both tables tell of once. */
static void settle(struct symbol_list *list)
{
	size_t kept = 0;

	if (list->count)
		qsort(list->items, list->count, sizeof(*list->items), compare);
	for (size_t i = 0; i < list->count; i++) {
		if (kept && is_same(&list->items[i], &list->items[kept - 1]))
			list->items[kept - 1].is_exported |= list->items[i].is_exported;
		else
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

/* A program may be a "shared object" to ELF: one that says so, or names a loader. */
static void read_kind(const struct elf_file *program, struct binary *out)
{
	GElf_Shdr section;
	Elf_Scn *scn = find_table(program, SHT_DYNAMIC, &section);
	Elf_Data *data = scn ? elf_getdata(scn, NULL) : NULL;
	bool is_program = program->header.e_type == ET_EXEC;
	size_t nsegments = 0;
	GElf_Phdr segment;
	GElf_Dyn entry;

	elf_getphdrnum(program->elf, &nsegments);
	for (size_t i = 0; i < nsegments; i++)
		is_program |= gelf_getphdr(program->elf, (int)i, &segment) &&
			      segment.p_type == PT_INTERP;
	for (int i = 0; data && gelf_getdyn(data, i, &entry); i++) {
		is_program |= entry.d_tag == DT_FLAGS_1 && (entry.d_un.d_val & DF_1_PIE);
		out->binds_itself |=
			entry.d_tag == DT_SYMBOLIC ||
			(entry.d_tag == DT_FLAGS && (entry.d_un.d_val & DF_SYMBOLIC));
	}
	out->is_shared = !is_program;
	out->binds_itself |= is_program;
}

bool symbols_read(struct arena *arena, const struct elf_file *program,
	const struct elf_file *debug, struct binary *out, struct error *err)
{
	scoped_symbols list = {.arena = arena};
	struct binary_symbol *symbols;
	const char **sources;
	GElf_Shdr section;
	bool is_stripped = !find_table(program, SHT_SYMTAB, &section);

	if (!read_table(program, SHT_DYNSYM, &list, err) ||
		!read_table(is_stripped ? debug : program, SHT_SYMTAB, &list, err))
		return false;
	settle(&list);
	symbols = arena_alloc(arena, list.count * sizeof(*symbols));
	if (list.count)
		memcpy(symbols, list.items, list.count * sizeof(*symbols));
	sources = arena_alloc(arena, list.nsources * sizeof(*sources));
	if (list.nsources) {
		memcpy(sources, list.sources, list.nsources * sizeof(*sources));
		qsort(sources, list.nsources, sizeof(*sources), by_name);
	}
	out->sources = sources;
	out->nsources = list.nsources;
	out->symbols = symbols;
	out->nsymbols = list.count;
	read_kind(program, out);
	return true;
}
