/* The name that a mistyped word was probably meant to be. */
#ifndef PCARCH_CORE_SUGGEST_H
#define PCARCH_CORE_SUGGEST_H

/* Start with { .word = "scna" }; names are borrowed. */
struct suggestion {
	const char *word;
	const char *nearest; /* NULL: none of the names offered so far is close */
	unsigned distance; /* of `nearest` */
};

/*
 * The edits (insert, drop, replace, swap neighbours) that make `a` of `b`: the restricted
 * Damerau-Levenshtein distance, no byte edited twice. UINT_MAX for words longer than 63
 * bytes.
 */
unsigned suggest_distance(const char *a, const char *b);

/*
 * Offer a name. Close is a third of the longer one's length in edits, or a beginning of
 * two bytes or more, typed as if abbreviated. The nearest is kept; the first of equals.
 */
void suggestion_offer(struct suggestion *suggestion, const char *name);

#endif
