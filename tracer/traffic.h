/*
 * What there is to drive: every command, request and message that static.json knows, how
 * each is driven, and, afterwards, what came of it.
 */
#ifndef PCARCH_TRACER_TRAFFIC_H
#define PCARCH_TRACER_TRAFFIC_H

#include "core/traffic_rules.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct error;
struct static_trace;

enum traffic_kind {
	TRAFFIC_COMMAND,
	TRAFFIC_REQUEST, /* over HTTP */
	TRAFFIC_MESSAGE, /* in a queue */
};

enum traffic_outcome {
	TRAFFIC_UNDRIVEN, /* `why` says why */
	TRAFFIC_SKIPPED, /* the rules say so */
	TRAFFIC_LEADS_ON, /* its word only leads to other commands */
	TRAFFIC_RAN, /* its handler is in the recording */
	TRAFFIC_UNSEEN, /* driven, and its handler is not */
	TRAFFIC_DRIVEN, /* driven; it has no handler that could be seen */
	TRAFFIC_LATE, /* driven, and ended when its time was over */
	TRAFFIC_UNRECORDED, /* driven, and nothing of it was recorded */
};

/* The files' words for them, in their order; ends with NULL. */
extern const char *const traffic_kind_names[];
extern const char *const traffic_outcome_names[];

struct traffic_item {
	enum traffic_kind kind;
	const char *name; /* "git remote add", "GET /status", the queue's */
	const char *method, *path; /* of a request */
	struct traffic_words tokens; /* of a command, without the program */
	size_t ntokens; /* with "<default>", which `tokens` leaves out of its count */
	bool is_default; /* no words follow those that lead to it */
	const char *program; /* its name; NULL: nothing says which one */
	const char *route_id; /* or NULL */
	const uint32_t *handlers; /* functions in static.json, the first one is it */
	size_t nhandlers;
	const char *file; /* absolute, of the program; NULL: not known */
	const struct traffic_server *server; /* that it is sent to; NULL: none */
	struct traffic_how how;

	enum traffic_outcome outcome;
	const char *why; /* a sentence, of what was not driven or went wrong; or NULL */
	const char *said; /* the last line that it printed; or NULL */
	int status; /* as in a shell, or of a reply; -1: none */
	double elapsed_s; /* until it ended, and its trace was written */
	bool has_run; /* a handler ran */
	bool is_unsure; /* for this command, or for another one that has it */
	bool is_unexpected; /* another status than the rules expect */
};

struct traffic {
	const struct static_trace *scanned;
	const struct traffic_rules *rules;
	struct traffic_item *items;
	size_t nitems;
	unsigned timeout_s; /* of what the rules give none */
	const char *const
		*given; /* programs that the user named, "NAME=FILE" or "FILE" */
	size_t ngiven;
};

/*
 * List all items, in the order of static.json: commands, requests, messages; those for
 * which no program, or no way to it, is known are undriven from the start.
 */
void traffic_plan(struct traffic *traffic, struct arena *arena);

/* Leave those alone whose names neither match nor begin with the words of a pattern. */
size_t traffic_select(struct traffic *traffic, const char *const *patterns,
	size_t npatterns);

/* The absolute path of a program by its name; NULL: neither user nor rules have it. */
const char *traffic_program_file(const struct traffic *traffic, struct arena *arena,
	const char *name);

#endif
