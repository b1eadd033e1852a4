/* Calls that a run revealed: the rules that `pcarch diff --learn` wrote. */
#ifndef PCARCH_ANALYZER_LINK_LEARNED_H
#define PCARCH_ANALYZER_LINK_LEARNED_H

#include <stddef.h>

struct arena;
struct rules;
struct static_trace;

struct learned_report {
	size_t ncalls; /* that were added */
	/* "FILE:LINE: …": rules that say nothing true or nothing new any more. */
	const char *const *stale;
	size_t nstale;
};

/*
 * Add to the calls of `trace` what the rules have learned, `via` "learned". The sites are
 * open then, and say why: that one call was missed says nothing of others. A site is
 * found by what it calls, and as which of its caller's; so lines may move. What is in the
 * graph already, but by a guess, stays as it is. All is in `arena`.
 */
void learned_apply(struct arena *arena, const struct rules *rules,
	struct static_trace *trace, struct learned_report *report);

#endif
