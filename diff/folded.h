/* Spans for flame graphs. */
#ifndef PCARCH_DIFF_FOLDED_H
#define PCARCH_DIFF_FOLDED_H

#include <stdbool.h>
#include <stdio.h>

struct dynamic_trace;

/*
 * A line for each stack, "main;run;get 123": the microseconds spent in the last function
 * and in nothing below, of all traces. As flamegraph.pl, inferno and speedscope read it.
 * False: errno.
 */
bool folded_write(const struct dynamic_trace *trace, FILE *out);

#endif
