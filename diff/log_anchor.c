#include "diff/log_anchor.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/event_json.h"
#include "core/log_lines.h"
#include "diff/log_segment.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char format[] = "pcarch.log.v1";

void log_anchor_write(const struct log_anchor *anchor, FILE *out)
{
	fprintf(out, "%s %s %" PRIu64 " %" PRIu64 " ", format, anchor->instance,
		anchor->segment, anchor->seq);
	for (size_t i = 0; i < sizeof(anchor->seal); i++)
		fprintf(out, "%02x", anchor->seal[i]);
	fprintf(out, " %s\n", anchor->time);
}

/* The next word of *at, of at most `room` - 1 bytes. */
static bool take_word(const char **at, const char *end, char *out, size_t room)
{
	size_t len = 0;

	while (*at < end && **at == ' ')
		(*at)++;
	while (*at + len < end && (*at)[len] != ' ' && (*at)[len] != '\r')
		len++;
	if (!len || len >= room)
		return false;
	memcpy(out, *at, len);
	out[len] = '\0';
	*at += len;
	return true;
}

static bool take_number(const char **at, const char *end, uint64_t *out)
{
	char word[20], *behind;

	if (!take_word(at, end, word, sizeof(word)))
		return false;
	*out = strtoull(word, &behind, 10);
	return !*behind && *word != '-';
}

static bool parse(const struct log_line *line, struct log_anchor *out)
{
	const char *at = line->bytes, *end = line->bytes + line->len;
	char word[2 * LOG_SEAL_BYTES + 1];
	uint8_t instance[LOG_NONCE_BYTES];
	uint64_t time;

	*out = (struct log_anchor){.segment = 0};
	return take_word(&at, end, word, sizeof(word)) && strcmp(word, format) == 0 &&
	       take_word(&at, end, out->instance, sizeof(out->instance)) &&
	       log_hex_read(out->instance, instance, sizeof(instance)) &&
	       take_number(&at, end, &out->segment) && take_number(&at, end, &out->seq) &&
	       take_word(&at, end, word, sizeof(word)) &&
	       log_hex_read(word, out->seal, sizeof(out->seal)) &&
	       take_word(&at, end, out->time, sizeof(out->time)) &&
	       timestamp_parse(out->time, &time);
}

bool log_anchors_read(struct arena *arena, const char *path, struct log_anchor **out,
	size_t *n, struct error *err)
{
	scoped_lines lines = {.buffer = NULL};
	struct log_anchor *anchors = NULL;
	struct log_line line;
	size_t count = 0, room = 0;
	bool ok = true;

	if (!log_lines_open(&lines, path, err))
		return false;
	while (ok && log_lines_next(&lines, &line)) {
		if (!line.len || line.bytes[0] == '#')
			continue;
		anchors = grow(anchors, count, &room, sizeof(*anchors));
		ok = parse(&line, &anchors[count++]);
	}
	if (!ok)
		error_set(err, (struct location){lines.name, (unsigned)lines.nlines, 0},
			"this is no anchor, as 'pcarch log anchor' prints them");
	ok = ok && log_lines_end(&lines, err);
	if (ok) {
		*out = arena_alloc(arena, count * sizeof(*anchors));
		if (count)
			memcpy(*out, anchors, count * sizeof(*anchors));
		*n = count;
	}
	free(anchors);
	return ok;
}

static bool take_event(const struct log_line *line, const struct event *event,
	struct log_anchor *out)
{
	struct sealed_line sealed;

	if (event->seq == UINT64_MAX || !log_seal_split(line->bytes, line->len, &sealed))
		return false;
	out->seq = event->seq;
	memcpy(out->seal, sealed.seal, sizeof(out->seal));
	timestamp_print(event->time_ns, 9, out->time);
	return true;
}

bool log_anchor_of(struct arena *arena, const char *path, struct log_anchor *out,
	struct error *err)
{
	scoped_event_reader reader = {.is_open = false};
	scoped_lines lines = {.buffer = NULL};
	struct log_anchor anchor = {.segment = 0};
	struct log_segment segment;
	struct log_line line;
	struct event event;
	struct error ignored;
	bool is_found = false;

	if (!log_segment_read(arena, path, &segment, err) ||
		!log_lines_open(&lines, path, err))
		return false;
	if (segment.seal == SEGMENT_UNSEALED)
		return error_set(err, (struct location){path, 0, 0},
			"this is no sealed log: no line of it is the header of a "
			"segment");
	anchor.segment = segment.number;
	snprintf(anchor.instance, sizeof(anchor.instance), "%s", segment.instance);
	while (log_lines_next(&lines, &line))
		if (line.has_end &&
			event_json_read(&reader, path, &line, &event, &ignored) &&
			take_event(&line, &event, &anchor))
			is_found = true;
	if (!is_found)
		return error_set(err, (struct location){path, 0, 0},
			"no line of it is a sealed event");
	*out = anchor;
	return log_lines_end(&lines, err);
}
