/* The runtime's life in a process: it starts, objects come and go, it forks, it ends. */
#ifndef PCARCH_TRACER_RUNTIME_ATTACH_H
#define PCARCH_TRACER_RUNTIME_ATTACH_H

/* This process is a copy of the one that was recorded: it gets a recording of its own. */
void runtime_fork(void);

#endif
