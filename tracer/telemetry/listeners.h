/* Who wants to be told of events: at most eight. */
#ifndef PCARCH_TRACER_TELEMETRY_LISTENERS_H
#define PCARCH_TRACER_TELEMETRY_LISTENERS_H

#include "tracer/pcarch_trace.h"

#include <stdbool.h>

/* Does any want events of this level? Costs a load. */
bool listeners_want(enum pcarch_level level);

/* With the lock held. */
void listeners_tell(const struct pcarch_told *told);

void listeners_hold(void);
void listeners_let_go(void);
/* In a forked child: the lock is nobody's. */
void listeners_restart(void);

#endif
