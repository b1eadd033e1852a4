/* What stands in braces in traffic rules, "{port}", and what it becomes. */
#ifndef PCARCH_TRACER_TRAFFIC_WORDS_H
#define PCARCH_TRACER_TRAFFIC_WORDS_H

#include "core/traffic_rules.h"

struct arena;

/* A member that is NULL leaves its braces as they are. */
struct traffic_values {
	const char *program, *directory, *rules, *port, *queue;
	const char *nonce, *time;
	struct traffic_words tokens, arguments;
};

/* A nonce of 32 hexadecimal digits and the time, RFC 3339, UTC: fresh at each call. */
void traffic_values_stamp(struct traffic_values *values, struct arena *arena);

/*
 * `text` with the values in it. Only {program}, {directory}, {rules}, {port}, {queue},
 * {nonce}, {time}, {tokens} and {arguments} are: JSON stays as it is. NULL stays NULL.
 */
const char *traffic_text_fill(struct arena *arena, const char *text,
	const struct traffic_values *values);

/*
 * The words with the values in them, NULL-terminated. A word that is "{tokens}" or
 * "{arguments}" alone becomes as many as there are.
 */
char **traffic_words_fill(struct arena *arena, struct traffic_words words,
	const struct traffic_values *values);

/* The same of arguments, which hold no lists. */
struct traffic_words traffic_arguments_fill(struct arena *arena,
	struct traffic_words arguments, const struct traffic_values *values);

/* The pairs with the values in theirs. */
struct traffic_pairs traffic_pairs_fill(struct arena *arena, struct traffic_pairs pairs,
	const struct traffic_values *values);

#endif
