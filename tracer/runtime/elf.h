/* An ELF file as it is mapped. */
#ifndef PCARCH_TRACER_RUNTIME_ELF_H
#define PCARCH_TRACER_RUNTIME_ELF_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf_image {
	const char *path; /* "" the program itself */
	uint64_t base, start, end, text, text_end; /* as in struct recording_object */
	const ElfW(Phdr) * headers;
	size_t nheaders;
	const uint8_t *build_id; /* in its memory */
	size_t build_id_size;
};

/* The one that holds `address`. Takes the dynamic linker's lock. */
bool elf_image_find(uint64_t address, struct elf_image *out);

/* The same without any lock, where libc can (glibc 2.35). */
bool elf_image_find_unlocked(uint64_t address, struct elf_image *out);

#endif
