/*
 * The paths where the preprocessor looked for a header before it found it. When a file appears
 * at one of them, the unit reads something else, although nothing that it read has changed.
 */
#ifndef PCARCH_ANALYZER_LOOKUPS_H
#define PCARCH_ANALYZER_LOOKUPS_H

#include <stddef.h>

struct scan_unit;
struct text;

/*
 * Append to `out`, each with its NUL, the absent paths that come before those of `paths`
 * (`npaths` strings, each with its NUL) in the unit's include directories; returns how many.
 * A guess from the flags, since libclang does not tell: a path too many costs a stat,
 * and computed names or __has_include are not covered.
 */
size_t lookups_absent(const struct scan_unit *unit, const struct text *paths, size_t npaths,
	struct text *out);

#endif
