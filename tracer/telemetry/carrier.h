/* The program's carriers, as core/trace_context.h takes them. */
#ifndef PCARCH_TRACER_TELEMETRY_CARRIER_H
#define PCARCH_TRACER_TELEMETRY_CARRIER_H

#include "core/trace_context.h"

#include <stdbool.h>

struct pcarch_carrier;

/* `carrier` NULL: nothing is there. Borrowed. */
struct trace_carrier carrier_of(const struct pcarch_carrier *carrier);

#endif
