/* Where an error happened: return addresses, as a tool can resolve them later. */
#ifndef PCARCH_TRACER_TELEMETRY_STACK_H
#define PCARCH_TRACER_TELEMETRY_STACK_H

struct line;

/* Have it ready: the first look at a stack loads a library. */
void stack_prepare(void);

/*
 * The member `stack`: at most 50 of "OBJECT[BUILDID]+0xOFFSET", innermost first, without
 * the library's own: from the return address `caller` on, where that is known. None where
 * the stack cannot be walked.
 */
void stack_write(struct line *line, const void *caller);

#endif
