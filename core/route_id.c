#include "core/route_id.h"

#include "core/chain_step.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* The terminating NUL is its last byte. */
static const uint8_t personal[crypto_generichash_blake2b_PERSONALBYTES] =
	"pcarch.route.v1";

bool route_chain_add(struct route_chain *chain, enum route_step kind, const char *label,
	size_t length)
{
	const struct chain_token token = {kind, label, length};
	struct chain_step step;

	if (length > ROUTE_LABEL_MAX)
		return false;
	chain_step_make(&step, chain->state, ++chain->nsteps, &token);
	/* sodium_init() would look for faster code and open the random device. */
	crypto_generichash_blake2b_salt_personal(chain->state, sizeof(chain->state),
		step.bytes, step.size, NULL, 0, NULL, personal);
	return true;
}

bool route_chain_step(struct route_chain *chain, enum route_step kind, const char *label)
{
	return route_chain_add(chain, kind, label, strlen(label));
}

bool route_chain_branch(struct route_chain *chain, const char *point, const char *choice)
{
	char label[ROUTE_LABEL_MAX + 2]; /* what does not fit is too long for a step */

	snprintf(label, sizeof(label), "%s=%s", point, choice);
	return route_chain_step(chain, ROUTE_BRANCH, label);
}

void route_chain_id(const struct route_chain *chain, char out[ROUTE_ID_SIZE])
{
	sodium_bin2hex(out, ROUTE_ID_SIZE, chain->state, ROUTE_ID_SIZE / 2);
}

bool route_id_of(const char *program, const char *const *tokens, size_t n,
	char out[ROUTE_ID_SIZE])
{
	struct route_chain chain = {0};

	if (!route_chain_step(&chain, ROUTE_PROGRAM, program))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!route_chain_step(&chain, ROUTE_COMMAND, tokens[i]))
			return false;
	}
	route_chain_id(&chain, out);
	return true;
}
