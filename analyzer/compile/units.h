/*
 * The list of translation units to scan: the compile database with response files
 * expanded, duplicates dropped, and each command line made fit for libclang.
 */
#ifndef PCARCH_ANALYZER_COMPILE_UNITS_H
#define PCARCH_ANALYZER_COMPILE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct compdb;
struct error;
struct word_list;

struct scan_unit {
	const char *directory; /* absolute, symlinks resolved: where the compiler ran */
	const char *file; /* absolute, symlinks resolved where it exists */
	/*
	 * For clang_parseTranslationUnit2FullArgv after argv[0]: no compiler, no input or
	 * output, no -M… -c -S -E, nothing that writes files or loads plug-ins; relative
	 * paths stay relative to `directory`. Ends with what toolchain.h adds.
	 */
	const char *const *arguments;
	size_t narguments;
	const char *compiler; /* argv[0] as it stood */
	unsigned variant; /* from 0: units of one file with other arguments */
};

struct unit_list {
	struct scan_unit *units; /* sorted by file, then by arguments */
	size_t nunits;
	size_t nduplicates; /* entries that said the same again */
	size_t nskipped; /* entries that are no C: assembly, C++, objects, links */
	size_t nlost_responses; /* "@file" words that could not be followed */
	const char *const *notes; /* for -v: what was dropped and why, a sentence each */
	size_t nnotes;
};

/*
 * Find compile_commands.json: in `start`, then in `start`/build (and build-*, out,
 * cmake-build-*, when there is exactly one), then the same upward to the root of the file
 * system or of the git checkout, whichever comes first. Returns its path in `arena`, or
 * NULL with `err` that names the three ways to make one.
 */
const char *units_find_database(struct arena *arena, const char *start,
	struct error *err);

/* Turn `db`, read from `path`, into units. Fails when no C unit is left. */
bool units_from_database(struct arena *arena, const struct compdb *db, const char *path,
	struct unit_list *out, struct error *err);

/* One unit from `words`, a command line from the compiler's name on. */
bool units_from_command(struct arena *arena, const char *directory,
	const struct word_list *words, struct scan_unit *out, struct error *err);

/*
 * The root that paths are relative to: the database's directory where it holds all
 * sources, otherwise the deepest directory that holds the sources and the database, or
 * only the sources.
 */
const char *units_root(struct arena *arena, const struct unit_list *list,
	const char *database);

#endif
