/*
 * Calls from where vector registers may hold a function's arguments, to what may change
 * them. The runtime itself is compiled for general registers only; libc is not.
 */
#ifndef PCARCH_TRACER_RUNTIME_VECTORS_H
#define PCARCH_TRACER_RUNTIME_VECTORS_H

/* Once, before the first call. */
void vectors_init(void);

void call_saving_vectors(void (*function)(void *), void *argument);

#endif
