/*
 * What a step of a hash chain hashes, for the chain of routes (core/route_id.h) and that
 * of executions (core/guid.h): the state before, the step's number, and its token
 *
 *	T(kind, label) = u8 kind || u16be length || label
 *
 * libc only: it is loaded into programs.
 */
#ifndef PCARCH_CORE_CHAIN_STEP_H
#define PCARCH_CORE_CHAIN_STEP_H

#include <stddef.h>
#include <stdint.h>

enum {
	CHAIN_LABEL_MAX = 255, /* bytes */
	CHAIN_TOKEN_MAX = 1 + 2 + CHAIN_LABEL_MAX,
};

struct chain_step {
	uint8_t bytes[32 + 4 + CHAIN_TOKEN_MAX];
	size_t size;
};

struct chain_token {
	unsigned kind;
	const char *label;
	size_t length; /* at most CHAIN_LABEL_MAX */
};

/* Write T to `out`; returns its size. */
size_t chain_token_put(uint8_t out[CHAIN_TOKEN_MAX], const struct chain_token *token);

/* state || u32be(number) || T; without T where `token` is NULL. */
void chain_step_make(struct chain_step *out, const uint8_t state[32], uint32_t number,
	const struct chain_token *token);

#endif
