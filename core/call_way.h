/* How a call is known, in words for people. */
#ifndef PCARCH_CORE_CALL_WAY_H
#define PCARCH_CORE_CALL_WAY_H

struct arena;
struct call;

/*
 * "flow 0.75", "alias", "model 0.90 through qsort"; "ambiguous 0.50" of a name that
 * several functions bear; "" where the call is simply written there. In `arena`.
 */
const char *call_way(const struct call *call, struct arena *arena);

#endif
