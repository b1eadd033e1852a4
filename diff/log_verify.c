#include "diff/log_verify.h"

#include "core/error.h"
#include "core/event_json.h"
#include "core/guid_key.h"
#include "core/log_lines.h"
#include "core/log_seal.h"
#include "core/text.h"
#include "diff/log_anchor.h"
#include "diff/log_diagnosis.h"
#include "diff/log_segment.h"
#include "diff/session_rules.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A process whose segments are checked one after the other. */
struct verifying {
	struct log_verify *verify;
	struct session_rules rules;
	struct error *err;
	const struct log_segment *segment, *before; /* before: NULL at the first */
	struct log_keys keys;
	bool has_keys;
	uint64_t seq, nlines; /* of the line before; lines of the segment */
	uint8_t seal[LOG_SEAL_BYTES];
	uint64_t epoch; /* of the next line */
	bool is_broken; /* a line is not where or what it must be */
	bool is_closed; /* the line before says to be the last of a closed segment */
	struct text lost; /* what the process says that it could not write */
};

/* The key that the segment names; NULL, with a finding, when it was not given. */
static const struct guid_key *find_key(struct verifying *in)
{
	struct log_verify *verify = in->verify;
	scoped_text given = {0};

	for (size_t i = 0; i < verify->nkeys; i++) {
		char id[GUID_KEY_ID_HEX_SIZE] = "unkeyed";

		if (verify->keys[i]->is_keyed)
			guid_key_id_hex(verify->keys[i], id);
		if (strcmp(id, in->segment->key_id) == 0)
			return verify->keys[i];
		if (verify->keys[i]->is_keyed)
			text_printf(&given, "%s%s", given.len ? ", " : "", id);
	}
	log_findings_add(&verify->findings, LOG_UNKNOWN, "wrong-key",
		in->segment->header_line,
		"the segment is sealed with the key %s, and %s%s: give its file with "
		"'--key'; the seals are not checked",
		in->segment->key_id, given.len ? "the key given is " : "no key is given",
		text_string(&given));
	return NULL;
}

static bool open_auditor(struct verifying *in)
{
	struct log_verify *verify = in->verify;
	const struct log_segment *segment = in->segment;
	uint8_t public_key[LOG_KEY_BYTES];

	if (!verify->auditor) {
		log_findings_add(&verify->findings, LOG_UNKNOWN, "wrong-key",
			segment->header_line,
			"the segment is sealed for an auditor, whose secret key alone "
			"opens it: give it with '--auditor-key'; the seals are not "
			"checked");
		return false;
	}
	if (log_keys_begin_auditor(&in->keys, verify->auditor, segment->sealed_key))
		return true;
	log_auditor_public(verify->auditor, public_key);
	if (memcmp(public_key, segment->auditor, sizeof(public_key)) == 0)
		log_findings_add(&verify->findings, LOG_ERROR, "changed",
			segment->header_line,
			"the key of the segment does not open, though it says to be for "
			"this auditor: 'sealed_key' was changed; the seals cannot be "
			"checked");
	else
		log_findings_add(&verify->findings, LOG_UNKNOWN, "wrong-key",
			segment->header_line,
			"the segment is sealed for another auditor than the one whose "
			"secret key is given: %02x%02x%02x%02x..., not "
			"%02x%02x%02x%02x...; the seals are not checked",
			segment->auditor[0], segment->auditor[1], segment->auditor[2],
			segment->auditor[3], public_key[0], public_key[1], public_key[2],
			public_key[3]);
	return false;
}

static bool open_keys(struct verifying *in)
{
	const struct guid_key *key;

	if (in->segment->seal == SEGMENT_AUDITOR)
		return open_auditor(in);
	key = find_key(in);
	if (!key)
		return false;
	log_keys_begin_local(&in->keys, key, in->segment->nonce);
	if (!key->is_keyed)
		log_findings_add(&in->verify->findings, LOG_NOTE, "unkeyed",
			in->segment->header_line,
			"the segment is sealed without a key: everybody can make such a "
			"log, so accidents are found and forgers are not");
	return true;
}

static void meet_anchors(struct verifying *in, const struct event *event,
	const struct sealed_line *sealed, uint64_t line)
{
	for (size_t i = 0; i < in->verify->nanchors; i++) {
		struct log_anchor *anchor = &in->verify->anchors[i];

		if (anchor->seq != event->seq ||
			strcmp(anchor->instance, in->segment->instance) != 0)
			continue;
		anchor->is_met = true;
		if (memcmp(anchor->seal, sealed->seal, sizeof(sealed->seal)) != 0)
			log_findings_add(&in->verify->findings, LOG_ERROR, "anchor", line,
				"event %" PRIu64
				" has another seal than its anchor of %s: "
				"the log was made anew after that",
				event->seq, anchor->time);
	}
}

/* Is the line the one that must come, and does its seal fit? */
static bool check_line(struct verifying *in, const struct event *event,
	struct sealed_line *sealed)
{
	const uint8_t *key;

	sealed->seq = event->seq;
	sealed->epoch = (uint32_t)event->epoch;
	if (event->seq != in->seq + 1 || event->epoch != in->epoch ||
		strcmp(event->instance_id, in->segment->instance) != 0)
		return false;
	if (!in->has_keys)
		return true;
	key = log_keys_of(&in->keys, event->epoch);
	if (!key || !log_seal_fits(sealed, key, in->seal))
		return false;
	in->verify->nfitting++;
	return true;
}

static void add_lost(void *context, const char *path, const char *value)
{
	struct text *lost = context;

	text_printf(lost, "%s%s %s", lost->len ? ", " : "", path, value);
}

/* What a line means for those that follow. */
static void pass_line(struct verifying *in, const struct event *event,
	const struct sealed_line *sealed)
{
	scoped_text last = {0}, lost = {0};

	in->seq = event->seq;
	in->epoch = event->epoch;
	in->is_closed = false;
	memcpy(in->seal, sealed->seal, sizeof(in->seal));
	if (log_segment_is_checkpoint(event)) {
		in->epoch++;
		event_json_find(event, "log.last", &last);
		in->is_closed = strcmp(text_string(&last), "true") == 0;
	}
	if (log_segment_is_checkpoint(event) ||
		strcmp(event->event, "telemetry.lost") == 0) {
		event_json_values(event, "dropped", add_lost, &lost);
		if (lost.len) { /* they count from the start of the process */
			text_clear(&in->lost);
			text_add(&in->lost, lost.bytes);
		}
	}
}

static void take_line(struct verifying *in, struct event_reader *reader,
	const struct log_line *line)
{
	struct sealed_line sealed;
	struct event event;
	struct error ignored;
	bool is_right;

	in->verify->nlines++;
	in->nlines++;
	if (!event_json_read(reader, in->segment->path, line, &event, &ignored) ||
		event.seq == UINT64_MAX || event.epoch == UINT64_MAX ||
		!log_seal_split(line->bytes, line->len, &sealed)) {
		in->is_broken = true;
		session_rules_gap(&in->rules);
		return;
	}
	is_right = check_line(in, &event, &sealed);
	if (is_right) {
		session_rules_event(&in->rules, &event, line->number);
		meet_anchors(in, &event, &sealed, line->number);
	} else {
		in->is_broken = true;
		session_rules_gap(&in->rules);
	}
	pass_line(in, &event, &sealed);
}

static bool take_lines(struct verifying *in)
{
	scoped_event_reader reader = {.is_open = false};
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;

	if (!log_lines_open(&lines, in->segment->path, in->err))
		return false;
	while (log_lines_next(&lines, &line)) {
		if (line.has_end)
			take_line(in, &reader, &line);
		else
			log_findings_add(&in->verify->findings, LOG_UNKNOWN, "cut",
				line.number,
				"the last line is cut off: its writer was ended while it "
				"wrote, or the disk was full, or it writes right now");
	}
	return log_lines_end(&lines, in->err);
}

/* Does the segment go on where the one before ended? */
static void check_previous(struct verifying *in, bool was_broken)
{
	const struct log_segment *segment = in->segment, *before = in->before;
	struct log_findings *findings = &in->verify->findings;

	if (!before && segment->number > 1)
		log_findings_add(findings, LOG_NOTE, "first", segment->header_line,
			"this is segment %" PRIu64
			" of its process: those before it are not given, so that what it "
			"follows is not checked",
			segment->number);
	if (!before)
		return;
	if (segment->first_seq != in->seq + 1)
		session_rules_gap(&in->rules);
	if (segment->number != before->number + 1)
		log_findings_add(findings, LOG_ERROR, "deleted", segment->header_line,
			"segment %" PRIu64 " follows segment %" PRIu64
			" of the process: what is between them is missing",
			segment->number, before->number);
	else if (segment->first_seq > in->seq + 1)
		log_findings_add(findings, LOG_ERROR, "truncated", segment->header_line,
			"%" PRIu64 " line%s cut from the end of '%s': it ends with event "
			"%" PRIu64 ", and this segment goes on with event %" PRIu64,
			segment->first_seq - in->seq - 1,
			segment->first_seq - in->seq == 2 ? " was" : "s were",
			before->path, in->seq, segment->first_seq);
	else if (!was_broken && memcmp(segment->previous, in->seal, LOG_SEAL_BYTES) != 0)
		log_findings_add(findings, LOG_ERROR, "changed", segment->header_line,
			"this segment follows another last line than '%s' has: the end "
			"of that one was changed, or it was exchanged",
			before->path);
}

static bool verify_segment(struct verifying *in)
{
	bool was_broken = in->is_broken;

	in->verify->findings.file = in->segment->path;
	in->verify->nsegments++;
	in->nlines = 0;
	in->is_broken = false;
	if (in->segment->seal == SEGMENT_UNSEALED) {
		log_findings_add(&in->verify->findings, LOG_ERROR, "unsealed", 0,
			"no line is the header of a segment, which names its key: it is "
			"no sealed log, or its first line was deleted");
		return true;
	}
	check_previous(in, was_broken);
	in->has_keys = open_keys(in);
	in->seq = in->segment->first_seq - 1;
	in->epoch = 0;
	memset(in->seal, 0, sizeof(in->seal));
	if (!take_lines(in))
		return false;
	if (in->is_broken && !log_diagnose(in->segment, in->has_keys ? &in->keys : NULL,
				     &in->verify->findings, &in->seq, in->err))
		return false;
	log_keys_release(&in->keys);
	return true;
}

static void end_process(struct verifying *in)
{
	struct log_findings *findings = &in->verify->findings;

	if (!in->is_closed && in->nlines && !in->is_broken)
		log_findings_add(findings, LOG_NOTE, "open", 0,
			"the log was not closed: its process runs, was killed, or lines "
			"were cut from its end, which an anchor would show");
	if (in->lost.len)
		log_findings_add(findings, LOG_UNKNOWN, "lost", 0,
			"the process could not write all events (%s)",
			text_string(&in->lost));
	for (size_t i = 0; i < in->verify->nanchors; i++) {
		struct log_anchor *anchor = &in->verify->anchors[i];

		if (anchor->is_met || !in->nlines || anchor->seq <= in->seq ||
			strcmp(anchor->instance, in->segment->instance) != 0)
			continue;
		anchor->is_met = true;
		log_findings_add(findings, LOG_ERROR, "truncated", 0,
			"the log was cut: its anchor of %s knows event %" PRIu64
			", and it ends with event %" PRIu64,
			anchor->time, anchor->seq, in->seq);
	}
}

/* Two files with one segment: a copy, or one of them is forged (V6). */
static bool is_twice(struct verifying *in)
{
	const struct log_segment *before = in->before, *segment = in->segment;

	if (!before || segment->seal == SEGMENT_UNSEALED ||
		before->number != segment->number)
		return false;
	in->verify->findings.file = segment->path;
	log_findings_add(&in->verify->findings, LOG_ERROR, "replay", 0,
		"segment %" PRIu64
		" of this process is in '%s', too: give one of the two; if they differ, "
		"one is forged (V6)",
		segment->number, before->path);
	return true;
}

static bool verify_all(struct verifying *in, const struct log_segment *segments, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool is_first =
			!i || segments[i].seal == SEGMENT_UNSEALED ||
			strcmp(segments[i].instance, segments[i - 1].instance) != 0;

		in->before = is_first ? NULL : &segments[i - 1];
		if (is_first && i)
			end_process(in);
		if (is_first) {
			session_rules_process(&in->rules);
			in->verify->nprocesses++;
			in->is_broken = false;
			text_clear(&in->lost);
		}
		in->segment = &segments[i];
		if (!is_twice(in) && !verify_segment(in))
			return false;
	}
	if (n)
		end_process(in);
	return true;
}

bool log_verify(struct log_verify *verify, struct log_segment *segments, size_t n,
	struct error *err)
{
	struct verifying in = {.verify = verify,
		.rules = {.findings = &verify->findings,
			.keys = verify->keys,
			.nkeys = verify->nkeys,
			.max_age_ns = verify->max_age_ns},
		.err = err};
	bool ok;

	log_seal_prepare();
	qsort(segments, n, sizeof(*segments), log_segment_compare);
	session_rules_init(&in.rules);
	ok = verify_all(&in, segments, n);
	verify->findings.file = NULL;
	verify->ntags = in.rules.ntags;
	for (size_t i = 0; ok && i < verify->nanchors; i++)
		if (!verify->anchors[i].is_met)
			log_findings_add(&verify->findings, LOG_ERROR, "truncated", 0,
				"an anchor of %s knows event %" PRIu64
				" of the process %s, and no log that is given has it",
				verify->anchors[i].time, verify->anchors[i].seq,
				verify->anchors[i].instance);
	if (ok && in.rules.nunknown_keys)
		log_findings_add(&verify->findings, LOG_UNKNOWN, "wrong-key", 0,
			"the GUIDs of %zu lines were not checked: they are of keys that "
			"are not given",
			in.rules.nunknown_keys);
	if (ok && in.rules.nnot_remembered)
		log_findings_add(&verify->findings, LOG_UNKNOWN, "unread", 0,
			"there are %zu executions more than are remembered: whether two "
			"processes began the same was not checked for them",
			in.rules.nnot_remembered);
	session_rules_release(&in.rules);
	log_keys_release(&in.keys);
	text_release(&in.lost);
	return ok;
}
