/* The functions that ELF's symbol tables tell of. */
#ifndef PCARCH_ANALYZER_BINARY_SYMBOLS_H
#define PCARCH_ANALYZER_BINARY_SYMBOLS_H

#include <stdbool.h>

struct arena;
struct binary;
struct elf_file;
struct error;

/*
 * Read into out->symbols and out->sources, sorted, what `program` and `debug` (which may
 * be `program`) tell of program's functions, and what kind of file it is.
 */
bool symbols_read(struct arena *arena, const struct elf_file *program,
	const struct elf_file *debug, struct binary *out, struct error *err);

#endif
