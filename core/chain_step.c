#include "core/chain_step.h"

#include <assert.h>
#include <string.h>

size_t chain_token_put(uint8_t out[CHAIN_TOKEN_MAX], const struct chain_token *token)
{
	assert(token->length <= CHAIN_LABEL_MAX);
	out[0] = (uint8_t)token->kind;
	out[1] = (uint8_t)(token->length >> 8);
	out[2] = (uint8_t)token->length;
	memcpy(out + 3, token->label, token->length);
	return 3 + token->length;
}

void chain_step_make(struct chain_step *out, const uint8_t state[32], uint32_t number,
	const struct chain_token *token)
{
	memcpy(out->bytes, state, 32);
	for (unsigned i = 0; i < 4; i++)
		out->bytes[32 + i] = (uint8_t)(number >> (24 - 8 * i));
	out->size = 36;
	if (token)
		out->size += chain_token_put(out->bytes + 36, token);
}
