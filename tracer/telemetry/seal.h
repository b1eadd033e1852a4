/*
 * The chain of seals over the lines of one segment, and the key that moves on with it:
 * docs/telemetry-log.md, "The seal". libsodium, no malloc.
 */
#ifndef PCARCH_TRACER_TELEMETRY_SEAL_H
#define PCARCH_TRACER_TELEMETRY_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guid_key;

enum {
	SEAL_SIZE = 32,
	SEAL_AUDITOR_SIZE = 32, /* an X25519 public key */
	SEAL_SEALED_SIZE = 80, /* crypto_box_seal() of a key */
};

struct seal {
	uint8_t key[SEAL_SIZE]; /* A_e: what sealed the epochs before cannot be had of it
				 */
	uint8_t last[SEAL_SIZE]; /* h_{i-1} */
	uint32_t epoch;
};

/* What a segment's header says of its first key. */
struct seal_origin {
	bool has_auditor;
	uint8_t auditor[SEAL_AUDITOR_SIZE];
	uint8_t sealed_key[SEAL_SEALED_SIZE];
};

/* A first key of the installation's, for the segment with this nonce. */
void seal_begin_local(struct seal *seal, const struct guid_key *key,
	const uint8_t nonce[16]);

/* A random one, that only the auditor can open. False: no random bytes, or `auditor` is
 * no key. */
bool seal_begin_auditor(struct seal *seal, struct seal_origin *origin,
	const uint8_t auditor[SEAL_AUDITOR_SIZE]);

/* The seal of a line; `seal->last` stays: a line counts when it is written. */
void seal_line(const struct seal *seal, uint64_t seq, const char *bytes, size_t length,
	uint8_t out[SEAL_SIZE]);

/* After a checkpoint: the next epoch's key, and the old one is no more. */
void seal_evolve(struct seal *seal);

void seal_wipe(struct seal *seal);

/* An auditor's public key file: 64 hex digits, and at most a newline. False: errno, or 0
 * when it is no key. */
bool seal_read_auditor(const char *path, uint8_t out[SEAL_AUDITOR_SIZE]);

#endif
