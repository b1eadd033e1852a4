/* What the program executes is traced, too, even where it made an environment of its own.
 */
#ifndef PCARCH_TRACER_RUNTIME_LAUNCH_H
#define PCARCH_TRACER_RUNTIME_LAUNCH_H

/* Once, before the program runs. */
void launch_init(void);

#endif
