#include "cli/guid_record.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/event_json.h"
#include "core/guid_key_store.h"
#include "core/log_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Steps of one event while they are read. */
struct reading {
	struct arena arena;
	struct guid_way_step *steps; /* heap */
	size_t count, room;
	const char *malformed;
};

static void add_step(void *context, const char *path, const char *value)
{
	struct reading *reading = context;
	const char *text = arena_strdup(&reading->arena, value);
	struct guid_way_step step;

	(void)path;
	if (!guid_step_parse(text, &step)) {
		reading->malformed = reading->malformed ? reading->malformed : text;
		return;
	}
	reading->steps = grow(reading->steps, reading->count, &reading->room,
		sizeof(*reading->steps));
	reading->steps[reading->count++] = step;
}

static void tell(struct guid_records *records, const char *path,
	const struct log_line *line, const struct event *event)
{
	struct reading reading = {0};
	struct guid_record record = {.file = path,
		.line = line->number,
		.event = event->event,
		.guid = event->guid,
		.key_id = event->key_id,
		.user_ref = event->user_ref,
		.route_id = event->route_id,
		.path_id = event->path_id};

	event_json_values(event, "steps", add_step, &reading);
	record.steps = reading.steps;
	record.nsteps = reading.count;
	record.malformed = reading.malformed;
	if (record.nsteps || record.malformed)
		records->each(records->context, &record);
	free(reading.steps);
	arena_release(&reading.arena);
}

bool guid_records_read(struct guid_records *records, const char *path, struct error *err)
{
	scoped_event_reader reader = {0};
	scoped_lines lines = {0};
	struct log_line line;
	struct event event;
	struct error bad;

	if (!log_lines_open(&lines, path, err))
		return false;
	while (log_lines_next(&lines, &line)) {
		if (!line.has_end)
			break; /* cut off, or being written */
		if (event_json_read(&reader, lines.name, &line, &event, &bad)) {
			records->nevents++;
			tell(records, lines.name, &line, &event);
		} else if (!records->nunread++) {
			fprintf(stderr, "%s:%u: warning: %s\n", bad.at.file, bad.at.line,
				bad.text);
		}
	}
	return log_lines_end(&lines, err);
}

static bool parse_half(const char *hex, uint8_t out[GUID_USER_SIZE])
{
	char whole[GUID_HEX_SIZE];
	uint8_t bytes[GUID_SIZE];

	snprintf(whole, sizeof(whole), "%s%032d", hex, 0);
	if (strlen(hex) != GUID_NONCE_HEX_SIZE - 1 || !guid_parse(whole, bytes))
		return false;
	memcpy(out, bytes, GUID_USER_SIZE);
	return true;
}

static bool is_id(const struct route_chain *chain, const char *recorded)
{
	char id[ROUTE_ID_SIZE];

	route_chain_id(chain, id);
	return !recorded || strcmp(id, recorded) == 0;
}

static enum guid_verdict verify_with(const struct guid_record *record,
	const struct guid_key *key, const uint8_t *guid, const uint8_t *user)
{
	struct guid_chain chain;
	enum guid_verdict verdict = GUID_GOOD;

	guid_begin(&chain, key, guid, user);
	guid_take(&chain, key, record->steps, record->nsteps);
	if (!guid_matches(&chain, key, guid))
		verdict = GUID_BAD_TAG;
	else if (!is_id(&chain.route, record->route_id) ||
		 !is_id(&chain.path, record->path_id))
		verdict = GUID_BAD_ROUTE;
	guid_wipe(&chain);
	return verdict;
}

static bool is_its_key(const struct guid_record *record, const struct guid_key *key)
{
	char id[GUID_KEY_ID_HEX_SIZE] = "unkeyed";

	if (key->is_keyed)
		guid_key_id_hex(key, id);
	return !record->key_id || strcmp(record->key_id, id) == 0;
}

enum guid_verdict guid_record_verify(const struct guid_record *record,
	const struct guid_keys *keys)
{
	uint8_t guid[GUID_SIZE], user[GUID_USER_SIZE];
	enum guid_verdict verdict = GUID_NO_KEY;

	if (record->malformed || !record->guid || !guid_parse(record->guid, guid) ||
		(record->user_ref && !parse_half(record->user_ref, user)))
		return GUID_BAD_STEP;
	for (size_t i = 0; i < keys->count && verdict != GUID_GOOD; i++) {
		const struct guid_key *key = &keys->items[i].key;

		/* What is right under one key is not made wrong by the next. */
		if (verdict != GUID_BAD_ROUTE && is_its_key(record, key))
			verdict = verify_with(record, key, guid,
				record->user_ref ? user : NULL);
	}
	return verdict;
}
