/*
 * An execution: where its GUID stands, the words and ways it took, the trace it belongs
 * to, and what happened lately. Of fixed size, so that a step allocates nothing.
 */
#ifndef PCARCH_TRACER_TELEMETRY_EXECUTION_H
#define PCARCH_TRACER_TELEMETRY_EXECUTION_H

#include "core/guid.h"
#include "core/trace_context.h"
#include "tracer/pcarch_trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	EXECUTION_STEPS_SIZE = 2048,
	EXECUTION_COMMAND_SIZE = 512,
	EXECUTION_IDENTITY_SIZE = 1536,
	EXECUTION_RECENT = 32,
	EXECUTION_LINKS = 16,
	EXECUTION_TYPE_SIZE = 41, /* of an error's type, with a NUL */
	EXECUTION_EVENT_SIZE = 65, /* of an event's name */
};

/* An event that was made lately. */
struct recent {
	uint64_t seq; /* 0: it was not written */
	uint64_t mono_ns;
	char name[EXECUTION_EVENT_SIZE];
};

struct execution_link {
	const char *relation; /* a constant */
	bool is_guid; /* otherwise a span */
	uint8_t guid[GUID_SIZE];
	struct trace_link span;
};

/* A text that grows by whole parts: one that did not fit makes it of no use. */
struct part_list {
	size_t length;
	bool is_cut;
};

/* What lines say of an execution, as text: it is the same until it takes a step, or
 * another span. Held by the journal's lock. */
struct identity {
	uint32_t step; /* 0: there is none */
	uint8_t span_id[SPAN_ID_SIZE], parent_span_id[SPAN_ID_SIZE];
	size_t length;
	char text[EXECUTION_IDENTITY_SIZE];
};

struct pcarch_execution {
	struct guid_chain chain;
	uint8_t guid[GUID_SIZE]; /* as of `guid_step` */
	uint32_t guid_step;
	bool is_shared; /* the process's own: no thread may change it */
	bool is_routed; /* `correlation` is what is sent */
	bool is_started; /* command.start was made */
	bool has_branch;
	char correlation[TRACE_CORRELATION_MAX + 1];
	const char *channel; /* a constant */
	struct part_list command_parts, step_parts;
	size_t program_length; /* of `command`, with the space behind it */
	char command[EXECUTION_COMMAND_SIZE]; /* "program word word" */
	char steps[EXECUTION_STEPS_SIZE]; /* "KIND:LABEL", a NUL behind each */
	uint8_t span_id[SPAN_ID_SIZE], parent_span_id[SPAN_ID_SIZE];
	uint64_t start_ns;
	unsigned slow_ms;
	struct recent recent[EXECUTION_RECENT]; /* a ring */
	size_t nrecent; /* ever */
	char error_type[EXECUTION_TYPE_SIZE]; /* of the last error; "": there was none */
	uint64_t nredacted; /* values that were left out */
	uint32_t nforks;
	int argc;
	char *const *argv; /* until command.start */
	struct execution_link links[EXECUTION_LINKS];
	size_t nlinks;
	struct identity identity;
	struct pcarch_execution *outer; /* the thread's current one before it */
	struct trace_context context; /* last, as it is large and mostly not touched */
};

/* Begin, in the caller's storage, which is set to zero: a fresh nonce, and the first
 * step. False: the system has no random bytes. */
bool execution_init(struct pcarch_execution *execution, const char *program,
	const uint8_t *user_ref);

/* Take a step; what does not fit in a label is dropped and counted. */
void execution_step(struct pcarch_execution *execution, enum guid_kind kind,
	const char *label);

/* The GUID as it is now; of no execution, the process's. */
const uint8_t *execution_guid(struct pcarch_execution *execution);

/* Freeze what is sent as the correlation id, once. */
void execution_route(struct pcarch_execution *execution);

/* "word word" behind the program; "" before the first. */
const char *execution_words(const struct pcarch_execution *execution);

/* Keep a link, unless there are too many. */
void execution_link(struct pcarch_execution *execution,
	const struct execution_link *link);

/* Note an event; the caller holds the journal's lock. */
void execution_note(struct pcarch_execution *execution, const char *name, uint64_t seq,
	uint64_t mono_ns);

/* The thread's current one; NULL: none. */
struct pcarch_execution *execution_current(void);
struct pcarch_execution *execution_set_current(struct pcarch_execution *execution);

/* A fresh span id, never zero. */
void execution_new_span(uint8_t out[SPAN_ID_SIZE]);

/* In a forked child: ids of its own, and the current execution's chain goes on from its
 * parent's, `ordinal` children in. */
void execution_after_fork(void);

#endif
