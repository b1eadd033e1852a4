/*
 * The headers of trace contexts, each by its specification: W3C Trace Context level 2,
 * and openzipkin/b3-propagation. Pure functions over bytes of a stranger.
 */
#ifndef PCARCH_CORE_TRACE_HEADERS_H
#define PCARCH_CORE_TRACE_HEADERS_H

#include "core/trace_context.h"

/* What one header says, or several of B3. */
struct trace_header {
	uint8_t trace_id[TRACE_ID_SIZE], span_id[SPAN_ID_SIZE];
	uint8_t flags; /* enum trace_flag */
	bool has_ids; /* false: B3 with nothing but a decision whether to sample */
	bool is_short; /* trace_id had 64 bits, and was padded on the left */
};

/* B3 in several headers; `text` NULL: not there. */
struct trace_b3_values {
	struct trace_value trace_id, span_id, sampled, flags;
};

/* False, and `out` is left alone, when it is invalid: all three. */
bool trace_header_parent(struct trace_header *out, struct trace_value value);
bool trace_header_b3(struct trace_header *out, struct trace_value value);
bool trace_header_b3_multi(struct trace_header *out,
	const struct trace_b3_values *values);

/* Without spaces and tabs on either side. */
struct trace_value trace_value_trim(struct trace_value value);

/*
 * Add the members of one tracestate header to those of the headers before it.
 * `*nmembers` counts what was seen, the empty ones not. False when one is malformed or
 * they are too many; `context->tracestate` is of no use then.
 */
bool trace_header_state(struct trace_context *context, unsigned *nmembers,
	struct trace_value value);

/* `size` bytes as lowercase hex digits, without a NUL. Returns behind the last one. */
char *trace_hex_put(char *out, const uint8_t *bytes, size_t size);

#endif
