/* Segments, the files of a process's log: what their first line says. */
#ifndef PCARCH_DIFF_LOG_SEGMENT_H
#define PCARCH_DIFF_LOG_SEGMENT_H

#include "core/log_seal.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct error;
struct event;

enum segment_seal {
	SEGMENT_UNSEALED, /* no first line that names a key */
	SEGMENT_LOCAL, /* with the installation's key */
	SEGMENT_AUDITOR, /* with a key that only an auditor can open */
};

struct log_segment {
	const char *path;
	enum segment_seal seal;
	const char *instance; /* of the process; "" when it is unsealed */
	const char *service, *key_id;
	uint64_t number; /* among the process's segments, from 1 */
	uint64_t first_seq; /* of the header */
	uint64_t header_line; /* 1, unless somebody moved it */
	uint8_t nonce[LOG_NONCE_BYTES];
	uint8_t previous[LOG_SEAL_BYTES]; /* of the segment before; zeros: it is the first
					   */
	uint8_t auditor[LOG_KEY_BYTES]; /* public key */
	uint8_t sealed_key[LOG_SEALED_KEY_BYTES];
};

/* Is it a line that begins a segment, or the last of an epoch? */
bool log_segment_is_header(const struct event *event);
bool log_segment_is_checkpoint(const struct event *event);

/*
 * Look for the header of `path`, a file that can be read again. One that is malformed
 * is none. Fails when the file cannot be read.
 */
bool log_segment_read(struct arena *arena, const char *path, struct log_segment *out,
	struct error *err);

/* By process, then by number, then by path: qsort(). */
int log_segment_compare(const void *a, const void *b);

#endif
