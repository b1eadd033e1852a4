#include "core/log_seal.h"

#include "core/arena.h"
#include "core/guid_key.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* Personalisations are 16 bytes, padded with zeros. */
#define PERSON(name) ((const uint8_t[crypto_generichash_blake2b_PERSONALBYTES]){name})

enum {
	MARK_BYTES = 6, /* ,"h":" */
	END_BYTES = 2, /* "} */
};

static const char mark[] = ",\"h\":\"";

void log_seal_prepare(void)
{
	if (sodium_init() < 0)
		return; /* the portable code does, too */
}

void log_keys_release(struct log_keys *keys)
{
	if (keys->keys)
		sodium_memzero(keys->keys, keys->nkeys * sizeof(*keys->keys));
	free(keys->keys);
	*keys = (struct log_keys){0};
}

/* A key that is copied away is not left behind: so not grow(). */
static uint8_t *add_key(struct log_keys *keys)
{
	if (keys->nkeys == keys->room) {
		size_t room = keys->room ? keys->room * 2 : 16;
		uint8_t(*more)[LOG_KEY_BYTES] = xmalloc(room * sizeof(*more));

		if (keys->nkeys)
			memcpy(more, keys->keys, keys->nkeys * sizeof(*more));
		if (keys->keys)
			sodium_memzero(keys->keys, keys->nkeys * sizeof(*more));
		free(keys->keys);
		keys->keys = more;
		keys->room = room;
	}
	return keys->keys[keys->nkeys++];
}

void log_keys_begin_local(struct log_keys *keys, const struct guid_key *installation,
	const uint8_t nonce[LOG_NONCE_BYTES])
{
	log_keys_release(keys);
	crypto_generichash_blake2b_salt_personal(add_key(keys), LOG_KEY_BYTES, nonce,
		LOG_NONCE_BYTES, installation->log, sizeof(installation->log), NULL,
		PERSON("pcarch.log0.v1"));
}

void log_auditor_public(const uint8_t secret[LOG_KEY_BYTES], uint8_t out[LOG_KEY_BYTES])
{
	crypto_scalarmult_base(out, secret);
}

bool log_keys_begin_auditor(struct log_keys *keys, const uint8_t secret[LOG_KEY_BYTES],
	const uint8_t sealed[LOG_SEALED_KEY_BYTES])
{
	uint8_t auditor[LOG_KEY_BYTES], key[LOG_KEY_BYTES];

	log_auditor_public(secret, auditor);
	if (crypto_box_seal_open(key, sealed, LOG_SEALED_KEY_BYTES, auditor, secret) != 0)
		return false;
	log_keys_release(keys);
	memcpy(add_key(keys), key, sizeof(key));
	sodium_memzero(key, sizeof(key));
	return true;
}

const uint8_t *log_keys_of(struct log_keys *keys, uint64_t epoch)
{
	static const uint8_t evolve[] = {'e', 'v', 'o', 'l', 'v', 'e'};

	if (epoch >= LOG_EPOCHS_MAX)
		return NULL;
	while (keys->nkeys <= epoch) {
		uint8_t *next = add_key(keys);

		crypto_generichash_blake2b_salt_personal(next, LOG_KEY_BYTES, evolve,
			sizeof(evolve), next - LOG_KEY_BYTES, LOG_KEY_BYTES, NULL,
			PERSON("pcarch.logkey.v1"));
	}
	return keys->keys[epoch];
}

bool log_hex_read(const char *hex, uint8_t *out, size_t size)
{
	for (size_t i = 0; i < 2 * size; i++) {
		unsigned c = (unsigned char)hex[i];
		unsigned digit = c >= 'a' ? c - 'a' + 10 : c - '0';

		if (digit > 15 || (c >= 'a') != (digit > 9))
			return false;
		out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | digit : digit << 4);
	}
	return !hex[2 * size];
}

bool log_seal_split(const char *line, size_t len, struct sealed_line *out)
{
	const size_t digits = (size_t)2 * LOG_SEAL_BYTES;
	const size_t tail = MARK_BYTES + digits + END_BYTES;
	char hex[2 * LOG_SEAL_BYTES + 1] = {0};
	const char *at;

	if (len <= tail)
		return false;
	at = line + len - tail;
	if (memcmp(at, mark, MARK_BYTES) != 0 ||
		memcmp(line + len - END_BYTES, "\"}", END_BYTES) != 0)
		return false;
	memcpy(hex, at + MARK_BYTES, digits);
	out->bytes = line;
	out->len = len - tail;
	return log_hex_read(hex, out->seal, LOG_SEAL_BYTES);
}

static void put_be(uint8_t *out, uint64_t value, unsigned nbytes)
{
	while (nbytes--)
		*out++ = (uint8_t)(value >> 8 * nbytes);
}

void log_seal_make(const struct sealed_line *line, const uint8_t key[LOG_KEY_BYTES],
	const uint8_t previous[LOG_SEAL_BYTES], uint8_t out[LOG_SEAL_BYTES])
{
	crypto_generichash_blake2b_state state;
	uint8_t numbers[8 + 4];

	put_be(numbers, line->seq, 8);
	put_be(numbers + 8, line->epoch, 4);
	crypto_generichash_blake2b_init_salt_personal(&state, key, LOG_KEY_BYTES,
		LOG_SEAL_BYTES, NULL, PERSON("pcarch.log.v1"));
	crypto_generichash_blake2b_update(&state, previous, LOG_SEAL_BYTES);
	crypto_generichash_blake2b_update(&state, numbers, sizeof(numbers));
	crypto_generichash_blake2b_update(&state, (const uint8_t *)line->bytes,
		line->len);
	crypto_generichash_blake2b_final(&state, out, LOG_SEAL_BYTES);
}

bool log_seal_fits(const struct sealed_line *line, const uint8_t key[LOG_KEY_BYTES],
	const uint8_t previous[LOG_SEAL_BYTES])
{
	uint8_t seal[LOG_SEAL_BYTES];

	log_seal_make(line, key, previous, seal);
	return sodium_memcmp(seal, line->seal, sizeof(seal)) == 0;
}
