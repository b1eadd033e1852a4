/*
 * The ids of command routes: a hash chain over the words of a command, which the source
 * alone determines. No key and no time is in it, so that a scan and a run of the program
 * get the same ids; nor is the name of a handler, so that a rename keeps them.
 *
 *	R_0 = 32 zero bytes
 *	R_i = BLAKE2b-256(R_{i-1} || u32be(i) || u8 kind || u16be length || label),
 *	      personalised with "pcarch.route.v1"
 *
 * The first step is the program, then come the words of the command by their canonical
 * names, then the branches taken. The id is the first half of R, in hex.
 */
#ifndef PCARCH_CORE_ROUTE_ID_H
#define PCARCH_CORE_ROUTE_ID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ROUTE_LABEL_MAX = 255, /* bytes of a word */
	ROUTE_ID_SIZE = 33, /* 32 hex digits and a NUL */
};

/* Part of the id: never renumbered. */
enum route_step {
	ROUTE_PROGRAM = 1,
	ROUTE_COMMAND = 2,
	ROUTE_BRANCH = 3,
};

/* Where a chain stands; {0} is before the first step. A copy goes on on its own, so a
 * tree of routes costs one step for each node. */
struct route_chain {
	uint8_t state[32];
	uint32_t nsteps;
};

/* Take a step. False, and nothing is done, when `label` is longer than it may be. */
bool route_chain_step(struct route_chain *chain, enum route_step kind, const char *label);

/* The same of `length` bytes, without a NUL. */
bool route_chain_add(struct route_chain *chain, enum route_step kind, const char *label,
	size_t length);

/* The step of PCARCH_BRANCH(point, choice), whose label is "point=choice". */
bool route_chain_branch(struct route_chain *chain, const char *point, const char *choice);

/* The id of the steps so far: route_id after a command's words, path_id after branches.
 */
void route_chain_id(const struct route_chain *chain, char out[ROUTE_ID_SIZE]);

/*
 * The route_id of a command: `n` words after the program's name. False, and `out` is left
 * alone, when one is longer than ROUTE_LABEL_MAX.
 */
bool route_id_of(const char *program, const char *const *tokens, size_t n,
	char out[ROUTE_ID_SIZE]);

#endif
