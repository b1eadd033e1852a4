#include "analyzer/binary/elf_file.h"

#include "core/arena.h"
#include "core/error.h"

#include <elfutils/libdwelf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
	/* zlib makes at most 1032 bytes of one; zstd is refused by libdw of today. */
	MAX_EXPANSION = 1032,
	MAX_BUILD_ID = 64,
};

static const char debug_root[] = "/usr/lib/debug";

static struct location at(const struct elf_file *file)
{
	return (struct location){.file = file->path};
}

void elf_file_close(struct elf_file *file)
{
	if (file->elf)
		elf_end(file->elf);
	if (file->fd >= 0)
		close(file->fd);
	file->elf = NULL;
	file->fd = -1;
}

static const char *section_name(const struct elf_file *file, const GElf_Shdr *section)
{
	size_t names;
	const char *name = NULL;

	if (elf_getshdrstrndx(file->elf, &names) == 0)
		name = elf_strptr(file->elf, names, section->sh_name);
	return name ? name : "";
}

static bool check_section(const struct elf_file *file, Elf_Scn *scn, struct error *err)
{
	uint64_t size = (uint64_t)file->stat.st_size;
	GElf_Shdr section;
	GElf_Chdr packed;

	if (!gelf_getshdr(scn, &section))
		return error_set(err, at(file),
			"damaged: a section header is unreadable");
	if (section.sh_type == SHT_NOBITS || section.sh_type == SHT_NULL)
		return true;
	if (section.sh_offset > size || section.sh_size > size - section.sh_offset)
		return error_set(err, at(file),
			"truncated: section '%s' goes past the end of the file",
			section_name(file, &section));
	if (!(section.sh_flags & SHF_COMPRESSED) || !gelf_getchdr(scn, &packed) ||
		packed.ch_size / MAX_EXPANSION <= section.sh_size)
		return true;
	return error_set(err, at(file),
		"damaged: section '%s' claims to unpack to %llu bytes",
		section_name(file, &section), (unsigned long long)packed.ch_size);
}

static bool check_sections(const struct elf_file *file, struct error *err)
{
	uint64_t size = (uint64_t)file->stat.st_size;
	Elf_Scn *scn = NULL;
	size_t count, nsegments;

	/* libelf takes a table past the end for none. */
	if (file->header.e_shoff > size || file->header.e_phoff > size ||
		elf_getshdrnum(file->elf, &count) < 0 ||
		elf_getphdrnum(file->elf, &nsegments) < 0 ||
		(file->header.e_shoff && !count) ||
		count > (size - file->header.e_shoff) / sizeof(Elf32_Shdr))
		return error_set(err, at(file),
			"truncated: its tables go past the end of the file");
	while ((scn = elf_nextscn(file->elf, scn)))
		if (!check_section(file, scn, err))
			return false;
	return true;
}

static bool check_kind(struct elf_file *file, struct error *err)
{
	if (elf_kind(file->elf) == ELF_K_AR)
		return error_set(err, at(file),
			"an archive, of which a program takes what it needs; name the program");
	if (elf_kind(file->elf) != ELF_K_ELF || !gelf_getehdr(file->elf, &file->header))
		return error_set(err, at(file),
			"not an ELF file; a program or shared object was expected");
	if (file->header.e_type == ET_REL)
		return error_set(err, at(file),
			"an object file, which is not linked yet; name the program");
	if (file->header.e_type != ET_EXEC && file->header.e_type != ET_DYN)
		return error_set(err, at(file),
			"neither a program nor a shared object; name one of these");
	return check_sections(file, err);
}

bool elf_file_open(struct elf_file *file, const char *path, struct error *err)
{
	*file = (struct elf_file){.path = path};
	/* A pipe would keep us waiting for somebody to write. */
	file->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file->fd < 0 || fstat(file->fd, &file->stat) < 0)
		return error_set_errno(err, "open", path, NULL);
	if (!S_ISREG(file->stat.st_mode))
		return error_set(err, at(file),
			"not a regular file; a program or shared object was expected");
	elf_version(EV_CURRENT);
	/* Not mapped: somebody may cut the file short while we read. */
	file->elf = elf_begin(file->fd, ELF_C_READ, NULL);
	if (!file->elf)
		return error_set(err, at(file), "cannot be read: %s", elf_errmsg(-1));
	return check_kind(file, err);
}

bool elf_file_has_debug(const struct elf_file *file)
{
	Elf_Scn *scn = NULL;
	GElf_Shdr section;

	while ((scn = elf_nextscn(file->elf, scn))) {
		const char *name;

		if (!gelf_getshdr(scn, &section) || section.sh_type == SHT_NOBITS)
			continue;
		name = section_name(file, &section);
		if (strcmp(name, ".debug_info") == 0 || strcmp(name, ".zdebug_info") == 0)
			return true;
	}
	return false;
}

/* Functions that the linker dropped keep debug information, with address 0 or -1. */
bool elf_file_is_code(const struct elf_file *file, uint64_t address)
{
	size_t count = 0;
	GElf_Phdr segment;

	if (!address || elf_getphdrnum(file->elf, &count) < 0)
		return false;
	for (size_t i = 0; i < count; i++)
		if (gelf_getphdr(file->elf, (int)i, &segment) &&
			segment.p_type == PT_LOAD && (segment.p_flags & PF_X) &&
			address >= segment.p_vaddr &&
			address - segment.p_vaddr < segment.p_memsz)
			return true;
	return false;
}

static size_t build_id(const struct elf_file *file, const unsigned char **bytes)
{
	const void *id;
	ssize_t len = dwelf_elf_gnu_build_id(file->elf, &id);

	*bytes = id;
	return len > 1 && len <= MAX_BUILD_ID ? (size_t)len : 0;
}

/* A debug file of an older build would tell of other units. */
static bool belongs(const struct elf_file *file, const char *path)
{
	scoped_elf other = {.fd = -1};
	const unsigned char *id, *other_id;
	size_t len = build_id(file, &id);
	struct error err;

	if (!elf_file_open(&other, path, &err) || !elf_file_has_debug(&other))
		return false;
	return !len ||
	       (build_id(&other, &other_id) == len && memcmp(id, other_id, len) == 0);
}

static const char *path_by_build_id(const struct elf_file *file, struct arena *arena)
{
	char hex[2 * MAX_BUILD_ID + 1];
	const unsigned char *id;
	size_t len = build_id(file, &id);

	for (size_t i = 0; i < len; i++)
		snprintf(hex + 2 * i, 3, "%02x", id[i]);
	return len ? arena_printf(arena, "%s/.build-id/%.2s/%s.debug", debug_root, hex,
			     hex + 2)
		   : NULL;
}

const char *elf_file_debug_path(const struct elf_file *file, struct arena *arena)
{
	const char *path = path_by_build_id(file, arena), *name, *slash;
	char *real = realpath(file->path, NULL);
	const char *places[3];
	GElf_Word checksum;
	int folder;

	if (path && belongs(file, path)) {
		free(real);
		return path;
	}
	name = dwelf_elf_gnu_debuglink(file->elf, &checksum);
	slash = real ? strrchr(real, '/') : NULL;
	path = NULL;
	if (name && slash && *name && !strchr(name, '/')) {
		folder = (int)(slash - real);
		places[0] = arena_printf(arena, "%.*s/%s", folder, real, name);
		places[1] = arena_printf(arena, "%.*s/.debug/%s", folder, real, name);
		places[2] =
			arena_printf(arena, "%s%.*s/%s", debug_root, folder, real, name);
		for (size_t i = 0; i < 3 && !path; i++)
			if (belongs(file, places[i]))
				path = places[i];
	}
	free(real);
	return path;
}
