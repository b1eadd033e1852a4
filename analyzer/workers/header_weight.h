/*
 * How many bytes of headers an #include line brings, by a quick look at the text that
 * ignores all conditions: an estimate, to tell which headers are worth precompiling.
 */
#ifndef PCARCH_ANALYZER_WORKERS_HEADER_WEIGHT_H
#define PCARCH_ANALYZER_WORKERS_HEADER_WEIGHT_H

#include <stddef.h>
#include <stdint.h>

struct scan_unit;

/* Knows the headers that one directory and set of flags can reach. */
struct header_weights;

struct header_weights *header_weights_new(const struct scan_unit *unit);
void header_weights_free(struct header_weights *weights);

/* Start a new sequence of lines: no header has been included. */
void header_weights_begin(struct header_weights *weights);

/* The bytes that `line`, "x.h" or <x.h> with its marks, adds to the sequence. */
uint64_t header_weights_add(struct header_weights *weights, const char *line);

#endif
