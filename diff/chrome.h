/* Spans for Perfetto, chrome://tracing and speedscope. */
#ifndef PCARCH_DIFF_CHROME_H
#define PCARCH_DIFF_CHROME_H

#include <stdbool.h>
#include <stdio.h>

struct dynamic_trace;

/*
 * The Trace Event Format, as one JSON object; each trace is a thread of its own, for
 * which thread ran it is not known. False: errno. Source: "Trace Event Format", Google.
 */
bool chrome_write(const struct dynamic_trace *trace, FILE *out);

#endif
