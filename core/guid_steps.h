/* The steps of an execution as text, "CMD:status", the way events list them. */
#ifndef PCARCH_CORE_GUID_STEPS_H
#define PCARCH_CORE_GUID_STEPS_H

#include "core/guid.h"

#include <stdbool.h>
#include <stddef.h>

struct guid_key;
struct text;

struct guid_way_step {
	enum guid_kind kind;
	const char *label; /* at most GUID_LABEL_MAX bytes */
};

/* Read KIND:LABEL; the label stays in `text`. False for another kind, a label that is too
 * long, or a branch that is not POINT=CHOICE; `out` is left alone. */
bool guid_step_parse(const char *text, struct guid_way_step *out);

/* "CMD:status", appended. */
void guid_step_print(struct text *text, const struct guid_way_step *step);

/* Take steps, whose labels all have a size that a label may have. */
void guid_take(struct guid_chain *chain, const struct guid_key *key,
	const struct guid_way_step *steps, size_t count);

#endif
