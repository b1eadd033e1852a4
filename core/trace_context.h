/*
 * The context of a trace as it travels between processes: W3C Trace Context level 2, B3,
 * the environment, and X-Correlation-ID; read from and written to whatever carries
 * headers.
 *
 * libc only, no malloc, no locks: it is loaded into programs. What is read is a
 * stranger's: all of it is checked, and nothing is passed on that was not.
 */
#ifndef PCARCH_CORE_TRACE_CONTEXT_H
#define PCARCH_CORE_TRACE_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	TRACE_ID_SIZE = 16,
	SPAN_ID_SIZE = 8,
	TRACEPARENT_SIZE = 56, /* with a NUL */
	TRACE_STATE_MEMBERS = 32,
	/* As many members of the greatest size, and the commas: what is valid is never
	 * cut. */
	TRACE_STATE_MAX = TRACE_STATE_MEMBERS * (256 + 1 + 256) + TRACE_STATE_MEMBERS - 1,
	TRACE_CORRELATION_MAX = 128,
};

enum trace_flag { /* bits; all others are dropped */
	TRACE_SAMPLED = 1,
	TRACE_RANDOM = 2, /* the right 56 bits of trace_id are random: who made it says */
};

/* Where a context was found; the first that is there decides, also when it is invalid. */
enum trace_source {
	TRACE_SOURCE_NONE,
	TRACE_SOURCE_W3C, /* traceparent, tracestate */
	TRACE_SOURCE_B3_SINGLE, /* b3 */
	TRACE_SOURCE_B3_MULTI, /* x-b3-traceid, … */
	TRACE_SOURCE_ENVIRONMENT, /* TRACEPARENT, TRACESTATE */
};

/* What was wrong: bits, each worth an event. None of them ends a request. */
enum trace_problem {
	TRACE_MISSING = 1, /* there was no context at all */
	TRACE_PARENT_INVALID = 2, /* a new trace starts, and tracestate is dropped */
	TRACE_PARENT_REPEATED = 4, /* likewise: several traceparent */
	TRACE_STATE_INVALID = 8, /* tracestate alone is dropped */
	TRACE_B3_INVALID = 16, /* a new trace starts */
	TRACE_DISAGREES = 32, /* another source names another trace */
	TRACE_CORRELATION_INVALID = 64, /* the correlation id is replaced */
};

/* What a boundary does with the context that comes in. */
enum trace_policy {
	TRACE_CONTINUE, /* the same trace goes on */
	TRACE_LINK, /* a new trace, with a link to what came in */
	TRACE_RESTART, /* a new trace that says nothing of what came in: a border of trust
			*/
};

/* The span that sent something. */
struct trace_link {
	uint8_t trace_id[TRACE_ID_SIZE];
	uint8_t span_id[SPAN_ID_SIZE];
};

/* 17 kB, of which only the start of `tracestate` is written: no thing for a small stack.
 */
struct trace_context {
	uint8_t trace_id[TRACE_ID_SIZE];
	uint8_t parent_id[SPAN_ID_SIZE]; /* zeros: no parent, the trace starts here */
	uint8_t flags; /* enum trace_flag */
	bool has_context; /* trace_id, parent_id and flags came in */
	bool has_link; /* `link` is what came in, of whichever policy but restart */
	bool is_denied; /* B3 said "do not sample" without naming a trace */
	enum trace_source source;
	unsigned problems; /* enum trace_problem */
	struct trace_link link;
	char correlation[TRACE_CORRELATION_MAX + 1]; /* "": none came in that is valid */
	size_t tracestate_length;
	char tracestate[TRACE_STATE_MAX + 1]; /* as it is sent on: members, and commas */
};

/* A header's value: not NUL-terminated, any bytes. */
struct trace_value {
	const char *text;
	size_t length;
};

/* More values of one name than these are not read: its header counts as invalid. */
enum {
	TRACE_VALUES_MAX = 64
};

enum trace_format { /* bits */
	TRACE_FORMAT_W3C = 1,
	TRACE_FORMAT_B3_SINGLE = 2,
	TRACE_FORMAT_B3_MULTI = 4,
};

/*
 * Headers of a request, a message's table, … Names are lower case, in every carrier:
 * "traceparent", "tracestate", "b3", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled",
 * "x-b3-flags", "x-correlation-id". HTTP compares them without case, AMQP and NATS as
 * they stand.
 */
struct trace_carrier {
	void *context; /* of the callbacks */
	/* Fill `values` with those of that name, in order, at most `room`, and return how
	 * many there are, also beyond `room`. They stay valid until the call that reads
	 * them returns. NULL: nothing can be read. */
	size_t (*get)(void *context, const char *name, struct trace_value *values,
		size_t room);
	/* Replace all values of that name by this one (`value` is NUL-terminated as
	 * well). False: it could not be done. NULL: nothing can be written. */
	bool (*set)(void *context, const char *name, const char *value, size_t length);
	/* Asked where the headers have nothing; NULL: not asked. trace_environment(). */
	char *const *environment;
	unsigned formats; /* enum trace_format, to write; 0: W3C */
};

/*
 * Read what came in: W3C, B3 single, B3 multi, the environment, in this order. True when
 * there is a context; `out->problems` is set in either case. Before anything is sent on,
 * trace_context_start() decides what becomes of it.
 */
bool trace_context_extract(struct trace_context *out,
	const struct trace_carrier *carrier);

/*
 * Begin the trace of an execution, from what was extracted: continue it, or start one
 * that has the execution's nonce (core/guid.h) as its id, where the policy says so or
 * nothing came in. A trace that starts here is sampled and random.
 */
void trace_context_start(struct trace_context *context, enum trace_policy policy,
	const uint8_t nonce[TRACE_ID_SIZE]);

/*
 * Write the context of an outgoing request, whose own `span_id` (core/span_ids.h) is
 * its parent id: a fresh one for each. `correlation` is what goes out as
 * x-correlation-id, 64 hex digits of a GUID or what came in; NULL: none. False: the
 * carrier refused something; the rest is written.
 */
bool trace_context_inject(const struct trace_context *context,
	const uint8_t span_id[SPAN_ID_SIZE], const char *correlation,
	const struct trace_carrier *carrier);

/* "00-…", version 00, with `span_id` as the parent. */
void trace_context_parent(const struct trace_context *context,
	const uint8_t span_id[SPAN_ID_SIZE], char out[TRACEPARENT_SIZE]);

/* Does this (128 of [A-Za-z0-9._-] at most, not empty) serve as a correlation id? */
bool trace_correlation_is_valid(const char *text, size_t length);

enum trace_echo {
	TRACE_ECHO_ABSENT, /* the response has none, which is no fault */
	TRACE_ECHO_SAME,
	TRACE_ECHO_DIFFERS, /* correlation.mismatch */
};

/* Compare the x-correlation-id of a response with the one that was sent. */
enum trace_echo trace_correlation_echo(const char *sent,
	const struct trace_carrier *response);

#endif
