/* What the variables of one body are given. */
#ifndef PCARCH_ANALYZER_ROUTES_COMPARERS_LOCALS_H
#define PCARCH_ANALYZER_ROUTES_COMPARERS_LOCALS_H

#include "analyzer/routes/term.h"
#include "core/arena.h"

#include <stdbool.h>

struct local;

struct locals {
	struct arena arena;
	struct local *known;
};

/* `body` is any term: what is in it counts. A zeroed struct knows nothing. */
void locals_read(struct locals *locals, struct term body);
void locals_release(struct locals *locals);

#define scoped_locals __attribute__((cleanup(locals_release))) struct locals

/* The only value that a TERM_VARIABLE is given, NULL aside; or none. */
struct term locals_value(const struct locals *locals, struct term variable);

/* Follow variables that have one value, which is no call, to what they stand for. */
struct term locals_source(const struct locals *locals, struct term term);

/* Do they mean the same object? `*p` is `p[0]`. What a call gives is never the same. */
bool terms_mean_same(struct term a, struct term b);

#endif
