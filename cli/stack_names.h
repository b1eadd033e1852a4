/* What the frames of stacks in logs are in the source. */
#ifndef PCARCH_CLI_STACK_NAMES_H
#define PCARCH_CLI_STACK_NAMES_H

#include "core/arena.h"
#include "core/interner.h"
#include "core/key_table.h"

#include <stdbool.h>
#include <stddef.h>

struct error;
struct option_values;

struct stack_names {
	const struct option_values *binaries;
	struct arena arena;
	struct interner strings;
	struct key_table frames; /* by the frame, interned */
	const char **names; /* heap, parallel; each may be NULL */
	size_t room;
};

/*
 * `binaries`, which stay: programs and shared objects, and directories that they are in.
 * Fails when one of them is not there. None: all frames stay as they are.
 */
bool stack_names_open(struct stack_names *names, const struct option_values *binaries,
	struct error *err);
void stack_names_close(struct stack_names *names);

/*
 * "function at file:line" of a frame as docs/telemetry-log.md has it,
 * "object[build id]+0xoffset", with the functions that it was inlined into. NULL: no
 * binary has that build id, or what it has says nothing of the place. Lasts as long as
 * `names`.
 */
const char *stack_names_of(struct stack_names *names, const char *frame);

#endif
