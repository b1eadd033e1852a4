/* The name of a content: XXH3-128 of its bytes. Against accidents, not forgers. */
#ifndef PCARCH_ANALYZER_CACHE_DIGEST_H
#define PCARCH_ANALYZER_CACHE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DIGEST_HEX_SIZE = 33
}; /* with the NUL */

struct digest {
	uint64_t high, low;
};

struct digest digest_of(const void *bytes, size_t size);
bool digest_equal(struct digest a, struct digest b);

/* The usual notation: 32 lower-case hexadecimal digits, as `xxh128sum` prints them. */
void digest_hex(struct digest digest, char hex[DIGEST_HEX_SIZE]);

#endif
