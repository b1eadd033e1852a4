#include "tracer/runtime/elf.h"

#include <dlfcn.h>
#include <string.h>

enum {
	NT_GNU_BUILD_ID_TYPE = 3,
	ALIGNMENT = 4,
};

static size_t aligned(size_t size)
{
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* In one PT_NOTE segment. */
static bool find_build_id(const uint8_t *at, size_t size, struct elf_image *image)
{
	while (size >= sizeof(ElfW(Nhdr))) {
		const ElfW(Nhdr) *note = (const void *)at;
		size_t name = aligned(note->n_namesz), whole;

		whole = sizeof(*note) + name + aligned(note->n_descsz);
		if (whole > size || note->n_namesz > size || note->n_descsz > size)
			return false;
		if (note->n_type == NT_GNU_BUILD_ID_TYPE && note->n_namesz == 4 &&
			memcmp(at + sizeof(*note), "GNU", 4) == 0) {
			image->build_id = at + sizeof(*note) + name;
			image->build_id_size = note->n_descsz;
			return true;
		}
		at += whole;
		size -= whole;
	}
	return false;
}

static void widen(uint64_t *from, uint64_t *to, uint64_t start, uint64_t end)
{
	if (start < *from)
		*from = start;
	if (end > *to)
		*to = end;
}

/* Where it is mapped, and its build id, from base, headers and nheaders. */
static void read_headers(struct elf_image *image)
{
	image->start = image->text = UINT64_MAX;
	image->end = image->text_end = 0;
	for (size_t i = 0; i < image->nheaders; i++) {
		const ElfW(Phdr) *header = &image->headers[i];
		uint64_t start = image->base + header->p_vaddr;
		uint64_t end = start + header->p_memsz;

		if (header->p_type == PT_NOTE && !image->build_id)
			find_build_id((const void *)start, header->p_memsz, image);
		if (header->p_type != PT_LOAD)
			continue;
		widen(&image->start, &image->end, start, end);
		if (header->p_flags & PF_X)
			widen(&image->text, &image->text_end, start, end);
	}
}

struct search {
	uint64_t address;
	struct elf_image image;
};

static bool holds(const struct dl_phdr_info *info, uint64_t address)
{
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];

		if (header->p_type == PT_LOAD &&
			address - (info->dlpi_addr + header->p_vaddr) < header->p_memsz)
			return true;
	}
	return false;
}

static int check_object(struct dl_phdr_info *info, size_t size, void *argument)
{
	struct search *search = argument;

	(void)size;
	if (!holds(info, search->address))
		return 0;
	search->image = (struct elf_image){
		.path = info->dlpi_name,
		.base = info->dlpi_addr,
		.headers = info->dlpi_phdr,
		.nheaders = info->dlpi_phnum,
	};
	return 1;
}

bool elf_image_find(uint64_t address, struct elf_image *out)
{
	struct search search = {.address = address};

	if (!dl_iterate_phdr(check_object, &search))
		return false;
	read_headers(&search.image);
	*out = search.image;
	return true;
}

#ifdef DLFO_STRUCT_HAS_EH_DBASE

/* Weak: an older glibc has none at run time. */
extern int _dl_find_object(void *, struct dl_find_object *) __attribute__((weak));

bool elf_image_find_unlocked(uint64_t address, struct elf_image *out)
{
	const ElfW(Ehdr) * file;
	struct dl_find_object found;
	struct elf_image image;

	if (!_dl_find_object)
		return elf_image_find(address, out);
	if (_dl_find_object((void *)address, &found) != 0 || !found.dlfo_link_map)
		return false;
	file = found.dlfo_map_start;
	/* The first segment holds the file's header in all but odd files. */
	if (memcmp(file->e_ident, ELFMAG, SELFMAG) != 0)
		return false;
	image = (struct elf_image){
		.path = found.dlfo_link_map->l_name,
		.base = found.dlfo_link_map->l_addr,
		.headers = (const void *)((const char *)file + file->e_phoff),
		.nheaders = file->e_phnum,
	};
	read_headers(&image);
	*out = image;
	return true;
}

#else

bool elf_image_find_unlocked(uint64_t address, struct elf_image *out)
{
	return elf_image_find(address, out);
}

#endif
