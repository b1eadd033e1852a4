/* What a command that makes a static trace says on stderr when it is done. */
#ifndef PCARCH_CLI_TRACE_SUMMARY_H
#define PCARCH_CLI_TRACE_SUMMARY_H

#include <stddef.h>

struct static_trace;

/* Units that are not whole. */
size_t trace_summary_failed(const struct static_trace *trace);

/*
 * A line for each thing that is wrong with units, at most 20, in the form that editors
 * jump to. A header that many units miss is one line.
 */
void trace_summary_problems(const struct static_trace *trace);

/* What was found, and what to do next; `output` is where the trace went. */
void trace_summary_print(const struct static_trace *trace, const char *output);

#endif
