/* How a dynamic_builder keeps what it is given: only its own files look here. */
#ifndef PCARCH_CORE_DYNAMIC_KEYS_H
#define PCARCH_CORE_DYNAMIC_KEYS_H

#include "core/dynamic_trace.h"
#include "core/key_table.h"

#include <stdint.h>

struct function_key {
	const char *module, *name, *file;
	uint32_t arity, line;
	uint64_t type;
};

struct source_key {
	const char *file;
	uint64_t run;
};

struct process_key {
	const char *id;
	uint64_t run;
};

struct call_key {
	const char *file, *through;
	uint32_t caller, callee, line, column, root, is_inlined;
};

struct share_key {
	uint32_t call, run;
};

struct entry_key {
	const char *id, *type;
	uint64_t function;
};

/* The words, each with a separator behind it, as one. */
struct route_key {
	const char *id, *program, *words;
	uint64_t is_default;
};

struct route_share_key {
	uint32_t route, run;
};

struct trace_key {
	const char *id, *guid, *route_id, *route, *entry_point;
};

struct building_route {
	const char *const *tokens;
	size_t ntokens;
};

/* Spans by id, and links, of one trace. */
struct building_trace {
	struct key_table span_keys, link_keys; /* of interned strings */
	struct span *spans; /* heap */
	size_t span_room;
};

struct dynamic_builder;

/* Give each run its sources; `new_run` is where each went, of those in the builder. */
void dynamic_sources_finish(struct dynamic_builder *builder, const uint32_t *new_run,
	struct traced_run *runs);

#endif
