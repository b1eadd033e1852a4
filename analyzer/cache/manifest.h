/*
 * What a unit's facts were made from: the files that were read, the paths that were
 * looked for in vain, and the name of the facts. The same key has several records when
 * headers go back and forth between states.
 *
 * The contents of all files are one digest, of their digests in the order of the list:
 * the list stays small, and the check is one comparison. When a file was last seen, and
 * with which content, is kept once, in file_state.h, not in every manifest that names it.
 */
#ifndef PCARCH_ANALYZER_CACHE_MANIFEST_H
#define PCARCH_ANALYZER_CACHE_MANIFEST_H

#include "analyzer/cache/digest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

enum {
	MANIFEST_MAX_RECORDS = 4
};

struct manifest_record {
	struct digest content; /* of the digests of the files */
	struct digest facts, prefix; /* prefix: all zero when there is none */
	uint32_t nfiles, nabsent;
	const char *paths; /* path_list.h: first the files, then the absent ones */
	size_t paths_size;
};

struct manifest {
	struct manifest_record records[MANIFEST_MAX_RECORDS]; /* newest first */
	size_t nrecords;
};

/*
 * Take apart what manifest_write() wrote; the records borrow from `bytes`. False when it
 * is anything else. The lists are checked only as they are read.
 */
bool manifest_parse(const char *bytes, size_t size, struct manifest *out);

void manifest_write(const struct manifest *manifest, struct text *out);

/* Put `record` first, in place of one of the same input, or of the oldest. */
void manifest_add(struct manifest *manifest, const struct manifest_record *record);

/* Does it say the same of the same files? What came out may differ. */
bool manifest_record_same_input(const struct manifest_record *a,
	const struct manifest_record *b);

#endif
