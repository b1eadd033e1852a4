/* Names that no user types: of events, which the program says, and of what stands in its
 * files. */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_SAID_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_SAID_H

#include <stdbool.h>
#include <stdint.h>

struct routes_program;

/*
 * Is each text that `function` compares with a field of records read from a file that it
 * opens, or one of its parameters, for which all its callers have that or literals:
 * `emit("line", data)`?
 */
bool registrations_said(const struct routes_program *program, uint32_t function,
	const char *record, const char *field);

#endif
