/* An ELF file that is open, and known to be whole. */
#ifndef PCARCH_ANALYZER_BINARY_ELF_FILE_H
#define PCARCH_ANALYZER_BINARY_ELF_FILE_H

#include <gelf.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct arena;
struct error;

struct elf_file {
	const char *path; /* the caller's */
	int fd;
	Elf *elf;
	struct stat stat;
	GElf_Ehdr header;
};

/*
 * Open a linked file, or what was cut off from one by `objcopy --only-keep-debug`. Fails
 * on anything else, on one whose sections go past its end, and on one whose compressed
 * sections claim what no compression does.
 */
bool elf_file_open(struct elf_file *file, const char *path, struct error *err);
void elf_file_close(struct elf_file *file); /* also one that was never opened: fd -1 */

#define scoped_elf __attribute__((cleanup(elf_file_close))) struct elf_file

/* Are there units to be read in it? */
bool elf_file_has_debug(const struct elf_file *file);

/* Does code stand at that address, when the file is loaded as it says? */
bool elf_file_is_code(const struct elf_file *file, uint64_t address);

/*
 * The file that holds the debug information of `file`, by build id or debug link; NULL
 * where there is none. In `arena`.
 */
const char *elf_file_debug_path(const struct elf_file *file, struct arena *arena);

#endif
