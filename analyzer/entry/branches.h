/* Where the program says which way a command went: PCARCH_BRANCH(point, choice). */
#ifndef PCARCH_ANALYZER_ENTRY_BRANCHES_H
#define PCARCH_ANALYZER_ENTRY_BRANCHES_H

struct arena;
struct outlines;
struct static_trace;

/* Fill the branches of `trace`. */
void branches_find(struct arena *arena, struct outlines *outlines,
	struct static_trace *trace);

#endif
