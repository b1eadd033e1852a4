#include "tracer/runtime/symbols.h"

#include <fcntl.h>
#include <link.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The whole file; what it says of itself is not believed. */
struct elf_file {
	const char *bytes;
	size_t size;
};

static bool holds(const struct elf_file *file, uint64_t offset, uint64_t size)
{
	return offset <= file->size && size <= file->size - offset;
}

static bool map_file(const char *path, struct elf_file *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *bytes = MAP_FAILED;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		return false;
	*out = (struct elf_file){bytes, (size_t)st.st_size};
	return true;
}

static const ElfW(Shdr) * sections_of(const struct elf_file *file, size_t *count)
{
	const ElfW(Ehdr) *header = (const void *)file->bytes;

	if (!holds(file, 0, sizeof(*header)) ||
		memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
		header->e_shentsize != sizeof(ElfW(Shdr)) || header->e_shoff % 8 ||
		!holds(file, header->e_shoff, header->e_shnum * sizeof(ElfW(Shdr))))
		return NULL;
	*count = header->e_shnum;
	return (const void *)(file->bytes + header->e_shoff);
}

static const ElfW(Shdr) * find_section(const struct elf_file *file, uint32_t type)
{
	size_t count = 0;
	const ElfW(Shdr) *sections = sections_of(file, &count);

	for (size_t i = 0; sections && i < count; i++)
		if (sections[i].sh_type == type && sections[i].sh_link < count &&
			sections[i].sh_offset % 8 == 0 &&
			holds(file, sections[i].sh_offset, sections[i].sh_size))
			return &sections[i];
	return NULL;
}

/* NULL where it does not end inside the table. */
static const char *string_at(const struct elf_file *file, const ElfW(Shdr) * table,
	uint64_t offset)
{
	const char *strings = file->bytes + table->sh_offset;

	if (!holds(file, table->sh_offset, table->sh_size) || offset >= table->sh_size ||
		!memchr(strings + offset, '\0', table->sh_size - offset))
		return NULL;
	return strings + offset;
}

/* Local symbols follow the name of the file that they are from. */
static void take_symbol(struct symbol *symbol, const ElfW(Sym) * from,
	void (*take)(const struct symbol *, void *), void *argument)
{
	unsigned type = from->st_info & 15, binding = from->st_info >> 4;
	const char *file = symbol->file;

	if (!symbol->name)
		return;
	if (type == STT_FILE)
		symbol->file =
			symbol->name[0] && symbol->name[0] != '<' ? symbol->name : NULL;
	if (type != STT_FUNC || from->st_shndx == SHN_UNDEF)
		return;
	if (binding != STB_LOCAL)
		symbol->file = NULL;
	take(symbol, argument);
	symbol->file = file;
}

bool symbols_each(const char *path, void (*take)(const struct symbol *, void *),
	void *argument)
{
	const ElfW(Shdr) * section, *strings;
	const ElfW(Sym) * symbols;
	struct symbol symbol = {.file = NULL};
	struct elf_file file;
	size_t count = 0;

	if (!map_file(path, &file))
		return false;
	section = find_section(&file, SHT_SYMTAB);
	if (!section)
		section = find_section(&file, SHT_DYNSYM);
	if (section) {
		strings = &sections_of(&file, &count)[section->sh_link];
		symbols = (const void *)(file.bytes + section->sh_offset);
		count = section->sh_size / sizeof(*symbols);
		for (size_t i = 0; i < count; i++) {
			symbol.name = string_at(&file, strings, symbols[i].st_name);
			symbol.address = symbols[i].st_value;
			symbol.size = symbols[i].st_size;
			take_symbol(&symbol, &symbols[i], take, argument);
		}
	}
	munmap((void *)file.bytes, file.size);
	return section != NULL;
}
