/*
 * Where function values flow in one body or initialiser: a pass over its syntax from the
 * leaves up, so that every expression knows what it holds before it is used.
 */
#ifndef PCARCH_ANALYZER_CLANG_FLOW_H
#define PCARCH_ANALYZER_CLANG_FLOW_H

#include <stdint.h>

struct walk;

/*
 * Add the flows in walk->syntax to the facts, those of `function`, or FACTS_NONE. Comes
 * after calls_read(), which finds the sites and what is never evaluated.
 */
void flow_read(struct walk *walk, uint32_t function);

#endif
