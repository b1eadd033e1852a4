/* Where call sites are, as people name it: FILE, FILE:LINE or FILE:LINE:COLUMN. */
#ifndef PCARCH_CLI_SITE_PLACE_H
#define PCARCH_CLI_SITE_PLACE_H

#include <stdbool.h>

struct show;

struct site_place {
	const char *file; /* as the trace spells it */
	unsigned line, column; /* 0: not given */
};

/*
 * The place that `spelled` means: FILE is one that holds a function or a call site, or
 * its end after a '/' where that is enough. When it is none or several, say so, and
 * which.
 */
bool site_place_find(struct show *show, const char *spelled, struct site_place *out);

#endif
