/* What a build compiled, put into the compile database of the builds before it. */
#ifndef PCARCH_CORE_COMPDB_MERGE_H
#define PCARCH_CORE_COMPDB_MERGE_H

#include "core/compdb_json.h"

#include <stddef.h>

struct arena;

struct compdb_merged {
	struct compdb db;
	size_t nrecorded; /* of `recorded`, without those that say the same */
	size_t nkept; /* of `old` */
	size_t ngone; /* of `old`: the source or the directory does not exist */
};

/* What -o names on a command line, the last one; NULL: nothing. */
const char *compile_output(const char *const *words, size_t nwords);

/*
 * All of `recorded`, and of `old` what was not compiled again (to the same output) and
 * still exists: sorted by file, then by arguments, whatever the order they came in. A
 * relative directory of `old` is relative to `base`. Strings are borrowed from both.
 */
void compdb_merge(struct arena *arena, const struct compdb *recorded,
	const struct compdb *old, const char *base, struct compdb_merged *out);

#endif
