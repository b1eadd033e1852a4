/*
 * What must hold between the events of a process, whoever sealed them:
 *
 *	V1  numbers go up by one, and the monotonic clock does not go back
 *	V2  an event lies in the window of its execution: not more than 5 s before the
 *time in its GUID, and not too long after it V3  both clocks go on alike, or an event
 *clock.step says that they did not V4  a session starts within 1 s of the time in its
 *GUID V5  the tag of a GUID is that of the steps V6  no execution is begun by two
 *processes
 *
 * Equal numbers with other content, the rest of V6, are found with the seals. Source:
 * docs/telemetry-log.md.
 */
#ifndef PCARCH_DIFF_SESSION_RULES_H
#define PCARCH_DIFF_SESSION_RULES_H

#include "core/key_table.h"

#include <stdbool.h>
#include <stdint.h>

struct event;
struct guid_key;
struct log_findings;

struct session_rules {
	/* To set before use. */
	struct log_findings *findings;
	const struct guid_key *const *keys; /* of installations, for V5 */
	size_t nkeys;
	uint64_t max_age_ns; /* V2; 0: any */
	/* What is known of the process. */
	uint64_t seq, time_ns, mono_ns; /* of the event before; seq UINT64_MAX: none */
	bool was_step, has_stepped; /* then V2 cannot be told any more */
	uint8_t told[16]; /* the nonce that V2 was said of last: once is enough */
	/* What is known of all. */
	struct key_table begun; /* nonces of executions */
	uint32_t *owners; /* heap: number of the process for each */
	size_t owner_room;
	uint32_t nprocesses;
	size_t ntags, nunknown_keys; /* checked, and not for want of the key */
	size_t nnot_remembered; /* executions beyond what V6 keeps */
};

void session_rules_init(struct session_rules *rules);
void session_rules_release(struct session_rules *rules);

/* The events that follow are another process's. */
void session_rules_process(struct session_rules *rules);

/* Check the next event, on line `line`. */
void session_rules_event(struct session_rules *rules, const struct event *event,
	uint64_t line);

/* An event was passed over: what is between the one before and the next is not checked.
 */
void session_rules_gap(struct session_rules *rules);

#endif
