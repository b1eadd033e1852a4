#include "core/guid.h"

#include "core/chain_step.h"
#include "core/guid_key.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

_Static_assert((int)GUID_PROG == ROUTE_PROGRAM && (int)GUID_CMD == ROUTE_COMMAND &&
		       (int)GUID_BRANCH == ROUTE_BRANCH,
	"a step is the same in both chains");

/* A personalisation fills its 16 bytes: no NUL, or just one. */
static const uint8_t for_init[16] = "pcarch.guid.init", for_step[16] = "pcarch.guid.step",
		     for_tag[16] = "pcarch.guid.tag1", for_user[16] = "pcarch.user.v1";

void guid_begin(struct guid_chain *chain, const struct guid_key *key,
	const uint8_t nonce[GUID_NONCE_SIZE], const uint8_t *user_ref)
{
	uint8_t message[GUID_NONCE_SIZE + GUID_USER_SIZE] = {0};

	memcpy(message, nonce, GUID_NONCE_SIZE);
	if (user_ref)
		memcpy(message + GUID_NONCE_SIZE, user_ref, GUID_USER_SIZE);
	*chain = (struct guid_chain){0};
	memcpy(chain->nonce, message, GUID_NONCE_SIZE);
	memcpy(chain->user_ref, message + GUID_NONCE_SIZE, GUID_USER_SIZE);
	crypto_generichash_blake2b_salt_personal(chain->state, sizeof(chain->state),
		message, sizeof(message), key->chain, sizeof(key->chain), NULL, for_init);
}

static void step_route(struct guid_chain *chain, const struct chain_token *token)
{
	enum route_step kind = (enum route_step)token->kind;
	bool has_branch = chain->path.nsteps != chain->route.nsteps;

	if (token->kind > GUID_BRANCH)
		return;
	if (kind == ROUTE_BRANCH || has_branch)
		route_chain_add(&chain->path, kind, token->label, token->length);
	if (kind == ROUTE_BRANCH)
		return;
	route_chain_add(&chain->route, kind, token->label, token->length);
	if (!has_branch) /* one and the same so far: hashed once */
		chain->path = chain->route;
}

bool guid_step_unrouted(struct guid_chain *chain, const struct guid_key *key,
	enum guid_kind kind, const char *label, size_t length)
{
	const struct chain_token token = {kind, label, length};
	struct chain_step step;

	if (length > GUID_LABEL_MAX)
		return false;
	chain_step_make(&step, chain->state, ++chain->nsteps, &token);
	crypto_generichash_blake2b_salt_personal(chain->state, sizeof(chain->state),
		step.bytes, step.size, key->chain, sizeof(key->chain), NULL, for_step);
	return true;
}

bool guid_step(struct guid_chain *chain, const struct guid_key *key, enum guid_kind kind,
	const char *label, size_t length)
{
	const struct chain_token token = {kind, label, length};

	if (!guid_step_unrouted(chain, key, kind, label, length))
		return false;
	step_route(chain, &token);
	return true;
}

void guid_fork(struct guid_chain *child, const struct guid_chain *parent,
	const struct guid_key *key, uint32_t ordinal)
{
	char label[11];
	int length = snprintf(label, sizeof(label), "%u", ordinal);

	*child = *parent;
	guid_step(child, key, GUID_FORK, label, (size_t)length);
}

void guid_tag(const struct guid_chain *chain, const struct guid_key *key,
	uint8_t guid[GUID_SIZE])
{
	struct chain_step step;

	chain_step_make(&step, chain->state, chain->nsteps, NULL);
	memcpy(guid, chain->nonce, GUID_NONCE_SIZE);
	crypto_generichash_blake2b_salt_personal(guid + GUID_NONCE_SIZE,
		GUID_SIZE - GUID_NONCE_SIZE, step.bytes, step.size, key->tag,
		sizeof(key->tag), NULL, for_tag);
}

bool guid_matches(const struct guid_chain *chain, const struct guid_key *key,
	const uint8_t guid[GUID_SIZE])
{
	uint8_t ours[GUID_SIZE];

	guid_tag(chain, key, ours);
	return sodium_memcmp(ours, guid, GUID_SIZE) == 0;
}

void guid_wipe(struct guid_chain *chain)
{
	sodium_memzero(chain, sizeof(*chain));
}

bool guid_user_ref(uint8_t out[GUID_USER_SIZE], const struct guid_key *key,
	const char *realm, const char *user)
{
	const struct chain_token tokens[] = {
		{1, realm, strlen(realm)}, {2, user, strlen(user)}};
	uint8_t message[2 * CHAIN_TOKEN_MAX];
	size_t size;

	if (tokens[0].length > GUID_LABEL_MAX || tokens[1].length > GUID_LABEL_MAX)
		return false;
	size = chain_token_put(message, &tokens[0]);
	size += chain_token_put(message + size, &tokens[1]);
	crypto_generichash_blake2b_salt_personal(out, GUID_USER_SIZE, message, size,
		key->user, sizeof(key->user), NULL, for_user);
	return true;
}

void guid_nonce_make(uint8_t nonce[GUID_NONCE_SIZE], uint64_t unix_ms,
	const uint8_t random[10])
{
	for (unsigned i = 0; i < 6; i++)
		nonce[i] = (uint8_t)(unix_ms >> (40 - 8 * i));
	memcpy(nonce + 6, random, 10);
	nonce[6] = 0x70 | (nonce[6] & 0x0f); /* version 7 */
	nonce[8] = 0x80 | (nonce[8] & 0x3f); /* variant of RFC 9562 */
}

bool guid_nonce(uint8_t nonce[GUID_NONCE_SIZE], uint64_t unix_ms)
{
	uint8_t random[10];

	/* So few bytes never come in part. */
	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return false;
	guid_nonce_make(nonce, unix_ms, random);
	return true;
}

bool guid_new_nonce(uint8_t nonce[GUID_NONCE_SIZE])
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return guid_nonce(nonce,
		(uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000);
}

uint64_t guid_nonce_ms(const uint8_t nonce[GUID_NONCE_SIZE])
{
	uint64_t ms = 0;

	for (unsigned i = 0; i < 6; i++)
		ms = ms << 8 | nonce[i];
	return ms;
}

void guid_hex(const uint8_t guid[GUID_SIZE], char out[GUID_HEX_SIZE])
{
	sodium_bin2hex(out, GUID_HEX_SIZE, guid, GUID_SIZE);
}

void guid_nonce_hex(const uint8_t nonce[GUID_NONCE_SIZE], char out[GUID_NONCE_HEX_SIZE])
{
	sodium_bin2hex(out, GUID_NONCE_HEX_SIZE, nonce, GUID_NONCE_SIZE);
}

void guid_nonce_uuid(const uint8_t nonce[GUID_NONCE_SIZE], char out[GUID_UUID_SIZE])
{
	char hex[GUID_NONCE_HEX_SIZE];

	guid_nonce_hex(nonce, hex);
	snprintf(out, GUID_UUID_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
		hex + 16, hex + 20);
}

bool guid_parse(const char *hex, uint8_t out[GUID_SIZE])
{
	uint8_t guid[GUID_SIZE];
	size_t length = strspn(hex, "0123456789abcdef");

	if (length != GUID_HEX_SIZE - 1 || hex[length] != '\0')
		return false;
	if (sodium_hex2bin(guid, sizeof(guid), hex, length, NULL, NULL, NULL) != 0)
		return false;
	memcpy(out, guid, sizeof(guid));
	return true;
}
