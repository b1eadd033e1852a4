/* Any bytes as lines of a log: what is read as an event holds together. */
#include "core/error.h"
#include "core/event_json.h"
#include "core/log_lines.h"
#include "core/log_seal.h"
#include "core/text.h"
#include "core/timestamp.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_value(void *context, const char *path, const char *value)
{
	(void)context;
	assert(path && value);
}

static void check_member(void *context, const char *key)
{
	struct text text = {0};

	assert(event_json_find(context, key, &text) || strchr(key, '.') || !*key);
	event_json_values(context, key, check_value, NULL);
	text_release(&text);
}

static void check_event(struct event *event)
{
	char time[TIMESTAMP_SIZE];
	uint64_t ns;

	assert(event->level < EVENT_LEVELS && event->event && event->instance_id);
	timestamp_print(event->time_ns, 9, time);
	assert(timestamp_parse(time, &ns) && ns == event->time_ns);
	event_json_members(event, check_member, event);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct event_reader reader;
	const char *at = (const char *)data, *end = at + size;

	for (uint64_t number = 1; at < end; number++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		struct log_line line = {
			.bytes = at, .len = (size_t)(stop - at), .number = number};
		struct sealed_line sealed;
		struct event event;
		struct error err = {.text = ""};

		if (event_json_read(&reader, "fuzz", &line, &event, &err))
			check_event(&event);
		else
			assert(err.text[0] && err.at.line == number);
		if (log_seal_split(line.bytes, line.len, &sealed))
			assert(sealed.len < line.len);
		at = stop + (newline != NULL);
	}
	return 0;
}
