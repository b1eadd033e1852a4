/* The functions at which traces start, as 'pcarch trace' lists them, and the words of
 * commands (core/record_roots.h). */
#ifndef PCARCH_TRACER_RUNTIME_ROOTS_H
#define PCARCH_TRACER_RUNTIME_ROOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct symbol;

/* Read the list, once. Nothing happens where there is none, or it is damaged. */
void roots_open(void);

bool roots_are_listed(void);
bool roots_have_handlers(void);

/* The number of a function in the list, from 1, and what it is (enum roots_kind); 0: it
 * is not there. */
uint32_t roots_find(const struct symbol *symbol, uint32_t *kind);

/* A word of a command, as it is listed. */
struct roots_match {
	const char *text;
	size_t len; /* that was typed of it */
};

/* What was typed, `len` bytes at `typed`, is one of the words, as programs take them. */
bool roots_match_word(const char *typed, size_t len, struct roots_match *out);

#endif
