#include "diff/guid_answers.h"

#include "core/dynamic_trace.h"
#include "core/event_json.h"
#include "core/log_lines.h"
#include "core/text.h"
#include "core/timestamp.h"
#include "core/trace.h"
#include "diff/event_text.h"
#include "diff/story.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
	NONCE_DIGITS = 32,
	CALLS_MAX = 64, /* of other systems, that are not answered yet */
};

/* A call of another system that has begun. */
struct open_call {
	uint64_t span_id;
	const char *text;
	const struct story_entry *entry;
};

/* The error that nothing in the story explains further, as far as is known. */
struct cause {
	const struct story_entry *entry; /* NULL: there is none */
	const char *text, *source, *behind, *before, *frame;
	bool is_external;
};

struct asking {
	struct guid_answers *out;
	const struct story_entry *first, *last; /* of the execution's own events */
	struct cause cause;
	struct open_call calls[CALLS_MAX];
	size_t ncalls;
	bool has_input, has_argv, has_state, has_end, has_error;
	const char *start_route; /* route_id */
};

static void add(struct asking *asking, enum debug_question question,
	const struct story_entry *entry, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static void add(struct asking *asking, enum debug_question question,
	const struct story_entry *entry, const char *fmt, ...)
{
	struct guid_answers *out = asking->out;
	struct answer *answer;
	va_list args;

	out->answers =
		grow(out->answers, out->nanswers, &out->room, sizeof(*out->answers));
	answer = &out->answers[out->nanswers++];
	*answer = (struct answer){.question = question};
	if (entry) {
		answer->file = out->story->sources[entry->file].path;
		answer->line = entry->line;
	}
	va_start(args, fmt);
	answer->text = arena_vprintf(&out->arena, fmt, args);
	va_end(args);
}

static void miss(struct asking *asking, enum debug_question question, const char *text)
{
	add(asking, question, NULL, "%s", text);
	asking->out->answers[asking->out->nanswers - 1].is_missing = true;
}

static const char *keep(struct asking *asking, const struct text *text)
{
	return arena_strdup(&asking->out->arena, text_string(text));
}

static bool is_named(const struct event *event, const char *name)
{
	return strcmp(event->event, name) == 0;
}

static void take_input(struct asking *asking, const struct story_entry *entry,
	const struct event *event)
{
	scoped_text argv = {0};

	asking->has_input = true;
	asking->start_route = event->route_id
				      ? arena_strdup(&asking->out->arena, event->route_id)
				      : NULL;
	add(asking, QUESTION_INPUT, entry, "command %s, by %s",
		event->command ? event->command
		: event->route ? event->route
			       : "(no route)",
		event->channel);
	event_json_find(event, "metadata.argv", &argv);
	asking->has_argv = argv.len;
	if (argv.len)
		add(asking, QUESTION_INPUT, entry, "arguments %s", argv.bytes);
	if (event->user_ref)
		add(asking, QUESTION_INPUT, entry, "user %s (a keyed hash)",
			event->user_ref);
}

/* The last step, which is what came of it: "OUTCOME:ok". */
static void take_outcome(void *context, const char *path, const char *value)
{
	struct text *outcome = context;

	(void)path;
	if (!text_has_prefix(value, "OUTCOME:"))
		return;
	text_clear(outcome);
	text_add(outcome, strchr(value, ':') + 1);
}

static void take_end(struct asking *asking, const struct story_entry *entry,
	const struct event *event)
{
	scoped_text outcome = {0}, took = {0};

	asking->has_end = true;
	event_json_values(event, "steps", take_outcome, &outcome);
	if (event->duration_ms >= 0)
		text_printf(&took, " after %.3f ms", event->duration_ms);
	add(asking, QUESTION_WHAT, entry, "it ended%s%s%s", text_string(&took),
		outcome.len ? ": " : "", text_string(&outcome));
}

static void take_state(struct asking *asking, const struct story_entry *entry,
	const struct event *event)
{
	scoped_text state = {0}, redacted = {0};

	event_json_values(event, "state", event_pair, &state);
	event_json_values(event, "redacted", event_pair, &redacted);
	asking->has_state = asking->has_state || state.len;
	if (state.len)
		add(asking, QUESTION_STATE, entry, "%s", state.bytes);
	if (redacted.len)
		add(asking, QUESTION_STATE, entry, "without their values: %s",
			redacted.bytes);
}

static void take_last(void *context, const char *path, const char *value)
{
	struct text *last = context;

	if (!text_has_suffix(path, "].event"))
		return;
	text_clear(last);
	text_add(last, value);
}

/* Innermost first. */
static void take_frame(void *context, const char *path, const char *value)
{
	struct text *frame = context;

	if (strcmp(path, "stack[0]") == 0)
		text_add(frame, value);
}

/* The deepest error, and of those the first, explains the others. */
static void take_cause(struct asking *asking, const struct story_entry *entry,
	const struct event *event)
{
	const struct event_error *error = &event->error;
	struct cause *cause = &asking->cause;
	struct arena *arena = &asking->out->arena;
	scoped_text text = {0}, before = {0}, frame = {0}, endpoint = {0};

	if (cause->entry && cause->entry->depth >= entry->depth)
		return;
	event_error_text(error, &text);
	if (error->endpoint)
		text_printf(&text, ", at %s", error->endpoint);
	else if (event_json_find(event, "metadata.endpoint", &endpoint))
		text_printf(&text, ", at %s", text_string(&endpoint));
	if (error->layer)
		text_printf(&text, ", in the layer %s", error->layer);
	text_printf(&text, ", seen by %s", event->service);
	event_json_values(event, "recent", take_last, &before);
	event_json_values(event, "error", take_frame, &frame);
	*cause = (struct cause){.entry = entry,
		.text = keep(asking, &text),
		.source = error->source ? arena_strdup(arena, error->source) : NULL,
		.behind = error->cause ? arena_strdup(arena, error->cause) : NULL,
		.before = before.len ? keep(asking, &before) : NULL,
		.frame = frame.len ? keep(asking, &frame) : NULL,
		.is_external = error->is_external};
}

static void take_error(struct asking *asking, const struct story_entry *entry,
	const struct event *event, bool is_own)
{
	scoped_text text = {0};

	event_error_text(&event->error, &text);
	if (is_own) {
		asking->has_error = true;
		add(asking, QUESTION_WHAT, entry, "%s", text_string(&text));
		add(asking, QUESTION_WHEN, entry, "an error at %s", event->timestamp);
		take_state(asking, entry, event);
	} else {
		add(asking, QUESTION_WHAT, entry, "in %s: %s", event->service,
			text_string(&text));
	}
	take_cause(asking, entry, event);
}

static void take_call(struct asking *asking, const struct story_entry *entry,
	const struct event *event)
{
	scoped_text text = {0};

	if (is_named(event, "external.call.start") && asking->ncalls < CALLS_MAX) {
		event_details(event, &text);
		asking->calls[asking->ncalls++] =
			(struct open_call){entry->span_id, keep(asking, &text), entry};
		return;
	}
	if (!is_named(event, "external.call.end"))
		return;
	for (size_t i = asking->ncalls; i-- > 0;)
		if (asking->calls[i].span_id == entry->span_id) {
			asking->calls[i] = asking->calls[--asking->ncalls];
			return;
		}
}

static void take_sequence(struct asking *asking, const struct story_entry *entry,
	const struct event *event)
{
	scoped_text text = {0};

	event_details(event, &text);
	add(asking, QUESTION_SEQUENCE, entry, "%s  %*s%s  %s%s%s", event->timestamp,
		(int)(entry->depth < 10 ? entry->depth : 10) * 2, "", event->service,
		event->event, text.len ? ": " : "", text_string(&text));
}

static void take_event(struct asking *asking, const struct story_entry *entry,
	const struct event *event)
{
	bool is_own =
		event->guid && strncmp(event->guid, asking->out->guid, NONCE_DIGITS) == 0;

	take_sequence(asking, entry, event);
	take_call(asking, entry, event);
	if (event->has_error)
		take_error(asking, entry, event, is_own);
	if (!is_own)
		return;
	asking->out->nown++;
	if (!asking->first)
		asking->first = entry;
	asking->last = entry;
	if (!asking->has_input && (event->route || event->command))
		take_input(asking, entry, event);
	if (is_named(event, "command.end") || is_named(event, "session.close"))
		take_end(asking, entry, event);
}

static void take_span(struct asking *asking, const struct story_entry *entry)
{
	const struct dynamic_trace *all = asking->out->story->sources[entry->file].trace;
	char time[TIMESTAMP_SIZE];

	timestamp_print(entry->time_ns, 9, time);
	add(asking, QUESTION_SEQUENCE, NULL, "%s  %*s%s  span %s: %.3f ms", time,
		(int)(entry->depth < 10 ? entry->depth : 10) * 2, "",
		all->processes[entry->span->process].program,
		entry->span->name ? entry->span->name
				  : all->functions[entry->span->function].name,
		(double)entry->span->duration_us / 1e3);
}

/* Which code it was, as the scan knows it. */
static void tell_handler(struct asking *asking)
{
	const struct static_trace *program = asking->out->program;

	if (!program || !asking->start_route)
		return;
	for (size_t i = 0; i < program->nroutes; i++) {
		const struct route *route = &program->routes[i];

		if (strcmp(route->route_id, asking->start_route) != 0)
			continue;
		if (route->handler == TRACE_NONE)
			add(asking, QUESTION_INPUT, NULL,
				"the command is at %s:%u; its handler is not known",
				route->file, route->line);
		else
			add(asking, QUESTION_INPUT, NULL, "it is run by %s() at %s:%u",
				program->functions[route->handler].name,
				program->functions[route->handler].file,
				program->functions[route->handler].line);
		return;
	}
	miss(asking, QUESTION_INPUT,
		"its route is not in static.json: it is of another version, or another "
		"program");
}

static void tell_times(struct asking *asking)
{
	char from[TIMESTAMP_SIZE], to[TIMESTAMP_SIZE];
	uint64_t first = asking->first->time_ns, last = asking->last->time_ns;

	timestamp_print(first, 9, from);
	timestamp_print(last, 9, to);
	add(asking, QUESTION_WHEN, asking->first, "it began at %s", from);
	add(asking, QUESTION_WHEN, asking->last, "its last event is of %s, %.3f ms later",
		to, last > first ? (double)(last - first) / 1e6 : 0.0);
	if (!asking->has_end)
		miss(asking, QUESTION_WHEN,
			"when it ended: no event says so; it was killed, it crashed, or it "
			"runs");
}

/* Did the service that failed write a log that is here? */
static bool has_service(const struct asking *asking, const char *name)
{
	const struct story *story = asking->out->story;
	scoped_story_reader reader;
	struct log_line line;
	struct event event;
	bool is_there = false;

	story_reader_init(&reader);
	for (size_t i = 0; i < story->nentries && !is_there; i++)
		is_there =
			!story->entries[i].span &&
			story_read(&reader, story, &story->entries[i], &line, &event) &&
			strcmp(event.service, name) == 0;
	return is_there;
}

/* Why the system that failed did so is in its own log. */
static void tell_source(struct asking *asking)
{
	const struct cause *cause = &asking->cause;

	if (!cause->source)
		miss(asking, QUESTION_CAUSE,
			"which system failed: the error does not name its source");
	else if (!has_service(asking, cause->source))
		miss(asking, QUESTION_CAUSE,
			arena_printf(&asking->out->arena,
				"why %s failed: none of these logs is its own; 'pcarch log "
				"grep %.32s' looks in others",
				cause->source, asking->out->guid));
}

static void tell_frame(struct asking *asking, const struct cause *cause)
{
	const struct guid_answers *out = asking->out;
	const char *name =
		out->name_frame ? out->name_frame(out->context, cause->frame) : NULL;

	add(asking, QUESTION_CAUSE, cause->entry, "in the code at %s%s%s",
		name ? name : "", name ? ", " : "", cause->frame);
}

static void tell_cause(struct asking *asking)
{
	const struct cause *cause = &asking->cause;

	if (cause->entry)
		add(asking, QUESTION_CAUSE, cause->entry, "%s", cause->text);
	if (cause->behind)
		add(asking, QUESTION_CAUSE, cause->entry, "behind it: %s", cause->behind);
	if (cause->before)
		add(asking, QUESTION_CAUSE, cause->entry, "the event before it: %s",
			cause->before);
	if (cause->frame)
		tell_frame(asking, cause);
	if (cause->entry && cause->is_external)
		tell_source(asking);
	for (size_t i = 0; i < asking->ncalls; i++)
		add(asking, QUESTION_CAUSE, asking->calls[i].entry,
			"this call never came back: %s", asking->calls[i].text);
	if (!cause->entry && !asking->ncalls)
		add(asking, QUESTION_CAUSE, NULL, "no event of the story is an error");
}

static void tell_missing(struct asking *asking)
{
	if (!asking->has_error && !asking->has_end)
		miss(asking, QUESTION_WHAT, "what came of it: no end and no error");
	if (!asking->has_input)
		miss(asking, QUESTION_INPUT, "the command: no event has a route");
	else if (!asking->has_argv)
		miss(asking, QUESTION_INPUT, "the arguments");
	if (asking->has_error && !asking->has_state)
		miss(asking, QUESTION_STATE,
			"the state: the program was not asked; pcarch_on_error() does that");
	else if (!asking->has_error && !asking->has_state)
		miss(asking, QUESTION_STATE,
			"the state: it is recorded with errors, and there was none");
}

void guid_answers_find(struct guid_answers *answers)
{
	const struct story *story = answers->story;
	struct asking asking = {.out = answers};
	scoped_story_reader reader;
	struct log_line line;
	struct event event;

	story_reader_init(&reader);
	for (size_t i = 0; i < story->nentries; i++) {
		const struct story_entry *entry = &story->entries[i];

		if (entry->span)
			take_span(&asking, entry);
		else if (story_read(&reader, story, entry, &line, &event))
			take_event(&asking, entry, &event);
	}
	if (!asking.first)
		return;
	tell_times(&asking);
	tell_handler(&asking);
	tell_missing(&asking);
	tell_cause(&asking);
}

void guid_answers_release(struct guid_answers *answers)
{
	free(answers->answers);
	arena_release(&answers->arena);
	answers->answers = NULL;
}
