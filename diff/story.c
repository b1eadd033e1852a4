#include "diff/story.h"

#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/text.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void skip(struct story *story, const struct error *err)
{
	if (!story->nskipped++ && story->skipped) {
		*story->skipped = *err;
		story->skipped->at.file = story->skipped->file;
	}
}

/* False: there is no room for more. */
typedef bool each_event_fn(struct story *story, uint32_t file,
	const struct log_line *line, const struct event *event);

static bool each_event(struct story *story, uint32_t file, each_event_fn *each,
	struct error *err)
{
	const char *path = story->sources[file].path;
	scoped_event_reader reader = {.is_open = false};
	scoped_lines lines = {.buffer = NULL};
	struct log_line line;
	struct event event;
	struct error bad;

	if (!log_lines_open(&lines, path, err))
		return false;
	while (log_lines_next(&lines, &line)) {
		if (!event_json_read(&reader, path, &line, &event, &bad))
			skip(story, &bad);
		else if (!each(story, file, &line, &event))
			return error_set(err, (struct location){0},
				"there are more than %d events: ask for fewer, with "
				"'--guid', '--since' or '--until'",
				STORY_ENTRIES_MAX);
	}
	return log_lines_end(&lines, err);
}

static void ask_for(struct story *story, const char *guid, const char *trace_id)
{
	const char *interned;

	if (!guid || !trace_id || !text_has_prefix(guid, story->filter.guid))
		return;
	interned = intern_string(&story->names, trace_id);
	key_table_add(&story->asked, &interned, NULL);
}

static bool link_event(struct story *story, uint32_t file, const struct log_line *line,
	const struct event *event)
{
	(void)file;
	(void)line;
	story_links_event(&story->links, event);
	ask_for(story, event->guid, event->trace_id);
	ask_for(story, event->correlation_id, event->trace_id);
	return true;
}

static void link_traces(struct story *story, const struct dynamic_trace *trace)
{
	for (size_t i = 0; i < trace->ntraces; i++) {
		story_links_trace(&story->links, &trace->traces[i]);
		ask_for(story, trace->traces[i].guid, trace->traces[i].id);
	}
}

/* Which stories are asked for: read all that is said of links. */
static bool find_links(struct story *story, struct error *err)
{
	size_t nids;

	for (uint32_t i = 0; i < story->nsources; i++) {
		const struct story_source *source = &story->sources[i];

		if (source->trace)
			link_traces(story, source->trace);
		else if (!each_event(story, i, link_event, err))
			return false;
	}
	nids = story->links.ids.count + 1;
	story->is_told = xmalloc(nids * sizeof(*story->is_told));
	memset(story->is_told, 0, nids * sizeof(*story->is_told));
	for (size_t i = 0; i < story->asked.count; i++) {
		const char *id = ((const char **)story->asked.keys)[i];
		uint32_t number = story_links_of(&story->links, id);

		if (number != STORY_NONE)
			story->is_told[number] = true;
	}
	return true;
}

static bool is_asked_for(struct story *story, const char *trace_id)
{
	uint32_t number;

	if (!story->is_told)
		return true;
	number = story_links_of(&story->links, trace_id);
	return number != STORY_NONE && story->is_told[number];
}

/* 16 hex digits; 0: none. */
static uint64_t span_id(const char *hex)
{
	char *end;
	uint64_t id;

	if (!hex || strlen(hex) != 16)
		return 0;
	id = strtoull(hex, &end, 16);
	return *end ? 0 : id;
}

static uint32_t process_number(struct story *story, const char *name)
{
	const char *interned = intern_string(&story->names, name);

	return key_table_add(&story->processes, &interned, NULL);
}

static struct story_entry *add_entry(struct story *story)
{
	if (story->nentries == STORY_ENTRIES_MAX)
		return NULL;
	story->entries = grow(story->entries, story->nentries, &story->room,
		sizeof(*story->entries));
	return &story->entries[story->nentries++];
}

/* A message that is consumed was sent by the span that a link names. */
static void take_link(void *context, const char *path, const char *value)
{
	uint64_t *sender = context;

	if (!*sender && text_has_suffix(path, "].span_id"))
		*sender = span_id(value);
}

static bool take_event(struct story *story, uint32_t file, const struct log_line *line,
	const struct event *event)
{
	struct log_filter filter = story->filter;
	struct story_entry *entry;

	filter.guid = NULL; /* it named the story */
	if (text_has_prefix(event->event, "log.")) /* of the log, not of the program */
		return true;
	if (!is_asked_for(story, event->trace_id) || !log_filter_matches(&filter, event))
		return true;
	entry = add_entry(story);
	if (!entry)
		return false;
	*entry = (struct story_entry){
		.time_ns = event->time_ns,
		.seq = event->seq != UINT64_MAX ? event->seq : line->number,
		.offset = line->offset,
		.line = line->number,
		.len = (uint32_t)line->len,
		.file = file,
		.process = process_number(story, event->instance_id),
		.span_id = span_id(event->span_id),
		.parent_id = span_id(event->parent_span_id),
		.is_entry = strcmp(event->event, "command.start") == 0 ||
			    strcmp(event->event, "message.receive") == 0,
	};
	if (!entry->parent_id)
		event_json_values(event, "links", take_link, &entry->parent_id);
	return true;
}

static bool take_span(struct story *story, uint32_t file,
	const struct observed_trace *trace, const struct span *span)
{
	const struct dynamic_trace *all = story->sources[file].trace;
	uint64_t time_ns = span->start_us * 1000;
	struct story_entry *entry;

	if (time_ns < story->filter.since_ns ||
		(story->filter.until_ns && time_ns >= story->filter.until_ns))
		return true;
	entry = add_entry(story);
	if (!entry)
		return false;
	*entry = (struct story_entry){
		.time_ns = time_ns,
		.seq = span->start_us,
		.file = file,
		.process = process_number(story, all->processes[span->process].id),
		.span_id = span_id(span->id),
		.parent_id = span_id(span->parent),
		.trace = trace,
		.span = span,
	};
	return true;
}

/* Spans have no level and no service: they are of a story, or of a time. */
static bool take_spans(struct story *story, uint32_t file, struct error *err)
{
	const struct dynamic_trace *all = story->sources[file].trace;

	for (size_t i = 0; i < all->ntraces; i++) {
		const struct observed_trace *trace = &all->traces[i];

		if (!is_asked_for(story, trace->id))
			continue;
		for (size_t j = 0; j < trace->nspans; j++)
			if (!take_span(story, file, trace, &trace->spans[j]))
				return error_set(err, (struct location){0},
					"there are more than %d events and spans: ask for "
					"fewer, with '--guid', '--since' or '--until'",
					STORY_ENTRIES_MAX);
	}
	return true;
}

bool story_find(struct story *story, struct error *err)
{
	story_links_init(&story->links);
	story->processes = story->asked =
		(struct key_table){.key_bytes = sizeof(const char *)};
	story->names.arena = &story->arena;
	if (story->filter.guid && !find_links(story, err))
		return false;
	story->nskipped = 0; /* they are read once more */
	for (uint32_t i = 0; i < story->nsources; i++)
		if (!(story->sources[i].trace ? take_spans(story, i, err)
					      : each_event(story, i, take_event, err)))
			return false;
	story_order(story);
	return true;
}

void story_release(struct story *story)
{
	story_links_release(&story->links);
	key_table_release(&story->processes);
	key_table_release(&story->asked);
	interner_release(&story->names);
	arena_release(&story->arena);
	free(story->entries);
	free(story->is_told);
}

void story_reader_init(struct story_reader *reader)
{
	*reader = (struct story_reader){
		.buffer = xmalloc(LOG_LINE_MAX), .file = UINT32_MAX, .fd = -1};
}

void story_reader_release(struct story_reader *reader)
{
	event_reader_release(&reader->reader);
	free(reader->buffer);
	if (reader->fd >= 0)
		close(reader->fd);
}

bool story_read(struct story_reader *reader, const struct story *story,
	const struct story_entry *entry, struct log_line *line, struct event *event)
{
	const char *path = story->sources[entry->file].path;
	struct error ignored;

	if (entry->file != reader->file) {
		if (reader->fd >= 0)
			close(reader->fd);
		reader->fd = open(path, O_RDONLY | O_CLOEXEC);
		reader->file = entry->file;
	}
	*line = (struct log_line){
		.bytes = reader->buffer, .len = entry->len, .number = entry->line};
	return reader->fd >= 0 &&
	       pread(reader->fd, reader->buffer, entry->len, (off_t)entry->offset) ==
		       (ssize_t)entry->len &&
	       event_json_read(&reader->reader, path, line, event, &ignored);
}
