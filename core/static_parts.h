/*
 * The parts of static.json (core/document_parts.h): kept by the reader, checked and
 * turned into a trace when all is read.
 */
#ifndef PCARCH_CORE_STATIC_PARTS_H
#define PCARCH_CORE_STATIC_PARTS_H

#include "core/arena.h"
#include "core/document_parts.h"
#include "core/trace.h"

struct error;
struct members;

enum static_section {
	SECTION_UNITS,
	SECTION_FUNCTIONS,
	SECTION_CALL_SITES,
	SECTION_CALLS,
	SECTION_ROUTES,
	SECTION_BRANCHES,
	SECTION_ENTRY_POINTS,
	SECTION_TRACES,
	SECTION_SHARED_MODULES,
	SECTION_ORPHANS,
	SECTION_COUNT,
};

/* The counts of `summary`, in schema order. */
enum summary_count {
	SUMMARY_ENTRY_POINTS,
	SUMMARY_TRACES,
	SUMMARY_SHARED_MODULES,
	SUMMARY_ORPHANS,
	SUMMARY_UNITS,
	SUMMARY_FAILED_UNITS,
	SUMMARY_FUNCTIONS,
	SUMMARY_CALL_SITES,
	SUMMARY_OPEN_SITES,
	SUMMARY_CALLS,
	SUMMARY_ROUTES,
	SUMMARY_COUNT,
};

/* A function as an id and a repeated record, of which only the hash is kept. */
struct function_ref {
	uint32_t id;
	uint64_t record;
};

struct part_route {
	struct route route; /* but for `reached_from` */
	uint64_t handler_record;
	const uint64_t *other_records; /* one for each of the others */
	const char *reached_from; /* id of an entry point, or NULL */
};

struct part_entry_point {
	struct entry_point entry;
	uint64_t record;
};

struct part_trace {
	const char *entry_point_id;
	const struct function_ref *functions;
	size_t nfunctions, function_count;
	unsigned depth;
	bool is_truncated;
};

struct part_shared_module {
	const char *module;
	const char *const *trace_ids;
	size_t ntrace_ids, trace_count, function_count;
};

struct part_orphan {
	struct function_ref function;
	const char *reason;
	uint32_t called_from; /* TRACE_NONE: not given */
	bool is_address_taken;
};

struct static_parts {
	struct document_parts document;
	struct arena scratch; /* what the parts point at and the trace does not */
	size_t nleft_out; /* of the summary: all of it that the file does not hold itself
			   */
};

extern const struct document_kind static_kind;

void static_parts_release(struct static_parts *parts);

/* The members `id` and those of the common record, whose `type` has that name. */
struct function_ref function_ref_read(struct members *in);

/* Stands for the common record of a function whose strings are interned. */
uint64_t record_hash(const struct function *fn);

/* Check everything that refers to something, and make the trace, in `arena`. */
bool static_parts_link(const struct static_parts *parts, struct arena *arena,
	struct static_trace *out, struct error *err);

#endif
