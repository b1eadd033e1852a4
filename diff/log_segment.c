#include "diff/log_segment.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/event_json.h"
#include "core/log_lines.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

bool log_segment_is_header(const struct event *event)
{
	return strcmp(event->event, "log.segment") == 0;
}

bool log_segment_is_checkpoint(const struct event *event)
{
	return strcmp(event->event, "log.checkpoint") == 0;
}

/* The member `path` of the event, in `out`; "" when it is missing. */
static const char *find(const struct event *event, const char *path, struct text *out)
{
	text_clear(out);
	event_json_find(event, path, out);
	return text_string(out);
}

static bool find_hex(const struct event *event, const char *path, uint8_t *out,
	size_t size)
{
	scoped_text hex = {0};

	return log_hex_read(find(event, path, &hex), out, size);
}

static bool read_seal(const struct event *event, struct log_segment *out)
{
	scoped_text kind = {0};

	find(event, "log.seal", &kind);
	if (strcmp(text_string(&kind), "local") == 0) {
		out->seal = SEGMENT_LOCAL;
		return true;
	}
	out->seal = SEGMENT_AUDITOR;
	return strcmp(text_string(&kind), "auditor") == 0 &&
	       find_hex(event, "log.auditor", out->auditor, sizeof(out->auditor)) &&
	       find_hex(event, "log.sealed_key", out->sealed_key,
		       sizeof(out->sealed_key));
}

static bool read_header(struct arena *arena, const struct event *event,
	struct log_segment *out)
{
	uint8_t instance[LOG_NONCE_BYTES];
	scoped_text text = {0};

	if (event->seq == UINT64_MAX || !event->key_id ||
		!log_hex_read(event->instance_id, instance, sizeof(instance)) ||
		strcmp(find(event, "log.format", &text), "pcarch.log.v1") != 0 ||
		!find_hex(event, "log.nonce", out->nonce, sizeof(out->nonce)) ||
		!find_hex(event, "log.previous", out->previous, sizeof(out->previous)) ||
		!read_seal(event, out))
		return false;
	out->number = strtoull(find(event, "log.segment", &text), NULL, 10);
	out->first_seq = event->seq;
	out->instance = arena_strdup(arena, event->instance_id);
	out->service = arena_strdup(arena, event->service);
	out->key_id = arena_strdup(arena, event->key_id);
	return true;
}

/* Most lines are told from a header without being read. */
static bool may_be_header(const struct log_line *line)
{
	static const char word[] = "log.segment";

	return memmem(line->bytes, line->len, word, sizeof(word) - 1);
}

bool log_segment_read(struct arena *arena, const char *path, struct log_segment *out,
	struct error *err)
{
	struct log_segment segment = {.path = path};
	scoped_event_reader reader = {.is_open = false};
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;
	struct error ignored;
	struct event event;

	if (!log_lines_open(&lines, path, err))
		return false;
	while (log_lines_next(&lines, &line)) {
		if (!may_be_header(&line) ||
			!event_json_read(&reader, path, &line, &event, &ignored) ||
			!log_segment_is_header(&event) ||
			!read_header(arena, &event, &segment))
			continue;
		segment.header_line = line.number;
		*out = segment;
		return true;
	}
	*out = (struct log_segment){
		.path = path, .instance = "", .service = "", .key_id = ""};
	return log_lines_end(&lines, err);
}

int log_segment_compare(const void *a, const void *b)
{
	const struct log_segment *left = a, *right = b;
	int order = strcmp(left->instance, right->instance);

	if (!order)
		order = (left->number > right->number) - (left->number < right->number);
	return order ? order : strcmp(left->path, right->path);
}
