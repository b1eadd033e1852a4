/*
 * Functions that pass a handler, or its name, on to a call that registers it: then their
 * own calls say which handler, and which name.
 */
#ifndef PCARCH_ANALYZER_ENTRY_RELAYS_H
#define PCARCH_ANALYZER_ENTRY_RELAYS_H

#include "analyzer/entry/entry_list.h"
#include "analyzer/entry/outlines.h"

#include <stddef.h>
#include <stdint.h>

struct entry_search;

struct relay {
	const char *library; /* the function that registers: "signal" */
	uint32_t function; /* that passes on; of the linker's table */
	uint32_t handler, name; /* its parameters; FACTS_NONE: not passed on */
	const uint32_t *functions; /* the handlers, where none is passed on */
	size_t nfunctions;
	const struct call_rule *rule; /* whose `ignore` counts; NULL: none */
	struct entry entry; /* what is known already */
};

struct relays;

struct relays *relays_new(struct entry_search *search);
void relays_free(struct relays *relays);

void relays_add(struct relays *relays, const struct relay *relay);

/*
 * What `call` says, whose arguments relay->handler and relay->name are those: an entry,
 * or that the function around it passes them on as well. relay->function plays no part.
 */
void relays_read(struct relays *relays, const struct relay *relay, struct term_at call);

/* Which parameter of the body around it a term is; FACTS_NONE: none. */
uint32_t relays_parameter(const struct facts *facts, uint32_t term);

/* Look at the calls of all that passes on. */
void relays_follow(struct relays *relays);

#endif
