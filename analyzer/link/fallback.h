/* Guesses for a call that nothing is known of: functions used as values, by signature. */
#ifndef PCARCH_ANALYZER_LINK_FALLBACK_H
#define PCARCH_ANALYZER_LINK_FALLBACK_H

#include <stddef.h>
#include <stdint.h>

struct fallback;
struct function_table;

struct guesses {
	const uint32_t *functions; /* of the table, borrowed */
	size_t count;
};

/* Functions whose `order` is TRACE_NONE are left out. */
struct fallback *fallback_new(struct function_table *functions, const uint32_t *order);
void fallback_free(struct fallback *fallback);

/* `signature` is interned; NULL finds nothing, and so does one that too many fit. */
struct guesses fallback_find(const struct fallback *fallback, const char *signature);

#endif
