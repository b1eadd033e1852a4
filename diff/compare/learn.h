/* What a run revealed, as rules for the next scan. */
#ifndef PCARCH_DIFF_LEARN_H
#define PCARCH_DIFF_LEARN_H

#include <stdbool.h>
#include <stddef.h>

struct comparison;
struct error;

/*
 * Write a rule file (schemas/rules.schema.json, "learned") to `path` ("-": stdout) with
 * the calls that were seen between functions of the scan and that it did not find: at
 * open sites, and at closed ones, where it is wrong; and what a library function calls
 * that is called at one site only. Stale ones are not learned. What the scan knows by
 * having learned it, and was seen again, stays. `ncalls` may be NULL.
 */
bool learn_write(const struct comparison *comparison, const char *path, size_t *ncalls,
	struct error *err);

#endif
