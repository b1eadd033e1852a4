/* Counts of keys, of so many keys at most. */
#ifndef PCARCH_DIFF_TALLY_H
#define PCARCH_DIFF_TALLY_H

#include "core/key_table.h"

#include <stddef.h>
#include <stdint.h>

/* What is counted, and of what: compared byte by byte, strings interned. */
struct tally_key {
	uint64_t of;
	union {
		uint64_t number;
		const char *name;
	};
};

struct tally {
	struct key_table keys;
	uint64_t *counts; /* heap, parallel to keys */
	size_t room, most; /* most: of keys */
	uint64_t nlost; /* what was not counted, since there were too many keys */
};

void tally_init(struct tally *tally, size_t most);
void tally_release(struct tally *tally);

void tally_add(struct tally *tally, struct tally_key key);

/* 0 for what was never counted. */
uint64_t tally_count(const struct tally *tally, struct tally_key key);

/* The key at `i`, below keys.count, in the order in which they came. */
struct tally_key tally_at(const struct tally *tally, size_t i);

#endif
