/* Reading outlines of bodies and initialisers: struct facts_term, analyzer/facts/facts.h.
 */
#ifndef PCARCH_ANALYZER_CLANG_OUTLINE_H
#define PCARCH_ANALYZER_CLANG_OUTLINE_H

#include <stdint.h>

struct walk;

/* What the outlines of one unit share. */
struct outlines;

struct outlines *outlines_new(void);
void outlines_free(struct outlines *outlines);

/*
 * Add the outline of walk->syntax, whose calls are known, to the facts: the body of
 * `function`, or with FACTS_NONE a variable with its initialiser. The syntax's `is_dead`
 * is spent.
 */
void outline_read(struct walk *walk, uint32_t function);

#endif
