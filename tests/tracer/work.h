/* Functions that an optimizer leaves where they are. */
#ifndef TRACER_WORK_H
#define TRACER_WORK_H

#define keep __attribute__((noinline))

/* Not to be removed, nor to be called once for many times. */
#define effect() __asm__ volatile("" : : : "memory")

#endif
