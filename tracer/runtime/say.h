/* The runtime's only words: one line on stderr, when a process is not traced as it was
 * asked. */
#ifndef PCARCH_TRACER_RUNTIME_SAY_H
#define PCARCH_TRACER_RUNTIME_SAY_H

/* Print "pcarch: PROGRAM: " and the text. Keeps errno. */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
