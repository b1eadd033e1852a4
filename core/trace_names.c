#include "core/trace_names.h"

#include "core/trace.h"

#include <stddef.h>

const char *const function_type_names[] = {
	[FUNCTION_PUBLIC] = "public",
	[FUNCTION_PRIVATE] = "private",
	[FUNCTION_EXTERNAL] = "external",
	[FUNCTION_UNKNOWN] = "unknown",
	NULL,
};

const char *const function_flag_names[] = {
	"variadic",
	"inline",
	"weak",
	"constructor",
	"destructor",
	"address_taken",
	"no_prototype",
	"partial",
	"alias",
	"ifunc",
	"noreturn",
	"duplicate",
	NULL,
};

_Static_assert(FUNCTION_DUPLICATE ==
		       1 << (sizeof(function_flag_names) / sizeof(char *) - 2),
	"every flag has a name");

const char *const unit_status_names[] = {
	[UNIT_PARSED] = "parsed",
	[UNIT_PARTIAL] = "partial",
	[UNIT_FAILED] = "failed",
	NULL,
};

const char *const site_state_names[] = {
	[SITE_CLOSED] = "closed",
	[SITE_OPEN] = "open",
	NULL,
};

const char *const callee_expression_names[] = {
	[CALLEE_NAME] = "name",
	[CALLEE_FIELD] = "field",
	[CALLEE_PARAMETER] = "parameter",
	[CALLEE_LOCAL] = "local",
	[CALLEE_GLOBAL] = "global",
	[CALLEE_ELEMENT] = "element",
	[CALLEE_RESULT] = "result",
	[CALLEE_CONDITIONAL] = "conditional",
	[CALLEE_OTHER] = "other",
	NULL,
};
