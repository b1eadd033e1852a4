/* What can be wrong, or not known, in a program: stable ids, and what to do. */
#ifndef PCARCH_CORE_FINDING_H
#define PCARCH_CORE_FINDING_H

#include <stddef.h>

enum finding_severity {
	FINDING_ERROR, /* part of the program was not read */
	FINDING_WARNING, /* the answer may be incomplete */
	FINDING_NOTE, /* worth knowing */
};

/* In the order of the ids, from PCA001 on: new ones at the end, none reused. */
enum finding {
	FINDING_UNIT_FAILED,
	FINDING_UNIT_PARTIAL,
	FINDING_UNIT_CRASHED,
	FINDING_UNIT_TIMEOUT,
	FINDING_UNIT_OUT_OF_MEMORY,
	FINDING_SOURCE_MISSING,
	FINDING_SOURCE_CHANGED,
	FINDING_UNKNOWN_CALL,
	FINDING_AMBIGUOUS_FUNCTION,
	FINDING_IMPLICIT_DECLARATION,
	FINDING_NESTED_FUNCTION,
	FINDING_FLAG_DROPPED,
	FINDING_DATABASE_STALE,
	FINDING_DATABASE_DUPLICATE,
	FINDING_ORPHAN_FUNCTION,
	FINDING_BINARY_STALE,
	FINDING_UNIT_NOT_SCANNED,
	FINDING_ANALYSIS_BUG,
	FINDING_PREDICTED_HOLE,
	FINDING_INTERPOSED_CALL,
	FINDING_LIBRARY_CALLBACK,
	FINDING_FOREIGN_CODE,
	FINDING_GENERATED_CODE,
	FINDING_STALE_SOURCE,
	FINDING_RUNTIME_ONLY_FUNCTION,
	FINDING_DEAD_FUNCTION,
	FINDING_ORPHAN_RAN,
	FINDING_RUNTIME_ENTRY_POINT,
	FINDING_LOW_COVERAGE,
	FINDING_NEW_DEPENDENCY,
	FINDING_DEPENDENCY_GONE,
	FINDING_ROUTE_CAME,
	FINDING_ROUTE_GONE,
	FINDING_ROUTE_MOVED,
	FINDING_ENTRY_POINT_CAME,
	FINDING_ENTRY_POINT_GONE,
	FINDING_ENTRY_POINT_MOVED,
	FINDING_CERTIFICATE_OPENED,
	FINDING_INCOMPLETE_RECORDING,
	FINDING_SUPPRESSION_WITHOUT_REASON,
	FINDING_STALE_SUPPRESSION,
	FINDING_COUNT,
};

struct finding_kind {
	const char *id; /* "PCA002" */
	const char *name; /* "unit-partial": what stands in brackets after a message */
	enum finding_severity severity;
	const char *summary; /* one line, lower case, no full stop */
	const char *help; /* what to do; the "help:" line of a message: the same form */
	const char *text; /* of `pcarch explain`: paragraphs parted by empty lines */
};

extern const struct finding_kind finding_kinds[FINDING_COUNT];

/* By id ("PCA002", in any case) or by name; NULL when there is none. */
const struct finding_kind *finding_find(const char *id_or_name);

const char *finding_severity_name(enum finding_severity severity);

#endif
