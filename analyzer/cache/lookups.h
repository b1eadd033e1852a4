/*
 * The paths where the preprocessor looked for a header before it found it. When a file
 * appears at one of them, the unit reads something else, although nothing that it read
 * has changed.
 *
 * A guess from the flags, since libclang does not tell: a path too many costs a stat, and
 * computed names or __has_include are not covered. Where even the directory is missing,
 * it stands for all paths below it.
 */
#ifndef PCARCH_ANALYZER_CACHE_LOOKUPS_H
#define PCARCH_ANALYZER_CACHE_LOOKUPS_H

#include <stddef.h>

struct scan_unit;
struct text;

/* Remembers which paths are absent for its whole life, which is a worker's. */
struct lookups;

struct lookups *lookups_new(void);
void lookups_free(struct lookups *lookups);

/*
 * Append to `out`, each once and with its NUL, the absent paths that come before those of
 * `paths` (`npaths` strings, each with its NUL) in the unit's include directories;
 * returns how many.
 */
size_t lookups_absent(struct lookups *lookups, const struct scan_unit *unit,
	const struct text *paths, size_t npaths, struct text *out);

#endif
