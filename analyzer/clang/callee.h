/* What a call calls: the expression in the callee's place, with its wrapping taken off.
 */
#ifndef PCARCH_ANALYZER_CLANG_CALLEE_H
#define PCARCH_ANALYZER_CLANG_CALLEE_H

#include "core/text.h"
#include "core/trace.h"

#include <clang-c/Index.h>
#include <stdint.h>

struct syntax;

struct callee {
	enum callee_expression expression;
	uint32_t node; /* that names it: its place is the place of the call */
	CXCursor function; /* for CALLEE_NAME */
};

/* The callee of the call expression `call`. */
struct callee callee_read(const struct syntax *syntax, uint32_t call);

/* "redisCommand.proc" for a field, "cb" for a variable: what an indirect call goes
 * through. */
void callee_name(const struct syntax *syntax, const struct callee *callee,
	struct text *out);

/*
 * The association of the _Generic expression `generic` that is compiled, or 0 when
 * several have its type and libclang does not tell.
 */
uint32_t callee_generic_choice(const struct syntax *syntax, uint32_t generic);

#endif
