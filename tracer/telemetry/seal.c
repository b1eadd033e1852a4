#include "tracer/telemetry/seal.h"

#include "core/guid_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* Zero bytes behind the name. */
static void person(uint8_t out[crypto_generichash_blake2b_PERSONALBYTES],
	const char *name)
{
	size_t length = strlen(name);

	for (size_t i = 0; i < crypto_generichash_blake2b_PERSONALBYTES; i++)
		out[i] = i < length ? (uint8_t)name[i] : 0;
}

static void hash(uint8_t out[SEAL_SIZE], const uint8_t key[SEAL_SIZE], const char *name,
	const void *bytes, size_t length)
{
	uint8_t personal[crypto_generichash_blake2b_PERSONALBYTES];

	person(personal, name);
	crypto_generichash_blake2b_salt_personal(out, SEAL_SIZE, bytes, length, key,
		SEAL_SIZE, NULL, personal);
}

void seal_begin_local(struct seal *seal, const struct guid_key *key,
	const uint8_t nonce[16])
{
	memset(seal, 0, sizeof(*seal));
	hash(seal->key, key->log, "pcarch.log0.v1", nonce, 16);
}

bool seal_begin_auditor(struct seal *seal, struct seal_origin *origin,
	const uint8_t auditor[SEAL_AUDITOR_SIZE])
{
	memset(seal, 0, sizeof(*seal));
	if (getrandom(seal->key, sizeof(seal->key), 0) != (ssize_t)sizeof(seal->key))
		return false;
	if (crypto_box_seal(origin->sealed_key, seal->key, sizeof(seal->key), auditor) !=
		0)
		return false;
	memcpy(origin->auditor, auditor, SEAL_AUDITOR_SIZE);
	origin->has_auditor = true;
	return true;
}

static void big_endian(uint8_t *out, uint64_t value, size_t nbytes)
{
	while (nbytes--) {
		out[nbytes] = (uint8_t)value;
		value >>= 8;
	}
}

void seal_line(const struct seal *seal, uint64_t seq, const char *bytes, size_t length,
	uint8_t out[SEAL_SIZE])
{
	uint8_t personal[crypto_generichash_blake2b_PERSONALBYTES];
	uint8_t head[SEAL_SIZE + 8 + 4];
	crypto_generichash_blake2b_state state;

	memcpy(head, seal->last, SEAL_SIZE);
	big_endian(head + SEAL_SIZE, seq, 8);
	big_endian(head + SEAL_SIZE + 8, seal->epoch, 4);
	person(personal, "pcarch.log.v1");
	crypto_generichash_blake2b_init_salt_personal(&state, seal->key, SEAL_SIZE,
		SEAL_SIZE, NULL, personal);
	crypto_generichash_blake2b_update(&state, head, sizeof(head));
	crypto_generichash_blake2b_update(&state, (const uint8_t *)bytes, length);
	crypto_generichash_blake2b_final(&state, out, SEAL_SIZE);
	sodium_memzero(&state, sizeof(state));
}

void seal_evolve(struct seal *seal)
{
	uint8_t next[SEAL_SIZE];

	hash(next, seal->key, "pcarch.logkey.v1", "evolve", strlen("evolve"));
	memcpy(seal->key, next, sizeof(next));
	sodium_memzero(next, sizeof(next));
	seal->epoch++;
}

void seal_wipe(struct seal *seal)
{
	sodium_memzero(seal, sizeof(*seal));
}

bool seal_read_auditor(const char *path, uint8_t out[SEAL_AUDITOR_SIZE])
{
	enum {
		DIGITS = 2 * SEAL_AUDITOR_SIZE,
	};
	char text[DIGITS + 2];
	size_t nbytes = 0;
	ssize_t length;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return false;
	length = read(fd, text, sizeof(text));
	close(fd);
	if (length == DIGITS + 1 && text[DIGITS] == '\n')
		length--;
	if (length >= 0)
		errno = 0;
	return length == DIGITS &&
	       sodium_hex2bin(out, SEAL_AUDITOR_SIZE, text, (size_t)length, NULL, &nbytes,
		       NULL) == 0 &&
	       nbytes == SEAL_AUDITOR_SIZE;
}
