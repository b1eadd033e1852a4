#include "analyzer/cache/digest.h"

#include <inttypes.h>
#include <stdio.h>
#include <xxhash.h>

struct digest digest_of(const void *bytes, size_t size)
{
	XXH128_hash_t hash = XXH3_128bits(bytes, size);

	return (struct digest){.high = hash.high64, .low = hash.low64};
}

bool digest_equal(struct digest a, struct digest b)
{
	return a.high == b.high && a.low == b.low;
}

void digest_hex(struct digest digest, char hex[DIGEST_HEX_SIZE])
{
	snprintf(hex, DIGEST_HEX_SIZE, "%016" PRIx64 "%016" PRIx64, digest.high,
		digest.low);
}
