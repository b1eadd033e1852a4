/* The call sites of one function body, and the functions that it uses as values. */
#ifndef PCARCH_ANALYZER_CLANG_CALLS_H
#define PCARCH_ANALYZER_CLANG_CALLS_H

#include <stdint.h>

struct walk;

/*
 * Add the sites in `walk->syntax` to the facts, in source order, as those of `function`;
 * FACTS_NONE for what is no function body: only uses as a value are noted.
 */
void calls_read(struct walk *walk, uint32_t function);

#endif
