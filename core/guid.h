/*
 * The GUID of an execution: a nonce that names the execution, and a tag that says, to who
 * has the key, which steps it has taken.
 *
 *	N      UUIDv7 (RFC 9562): unix time in ms, and 74 random bits
 *	C_0    = B(32, Kc, "pcarch.guid.init", N || user_ref)
 *	C_i    = B(32, Kc, "pcarch.guid.step", C_{i-1} || u32be(i) || T_i)
 *	tag_i  = B(16, Kt, "pcarch.guid.tag1", C_i || u32be(i))
 *	GUID_i = N || tag_i
 *
 * B is BLAKE2b with a key and a personalisation, T_i the token of the step
 * (core/chain_step.h), and the keys are core/guid_key.h's. Beside it goes the chain of
 *the route (core/route_id.h), which has neither key nor time. Labels are constants of the
 * program, never what a user typed: a GUID says nothing to who has no key, and is a
 *label, never a credential. C_i is never published: who knows it can go on.
 *
 * libc and libsodium only, no malloc, no locks: it is loaded into programs.
 */
#ifndef PCARCH_CORE_GUID_H
#define PCARCH_CORE_GUID_H

#include "core/route_id.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guid_key;

enum {
	GUID_NONCE_SIZE = 16,
	GUID_USER_SIZE = 16,
	GUID_SIZE = 32,
	GUID_HEX_SIZE = 65, /* 64 lowercase hex digits and a NUL */
	GUID_NONCE_HEX_SIZE = 33,
	GUID_UUID_SIZE = 37,
	GUID_LABEL_MAX = ROUTE_LABEL_MAX,
};

/* Part of the hash: never renumbered. The first three are those of enum route_step. */
enum guid_kind {
	GUID_PROG = 1, /* always the first step: the program's name */
	GUID_CMD = 2, /* the canonical name of a command, not the alias */
	GUID_BRANCH = 3, /* "point=choice" */
	GUID_FORK = 4, /* the ordinal of the child, in decimal: guid_fork() */
	GUID_OUTCOME = 5, /* GUID_OUTCOME_OK, or the symbolic name of an error */
	GUID_UNRESOLVED = 6, /* no command was found: GUID_UNRESOLVED_LABEL */
};

#define GUID_OUTCOME_OK "ok"
#define GUID_UNRESOLVED_LABEL "unresolved"

/* Where an execution stands. A copy goes on on its own. */
struct guid_chain {
	uint8_t nonce[GUID_NONCE_SIZE];
	uint8_t user_ref[GUID_USER_SIZE]; /* zeros: no user was said */
	uint8_t state[32]; /* C_i: never published */
	uint32_t nsteps;
	/* Of PROG and CMD steps: route_id. It is what scan computes, also when a branch
	 * was taken on the way to the command. */
	struct route_chain route;
	struct route_chain path; /* of those and BRANCH steps: path_id */
};

/* Start an execution; `user_ref` NULL: no user. */
void guid_begin(struct guid_chain *chain, const struct guid_key *key,
	const uint8_t nonce[GUID_NONCE_SIZE], const uint8_t *user_ref);

/* Take a step. False, and nothing is done, when the label is longer than it may be. */
bool guid_step(struct guid_chain *chain, const struct guid_key *key, enum guid_kind kind,
	const char *label, size_t length);

/* The same without the ids of route and path, which cost another hash: for a search. */
bool guid_step_unrouted(struct guid_chain *chain, const struct guid_key *key,
	enum guid_kind kind, const char *label, size_t length);

/*
 * The chain of a forked child: the parent's, which stays as it is, and a FORK step.
 * `ordinal` counts the parent's children from 1.
 */
void guid_fork(struct guid_chain *child, const struct guid_chain *parent,
	const struct guid_key *key, uint32_t ordinal);

/* The GUID of the steps so far. */
void guid_tag(const struct guid_chain *chain, const struct guid_key *key,
	uint8_t guid[GUID_SIZE]);

/* Is it the GUID of the steps so far? The tag is compared in constant time. */
bool guid_matches(const struct guid_chain *chain, const struct guid_key *key,
	const uint8_t guid[GUID_SIZE]);

/* Overwrite a chain that is no longer needed, C_i above all. */
void guid_wipe(struct guid_chain *chain);

/*
 * The user_ref of a user who agreed to it: the same for one user and key, and useless to
 * who has no key. False when a name is longer than GUID_LABEL_MAX.
 */
bool guid_user_ref(uint8_t out[GUID_USER_SIZE], const struct guid_key *key,
	const char *realm, const char *user);

/* A nonce of these 80 random bits, of which 6 are not used; `unix_ms` has 48 bits. */
void guid_nonce_make(uint8_t nonce[GUID_NONCE_SIZE], uint64_t unix_ms,
	const uint8_t random[10]);

/* A new nonce of that time. False: the system has no random bytes (errno). */
bool guid_nonce(uint8_t nonce[GUID_NONCE_SIZE], uint64_t unix_ms);

/* A new nonce of now, CLOCK_REALTIME. False: as guid_nonce(). */
bool guid_new_nonce(uint8_t nonce[GUID_NONCE_SIZE]);

/* Milliseconds since 1970 in a nonce, or at the start of a GUID. */
uint64_t guid_nonce_ms(const uint8_t nonce[GUID_NONCE_SIZE]);

void guid_hex(const uint8_t guid[GUID_SIZE], char out[GUID_HEX_SIZE]);
void guid_nonce_hex(const uint8_t nonce[GUID_NONCE_SIZE], char out[GUID_NONCE_HEX_SIZE]);

/* "01969bec-0b20-70a1-a2a3-a4a5a6a7a8a9" */
void guid_nonce_uuid(const uint8_t nonce[GUID_NONCE_SIZE], char out[GUID_UUID_SIZE]);

/* Read exactly 64 lowercase hex digits. False, and `out` is left alone, for all else. */
bool guid_parse(const char *hex, uint8_t out[GUID_SIZE]);

#endif
