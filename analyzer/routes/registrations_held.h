/* Tables that only another object names: `struct list commands = {2, rows};`. */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_HELD_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_HELD_H

#include <stdint.h>

struct routes_program;

/*
 * For each object the one by which bodies come to it: itself, or one whose initialiser
 * names it, a few steps up; TRACE_NONE: no body does. In the program's arena.
 */
const uint32_t *holders_find(const struct routes_program *program);

#endif
