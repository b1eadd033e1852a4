/* Limits on what a trace lists, shared by the commands that make one. */
#ifndef PCARCH_CLI_LIMITS_H
#define PCARCH_CLI_LIMITS_H

#include <stdbool.h>

enum {
	LIMIT_TRACE_FUNCTIONS = 1000, /* listed in one trace */
	LIMIT_DEPTH = 50, /* of functions listed */
};

/*
 * PCARCH_MAX_DEPTH, or ARCHAEOLOGY_MAX_DEPTH as the seed called it; LIMIT_DEPTH when
 * neither is set, 0 for no limit. False, with the message printed, when it is no number.
 */
bool limits_max_depth(const char *command, unsigned *depth);

#endif
