/*
 * Is a text a constant of the program? What becomes part of a GUID or a name in the log
 * must be: so what a user typed cannot, whoever passes it on.
 */
#ifndef PCARCH_TRACER_TELEMETRY_CONSTANT_H
#define PCARCH_TRACER_TELEMETRY_CONSTANT_H

#include <stdbool.h>

/*
 * Does `text` stand in a read-only part of the program, or of a library? Costs a
 * comparison for the program's own. NULL does not.
 */
bool constant_holds(const char *text);

/* A constant of 1 to 64 letters, digits and `_.-:/ `: what may be a name in a record. */
bool constant_is_name(const char *text);

#endif
