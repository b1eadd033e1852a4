#include "core/digest.h"

#include <sodium.h>

void digest_sha256(const char *bytes, size_t len, char out[DIGEST_SHA256_SIZE])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	/* Without sodium_init(), as in core/route_id.c: nothing random is needed. */
	crypto_hash_sha256(hash, (const unsigned char *)bytes, len);
	sodium_bin2base64(out, DIGEST_SHA256_SIZE, hash, sizeof(hash),
		sodium_base64_VARIANT_ORIGINAL);
}
