/*
 * The seals of a log: with the key of its epoch, each line seals its own bytes and the
 * seal of the line before, so that no line can be changed, dropped, added or moved
 * without it. The key of an epoch gives that of the next and not that of the one before.
 * Source: docs/telemetry-log.md, "The seal".
 */
#ifndef PCARCH_CORE_LOG_SEAL_H
#define PCARCH_CORE_LOG_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guid_key;

enum {
	LOG_SEAL_BYTES = 32,
	LOG_KEY_BYTES = 32,
	LOG_NONCE_BYTES = 16,
	LOG_SEALED_KEY_BYTES = 80,
	LOG_EPOCHS_MAX = 1 << 20, /* a forged line may claim any epoch */
};

/* The keys of a segment's epochs, as far as they were asked for; secret. */
struct log_keys {
	uint8_t (*keys)[LOG_KEY_BYTES]; /* heap */
	size_t nkeys, room;
};

/* Choose the fastest code that the processor can run, before many seals are made. */
void log_seal_prepare(void);

/* Wipe and free; harmless on a zeroed struct. */
void log_keys_release(struct log_keys *keys);

/* Begin with epoch 0 of a segment that is sealed with the installation's key. */
void log_keys_begin_local(struct log_keys *keys, const struct guid_key *installation,
	const uint8_t nonce[LOG_NONCE_BYTES]);

/*
 * The same of one that is sealed for an auditor: only its secret key opens it. False,
 * and nothing is begun: it does not.
 */
bool log_keys_begin_auditor(struct log_keys *keys, const uint8_t secret[LOG_KEY_BYTES],
	const uint8_t sealed[LOG_SEALED_KEY_BYTES]);

/* The key of an epoch; NULL from LOG_EPOCHS_MAX on. Valid until the next call. */
const uint8_t *log_keys_of(struct log_keys *keys, uint64_t epoch);

/* The public half of an auditor's secret key. */
void log_auditor_public(const uint8_t secret[LOG_KEY_BYTES], uint8_t out[LOG_KEY_BYTES]);

/* A line taken apart: what is sealed, and the seal that it has. */
struct sealed_line {
	const char *bytes;
	size_t len;
	uint64_t seq;
	uint32_t epoch;
	uint8_t seal[LOG_SEAL_BYTES];
};

/* False: the line does not end in a seal. `seq` and `epoch` are the caller's to set. */
bool log_seal_split(const char *line, size_t len, struct sealed_line *out);

/* The seal that the line should have, behind one with the seal `previous`. */
void log_seal_make(const struct sealed_line *line, const uint8_t key[LOG_KEY_BYTES],
	const uint8_t previous[LOG_SEAL_BYTES], uint8_t out[LOG_SEAL_BYTES]);

/* Is it the one that it has? Takes the same time for any that is not. */
bool log_seal_fits(const struct sealed_line *line, const uint8_t key[LOG_KEY_BYTES],
	const uint8_t previous[LOG_SEAL_BYTES]);

/* Exactly `size` bytes in lowercase hex; false for any other text. */
bool log_hex_read(const char *hex, uint8_t *out, size_t size);

#endif
