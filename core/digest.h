/* The digest by which a browser knows a script or a style that a page allows. */
#ifndef PCARCH_CORE_DIGEST_H
#define PCARCH_CORE_DIGEST_H

#include <stddef.h>

enum {
	DIGEST_SHA256_SIZE = 45 /* in base64, with the NUL */
};

/* SHA-256 of `len` bytes in base64, as "'sha256-…'" takes it: Content Security Policy 3.
 */
void digest_sha256(const char *bytes, size_t len, char out[DIGEST_SHA256_SIZE]);

#endif
