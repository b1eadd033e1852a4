/* Rules by name: which of many rules is the one of a function. */
#ifndef PCARCH_ANALYZER_RULES_RULE_INDEX_H
#define PCARCH_ANALYZER_RULES_RULE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct rule_key {
	const char *record, *name; /* record "": none */
	const void *rule;
};

struct rule_index {
	struct rule_key *slots;
	size_t nslots; /* a power of two, more than twice `count` */
	size_t count;
};

/* Make room for `most` rules, in the arena. */
void rule_index_init(struct rule_index *index, struct arena *arena, size_t most);

/* Add a rule; false when there is one of these names, which stays. */
bool rule_index_add(struct rule_index *index, struct rule_key key);

/* The rule of these names, or NULL. */
const void *rule_index_find(const struct rule_index *index, const char *record,
	const char *name);

#endif
