#include "tracer/object_code.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_STEPS = 4, /* from an exported function to the one that calls */
	MAX_CALLERS = 256, /* that are followed */
	CALL_BYTES = 5, /* opcode and a 32-bit distance */
};

void object_code_release(struct object_code *code)
{
	file_unmap(&code->map);
	free(code->starts);
	free(code->exported);
	free(code->imported);
	*code = (struct object_code){0};
}

/* `size` bytes at `offset`; NULL: not all in the file. */
static const void *bytes_at(const struct object_code *code, uint64_t offset,
	uint64_t size)
{
	if (offset > code->map.size || size > code->map.size - offset)
		return NULL;
	return code->map.bytes + offset;
}

/* --- where functions start --------------------------------------------------------- */

/*
 * The table of .eh_frame_hdr, which has an entry for each function, as every file that
 * can be unwound has it. Source: Linux Standard Base 5.0, Core, 10.6.2.
 */
static void read_starts(struct object_code *code, const Elf64_Phdr *header)
{
	enum {
		HEAD_BYTES = 12, /* version, three encodings, a pointer, the count */
		ENTRY_BYTES = 8,
		ENCODED_PTR = 0x1b, /* relative to itself, 32 bits */
		ENCODED_COUNT = 0x03, /* 32 bits */
		ENCODED_TABLE = 0x3b, /* relative to the header, 32 bits */
	};
	const unsigned char *at = bytes_at(code, header->p_offset, HEAD_BYTES);
	const unsigned char *table;
	uint32_t count;

	if (!at || code->starts || at[0] != 1 || at[1] != ENCODED_PTR ||
		at[2] != ENCODED_COUNT || at[3] != ENCODED_TABLE)
		return;
	memcpy(&count, at + 8, sizeof(count));
	table = bytes_at(code, header->p_offset + HEAD_BYTES,
		(uint64_t)count * ENTRY_BYTES);
	if (!table)
		return;
	code->starts = xmalloc(count * sizeof(*code->starts));
	for (uint32_t i = 0; i < count; i++) {
		int32_t distance;
		uint64_t start;

		memcpy(&distance, table + (size_t)i * ENTRY_BYTES, sizeof(distance));
		start = header->p_vaddr + (uint64_t)(int64_t)distance;
		if (!code->nstarts || start > code->starts[code->nstarts - 1])
			code->starts[code->nstarts++] = start;
	}
}

static void read_segments(struct object_code *code, const Elf64_Ehdr *elf)
{
	const size_t most = sizeof(code->code) / sizeof(code->code[0]);

	for (size_t i = 0; i < elf->e_phnum; i++) {
		const void *at = bytes_at(code, elf->e_phoff + i * sizeof(Elf64_Phdr),
			sizeof(Elf64_Phdr));
		Elf64_Phdr header;

		if (!at)
			return;
		memcpy(&header, at, sizeof(header));
		if (header.p_type == PT_GNU_EH_FRAME)
			read_starts(code, &header);
		if (header.p_type != PT_LOAD || !(header.p_flags & PF_X) ||
			code->ncode == most ||
			!bytes_at(code, header.p_offset, header.p_filesz))
			continue;
		code->code[code->ncode++] = (struct code_bytes){
			header.p_vaddr, header.p_offset, header.p_filesz};
	}
}

/* The last start at or before `address`: its index; SIZE_MAX: none. */
static size_t find_start(const struct object_code *code, uint64_t address)
{
	size_t low = 0, high = code->nstarts;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code->starts[middle] <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

bool object_code_start(const struct object_code *code, uint64_t address, uint64_t *start)
{
	size_t index = find_start(code, address);

	if (index == SIZE_MAX)
		return false;
	*start = code->starts[index];
	return true;
}

/* --- names that others use --------------------------------------------------------- */

static int by_address(const void *a, const void *b)
{
	const struct exported *left = a, *right = b;

	if (left->address != right->address)
		return left->address < right->address ? -1 : 1;
	return strcmp(left->name, right->name);
}

static void read_symbols(struct object_code *code, const Elf64_Shdr *symbols,
	const Elf64_Shdr *names)
{
	uint64_t count = symbols->sh_size / sizeof(Elf64_Sym);
	const char *table = bytes_at(code, symbols->sh_offset, symbols->sh_size);
	const char *text = bytes_at(code, names->sh_offset, names->sh_size);

	if (!table || !text || !names->sh_size || text[names->sh_size - 1] ||
		code->exported)
		return;
	code->exported = xmalloc(count * sizeof(*code->exported));
	code->imported = xmalloc(count * sizeof(*code->imported));
	for (uint64_t i = 0; i < count; i++) {
		int type;
		Elf64_Sym symbol;

		memcpy(&symbol, table + i * sizeof(symbol), sizeof(symbol));
		type = ELF64_ST_TYPE(symbol.st_info);
		if (symbol.st_name >= names->sh_size || !text[symbol.st_name])
			continue;
		if (symbol.st_shndx == SHN_UNDEF)
			code->imported[code->nimported++] = text + symbol.st_name;
		else if (type == STT_FUNC || type == STT_GNU_IFUNC)
			code->exported[code->nexported++] =
				(struct exported){symbol.st_value, text + symbol.st_name};
	}
	qsort(code->exported, code->nexported, sizeof(*code->exported), by_address);
}

static bool section_at(const struct object_code *code, const Elf64_Ehdr *elf,
	size_t index, Elf64_Shdr *out)
{
	const void *at = index < elf->e_shnum
				 ? bytes_at(code, elf->e_shoff + index * sizeof(*out),
					   sizeof(*out))
				 : NULL;

	if (at)
		memcpy(out, at, sizeof(*out));
	return at != NULL;
}

static void read_sections(struct object_code *code, const Elf64_Ehdr *elf)
{
	for (size_t i = 0; i < elf->e_shnum; i++) {
		Elf64_Shdr section, names;

		if (section_at(code, elf, i, &section) && section.sh_type == SHT_DYNSYM &&
			section_at(code, elf, section.sh_link, &names))
			read_symbols(code, &section, &names);
	}
}

bool object_code_open(struct object_code *code, const char *path)
{
	struct object_code opened = {0};
	struct error ignored;
	Elf64_Ehdr elf;
	const void *at;

	if (!file_map(path, &opened.map, &ignored))
		return false;
	at = bytes_at(&opened, 0, sizeof(elf));
	if (at)
		memcpy(&elf, at, sizeof(elf));
	if (!at || memcmp(elf.e_ident, ELFMAG, SELFMAG) != 0 ||
		elf.e_ident[EI_CLASS] != ELFCLASS64 ||
		elf.e_phentsize != sizeof(Elf64_Phdr) ||
		(elf.e_shnum && elf.e_shentsize != sizeof(Elf64_Shdr))) {
		object_code_release(&opened);
		return false;
	}
	read_segments(&opened, &elf);
	read_sections(&opened, &elf);
	*code = opened;
	return true;
}

/* --- who calls whom ---------------------------------------------------------------- */

/* Functions, as indices of their starts, and how many are settled. */
struct search {
	const struct object_code *code;
	const struct key_table *imported;
	struct interner *strings;
	size_t found[MAX_CALLERS];
	size_t nfound;
	const char *nearest; /* exported, though not imported */
};

static bool is_found(const struct search *search, size_t from, size_t to, size_t start)
{
	for (size_t i = from; i < to; i++)
		if (search->found[i] == start)
			return true;
	return false;
}

static const char *exported_at(struct search *search, uint64_t start)
{
	const struct object_code *code = search->code;
	size_t low = 0, high = code->nexported;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code->exported[middle].address < start)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < code->nexported && code->exported[low].address == start; low++) {
		const char *name =
			intern_string(search->strings, code->exported[low].name);

		if (!search->nearest)
			search->nearest = name;
		if (key_table_find(search->imported, &name) != UINT32_MAX)
			return name;
	}
	return NULL;
}

/* Add those that call, or jump to, found[from] to found[to - 1]. */
static void add_callers(struct search *search, const struct code_bytes *bytes,
	size_t from, size_t to)
{
#ifdef __x86_64__
	const unsigned char *at =
		(const unsigned char *)search->code->map.bytes + bytes->offset;
	enum {
		CALL = 0xe8,
		JUMP = 0xe9
	};

	for (uint64_t i = 0; i + CALL_BYTES <= bytes->size; i++) {
		uint64_t address = bytes->address + i, target;
		int32_t distance;
		size_t index, caller;

		if (at[i] != CALL && at[i] != JUMP)
			continue;
		memcpy(&distance, at + i + 1, sizeof(distance));
		target = address + CALL_BYTES + (uint64_t)(int64_t)distance;
		index = find_start(search->code, target);
		if (index == SIZE_MAX || search->code->starts[index] != target ||
			!is_found(search, from, to, index))
			continue;
		caller = find_start(search->code, address);
		if (caller != SIZE_MAX && search->nfound < MAX_CALLERS &&
			!is_found(search, 0, search->nfound, caller))
			search->found[search->nfound++] = caller;
	}
#else
	(void)search;
	(void)bytes;
	(void)from;
	(void)to;
#endif
}

const char *object_code_entry(const struct object_code *code, uint64_t address,
	const struct key_table *imported, struct interner *strings)
{
	struct search search = {.code = code, .imported = imported, .strings = strings};
	size_t settled = 0;

	search.found[0] = find_start(code, address);
	if (search.found[0] == SIZE_MAX)
		return NULL;
	search.nfound = 1;
	for (int step = 0; step < MAX_STEPS && settled < search.nfound; step++) {
		size_t from = settled;

		settled = search.nfound;
		for (size_t i = from; i < settled; i++) {
			const char *name =
				exported_at(&search, code->starts[search.found[i]]);

			if (name)
				return name;
		}
		for (size_t i = 0; i < code->ncode; i++)
			add_callers(&search, &code->code[i], from, settled);
	}
	return search.nearest;
}
