/*
 * What the linker put into a program or shared object: which units, which function each
 * symbol means, and what other files may bind to. From ELF's symbol tables and DWARF.
 *
 * Files that are damaged or a stranger's are refused with a sentence. Nothing is fetched:
 * separate debug files are looked for where gdb does, on this machine only.
 */
#ifndef PCARCH_ANALYZER_BINARY_BINARY_H
#define PCARCH_ANALYZER_BINARY_BINARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct arena;
struct error;

enum {
	BINARY_NONE = UINT32_MAX
};

struct binary_unit {
	/*
	 * The source, absolute and without symlinks. Relative where the build hid its
	 * directory (-ffile-prefix-map): then any path that ends so may be it.
	 */
	const char *path;
	bool is_c; /* no assembly, C++, … */
};

/* A function that has code in a known unit; sorted by symbol, then address. */
struct binary_function {
	const char *symbol;
	const char *file; /* where it is declared, absolute; "" unknown */
	unsigned line; /* 0: unknown */
	uint32_t unit;
	uint64_t address;
	bool is_external; /* not static */
};

enum binary_binding {
	BINARY_LOCAL, /* static, or hidden by the linker */
	BINARY_WEAK,
	BINARY_GLOBAL,
};

/* A function by the symbol tables; sorted by name, then address. */
struct binary_symbol {
	const char *name; /* without a version */
	const char *file; /* of a local one: the base name of its source; "" unknown */
	uint64_t address, size;
	enum binary_binding binding;
	bool is_defined; /* otherwise another file must bring it */
	bool is_exported; /* other files may bind to it */
	bool is_ifunc;
	bool is_bare; /* code of a unit that debug information does not tell of */
};

/* Code of a unit, sorted by start. */
struct binary_range {
	uint64_t start, end;
	uint32_t unit; /* BINARY_NONE: of several, as -flto makes it */
};

struct binary {
	const char *path; /* as it was given */
	struct timespec modified;
	bool is_shared; /* a shared object: what it exports may be bound to elsewhere */
	bool binds_itself; /* except where it was linked with -Bsymbolic */
	const struct binary_unit *units;
	size_t nunits;
	const struct binary_range *ranges;
	size_t nranges;
	const struct binary_function *functions;
	size_t nfunctions;
	const uint32_t *by_address; /* functions, sorted */
	const struct binary_symbol *symbols;
	size_t nsymbols;
	bool has_bare; /* symbols, apart from what starts every program */
	const char *const *sources; /* base names of units by the symbol table, sorted */
	size_t nsources;
};

/*
 * Read the file at `path`; what it holds is the arena's. Fails where that is no linked
 * ELF file, or its units are not known: no debug information, or not all of it can be
 * read.
 */
bool binary_read(struct arena *arena, const char *path, struct binary *out,
	struct error *err);

/* Is unit `unit` of the binary the one of the source `path`, absolute and real? */
bool binary_unit_is(const struct binary *binary, uint32_t unit, const char *path);

/* Was a unit of that source linked into it, with debug information? */
bool binary_has_unit(const struct binary *binary, const char *path);

/* Or perhaps without: a unit of which the symbol table knows the base name? */
bool binary_has_bare_unit(const struct binary *binary, const char *path);

/* Does the code of such units define `symbol`? */
bool binary_has_bare(const struct binary *binary, const char *symbol);

/*
 * The function that `symbol` means inside of the binary: of several definitions the one
 * that was linked, of an alias what it stands for. NULL where it has none, where a
 * resolver chooses when the program is loaded, or where the file does not tell.
 */
const struct binary_function *binary_definition(const struct binary *binary,
	const char *symbol);

/* Does the binary offer `symbol` to other files? */
bool binary_exports(const struct binary *binary, const char *symbol);

/* Does the binary define `symbol`, or need another file to? */
bool binary_mentions(const struct binary *binary, const char *symbol);

#endif
