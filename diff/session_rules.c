#include "diff/session_rules.h"

#include "core/arena.h"
#include "core/event_json.h"
#include "core/guid.h"
#include "core/guid_key.h"
#include "core/text.h"
#include "core/timestamp.h"
#include "diff/log_finding.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	EXECUTIONS_MAX = 1 << 22, /* that V6 remembers: 100 MB */
};

#define MS_NS UINT64_C(1000000)
#define WINDOW_BEFORE_NS (5000 * MS_NS)
#define START_NS (1000 * MS_NS)
#define STEP_NS (500 * MS_NS)

void session_rules_init(struct session_rules *rules)
{
	rules->begun = (struct key_table){.key_bytes = GUID_NONCE_SIZE};
	rules->owners = NULL;
	rules->owner_room = 0;
	rules->nprocesses = 0;
	rules->ntags = rules->nunknown_keys = rules->nnot_remembered = 0;
	rules->seq = UINT64_MAX;
}

void session_rules_release(struct session_rules *rules)
{
	key_table_release(&rules->begun);
	free(rules->owners);
	rules->owners = NULL;
}

void session_rules_process(struct session_rules *rules)
{
	rules->nprocesses++;
	session_rules_gap(rules);
	rules->has_stepped = false;
	memset(rules->told, 0, sizeof(rules->told));
}

void session_rules_gap(struct session_rules *rules)
{
	rules->seq = UINT64_MAX;
}

static double seconds(uint64_t ns)
{
	return (double)ns / 1e9;
}

static uint64_t distance(uint64_t a, uint64_t b)
{
	return a > b ? a - b : b - a;
}

static bool is_named(const struct event *event, const char *name)
{
	return strcmp(event->event, name) == 0;
}

/* The time in a GUID; a forged one may be far beyond what nanoseconds can say. */
static uint64_t born_ns(const uint8_t guid[GUID_SIZE])
{
	uint64_t ms = guid_nonce_ms(guid);

	return ms > UINT64_MAX / MS_NS ? UINT64_MAX : ms * MS_NS;
}

/* V1 */
static void check_order(struct session_rules *rules, const struct event *event,
	uint64_t line)
{
	if (event->seq != rules->seq + 1)
		log_findings_add(rules->findings, LOG_ERROR, "order", line,
			"event %" PRIu64 " follows event %" PRIu64
			": numbers go up by one (V1)",
			event->seq, rules->seq);
	if (event->mono_ns < rules->mono_ns)
		log_findings_add(rules->findings, LOG_ERROR, "order", line,
			"the monotonic clock goes back by %.6f s behind the line before, "
			"which no clock of one process does: the line was made elsewhere "
			"or changed (V1)",
			seconds(rules->mono_ns - event->mono_ns));
}

/* V3 */
static void check_clocks(struct session_rules *rules, const struct event *event,
	uint64_t line)
{
	double utc = seconds(event->time_ns) - seconds(rules->time_ns);
	uint64_t passed, both;
	bool is_told = rules->was_step || is_named(event, "clock.step");

	if (event->mono_ns < rules->mono_ns)
		return;
	passed = event->mono_ns - rules->mono_ns;
	both = rules->time_ns + passed; /* the time that it would be without a step */
	if (distance(event->time_ns, both) <= STEP_NS)
		return;
	rules->has_stepped = true;
	log_findings_add(rules->findings, is_told ? LOG_NOTE : LOG_ERROR, "clock-step",
		line,
		"the wall clock steps by %+.3f s: it goes on by %.3f s while %.3f s pass "
		"(V3)%s",
		utc - seconds(passed), utc, seconds(passed),
		is_told ? "; the log says so itself"
			: ", and no event 'clock.step' says so: times were changed, or "
			  "the clock was set");
}

/* V2 */
static void check_window(struct session_rules *rules, const struct event *event,
	const uint8_t guid[GUID_SIZE], uint64_t line)
{
	uint64_t born = born_ns(guid), at = event->time_ns;
	bool is_own = strncmp(event->guid, event->instance_id, 32) == 0;
	bool is_early = born > at && born - at > WINDOW_BEFORE_NS;
	/* A service may run for months: its own lines are not stale. */
	bool is_stale = !is_own && rules->max_age_ns && at > born &&
			at - born > rules->max_age_ns;
	char text[TIMESTAMP_SIZE];

	if ((!is_early && !is_stale) || rules->has_stepped ||
		memcmp(rules->told, guid, GUID_NONCE_SIZE) == 0)
		return;
	memcpy(rules->told, guid, GUID_NONCE_SIZE);
	timestamp_print(born, 3, text);
	if (is_early)
		log_findings_add(rules->findings, LOG_ERROR, "window", line,
			"the event lies %.3f s before its execution began, at %s by its "
			"GUID (V2)",
			seconds(born - at), text);
	else
		log_findings_add(rules->findings, LOG_ERROR, "stale", line,
			"the GUID is stale: its execution began at %s, %.1f h before this "
			"event (V2, V6); --max-age allows more",
			text, seconds(at - born) / 3600);
}

/* V4 */
static void check_start(struct session_rules *rules, const struct event *event,
	const uint8_t guid[GUID_SIZE], uint64_t line)
{
	uint64_t born = born_ns(guid);
	char text[TIMESTAMP_SIZE];

	if (!is_named(event, "session.start") ||
		distance(born, event->time_ns) <= START_NS)
		return;
	timestamp_print(born, 3, text);
	log_findings_add(rules->findings, LOG_ERROR, "start", line,
		"the session starts %.3f s away from %s, the time in its GUID; 1 s is "
		"allowed (V4)",
		seconds(distance(born, event->time_ns)), text);
}

static const char *const step_names[] = {
	[GUID_PROG] = "PROG",
	[GUID_CMD] = "CMD",
	[GUID_BRANCH] = "BRANCH",
	[GUID_FORK] = "FORK",
	[GUID_OUTCOME] = "OUTCOME",
	[GUID_UNRESOLVED] = "UNRESOLVED",
};

struct steps {
	const struct guid_key *key;
	struct guid_chain chain;
	bool is_begun;
	bool is_whole; /* from the beginning, PROG */
	bool is_forked, is_bad;
};

static void take_step(void *context, const char *path, const char *value)
{
	struct steps *steps = context;
	size_t len = strcspn(value, ":");
	unsigned kind = GUID_PROG;

	(void)path;
	while (kind <= GUID_UNRESOLVED &&
		(strncmp(step_names[kind], value, len) != 0 || step_names[kind][len]))
		kind++;
	if (!steps->is_begun)
		steps->is_whole = kind == GUID_PROG;
	steps->is_begun = true;
	steps->is_forked = steps->is_forked || kind == GUID_FORK;
	if (kind > GUID_UNRESOLVED || !value[len] ||
		!guid_step(&steps->chain, steps->key, kind, value + len + 1,
			strlen(value + len + 1)))
		steps->is_bad = true;
}

static const struct guid_key *find_key(const struct session_rules *rules,
	const char *key_id)
{
	for (size_t i = 0; i < rules->nkeys; i++) {
		char id[GUID_KEY_ID_HEX_SIZE] = "";

		if (rules->keys[i]->is_keyed)
			guid_key_id_hex(rules->keys[i], id);
		if (strcmp(*id ? id : "unkeyed", key_id ? key_id : "") == 0)
			return rules->keys[i];
	}
	return NULL;
}

static bool read_user(const struct event *event, uint8_t out[GUID_USER_SIZE])
{
	char both[GUID_HEX_SIZE];
	uint8_t guid[GUID_SIZE];

	memset(out, 0, GUID_USER_SIZE);
	if (!event->user_ref)
		return true;
	/* Twice 32 digits are read like the 64 of a GUID. */
	snprintf(both, sizeof(both), "%.32s%.32s", event->user_ref, event->user_ref);
	if (strlen(event->user_ref) != (size_t)2 * GUID_USER_SIZE ||
		!guid_parse(both, guid))
		return false;
	memcpy(out, guid, GUID_USER_SIZE);
	return true;
}

/* V5. Returns whether the steps began in this process, as far as can be told. */
static bool check_tag(struct session_rules *rules, const struct event *event,
	const uint8_t guid[GUID_SIZE], uint64_t line)
{
	struct steps steps = {
		.key = event->has_steps ? find_key(rules, event->key_id) : NULL};
	struct guid_key any;
	uint8_t user[GUID_USER_SIZE];
	bool is_known = steps.key, matches;

	if (!event->has_steps)
		return true;
	if (!is_known) { /* the steps are read all the same */
		guid_key_derive(&any, NULL);
		steps.key = &any;
		rules->nunknown_keys++;
	}
	if (!read_user(event, user)) {
		log_findings_add(rules->findings, LOG_ERROR, "tag", line,
			"'user_ref' is not 32 hex digits: the GUID cannot be checked "
			"(V5)");
		return false;
	}
	guid_begin(&steps.chain, steps.key, guid, user);
	event_json_values(event, "steps", take_step, &steps);
	matches = !steps.is_bad && guid_matches(&steps.chain, steps.key, guid);
	guid_wipe(&steps.chain);
	is_known = is_known && steps.is_whole;
	rules->ntags += is_known;
	if (is_known && !matches)
		log_findings_add(rules->findings, LOG_ERROR, "tag", line,
			"the GUID is not that of the steps: the GUID, the steps or the "
			"user were changed, or another key made it (V5)");
	return !steps.is_forked;
}

/* V6 */
static void check_owner(struct session_rules *rules, const uint8_t guid[GUID_SIZE],
	uint64_t line)
{
	uint32_t number = key_table_find(&rules->begun, guid);
	char nonce[GUID_NONCE_HEX_SIZE];

	guid_nonce_hex(guid, nonce);
	if (number != UINT32_MAX) {
		if (rules->owners[number] != rules->nprocesses)
			log_findings_add(rules->findings, LOG_ERROR, "duplicate", line,
				"the execution %s was begun by another process, too: one "
				"of the two is a copy (V6)",
				nonce);
		return;
	}
	if (rules->begun.count == EXECUTIONS_MAX) {
		rules->nnot_remembered++;
		return;
	}
	number = key_table_add(&rules->begun, guid, NULL);
	rules->owners =
		grow(rules->owners, number, &rules->owner_room, sizeof(*rules->owners));
	rules->owners[number] = rules->nprocesses;
}

static void check_guid(struct session_rules *rules, const struct event *event,
	uint64_t line)
{
	bool is_start =
		is_named(event, "session.start") || is_named(event, "command.start");
	uint8_t guid[GUID_SIZE];
	bool began_here;

	if (!guid_parse(event->guid, guid)) {
		log_findings_add(rules->findings, LOG_ERROR, "tag", line,
			"'guid' is not 64 lowercase hex digits (V5)");
		return;
	}
	check_window(rules, event, guid, line);
	check_start(rules, event, guid, line);
	began_here = check_tag(rules, event, guid, line);
	if (is_start && began_here)
		check_owner(rules, guid, line);
}

void session_rules_event(struct session_rules *rules, const struct event *event,
	uint64_t line)
{
	bool has_clock = event->mono_ns != UINT64_MAX;

	if (rules->seq != UINT64_MAX && event->seq != UINT64_MAX && has_clock) {
		check_order(rules, event, line);
		check_clocks(rules, event, line);
	}
	if (event->guid)
		check_guid(rules, event, line);
	rules->seq = has_clock ? event->seq : UINT64_MAX;
	rules->time_ns = event->time_ns;
	rules->mono_ns = event->mono_ns;
	rules->was_step = is_named(event, "clock.step");
}
