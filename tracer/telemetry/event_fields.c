#include "tracer/telemetry/event_fields.h"

#include "tracer/telemetry/constant.h"
#include "tracer/telemetry/event.h"
#include "tracer/telemetry/execution.h"
#include "tracer/telemetry/line.h"
#include "tracer/telemetry/redact.h"

#include <string.h>

enum {
	MAX_ARGUMENTS = 64, /* the rest is left out */
};

static const char *key_of(const struct pcarch_field *field)
{
	return constant_holds(field->key) && redact_is_key(field->key) ? field->key
								       : "_invalid";
}

/* Cut at a character's start. */
static size_t text_length(const char *text)
{
	size_t length = strnlen(text, REDACT_VALUE_MAX + 1);

	if (length <= REDACT_VALUE_MAX)
		return length;
	for (length = REDACT_VALUE_MAX; length && (text[length] & 0xc0) == 0x80;)
		length--;
	return length;
}

/* A secret may begin before the cut and end behind it. */
static bool keeps_value(const struct pcarch_field *field, const char *key, bool is_known)
{
	if (!is_known && !redact_is_allowed_key(key))
		return false;
	return field->kind != PCARCH_KIND_TEXT || !field->text ||
	       !redact_is_secret(field->text,
		       strnlen(field->text, REDACT_VALUE_MAX + 256));
}

/* The library's own keys need no leave, and are well formed. */
static void judge(struct event_judgement *out, struct pcarch_fields fields, bool is_known,
	size_t *nlost)
{
	out->kept = 0;
	out->count = fields.count < EVENT_FIELDS_MAX ? fields.count : EVENT_FIELDS_MAX;
	for (size_t i = 0; i < out->count; i++) {
		const struct pcarch_field *field = &fields.at[i];

		out->keys[i] = is_known ? field->key : key_of(field);
		if (keeps_value(field, out->keys[i], is_known))
			out->kept |= UINT32_C(1) << i;
		else
			++*nlost;
	}
}

void event_fields_judge(struct event_verdict *out, const struct event *event)
{
	out->nlost = 0;
	judge(&out->fields, event->fields, false, &out->nlost);
	judge(&out->state, event->state, false, &out->nlost);
	judge(&out->known, event->known, true, &out->nlost);
}

static void write_value(struct line *line, const char *key,
	const struct pcarch_field *field)
{
	const char *text = field->text ? field->text : "";

	if (field->kind == PCARCH_KIND_NUMBER) {
		line_number(line, key, field->number);
		return;
	}
	if (field->kind == PCARCH_KIND_FLAG) {
		line_flag(line, key, field->number != 0);
		return;
	}
	line_key(line, key);
	line_text(line, text, text_length(text));
}

static bool has_key(const struct event_judgement *list, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list->keys[i], key) == 0)
			return true;
	return false;
}

/* Members of the object that is open; those of `before` are in it. */
static void write_fields(struct line *line, const struct pcarch_field *fields,
	const struct event_judgement *list, const struct event_judgement *before)
{
	for (size_t i = 0; i < list->count; i++) {
		const char *key = list->keys[i];

		/* An object has each key once. */
		if (has_key(list, i, key) ||
			(before && has_key(before, before->count, key)))
			continue;
		if (list->kept & UINT32_C(1) << i)
			write_value(line, key, &fields[i]);
		else
			line_string(line, key, REDACTED);
	}
}

static void write_lost(struct line *line, const struct event_judgement *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->kept & UINT32_C(1) << i)
			continue;
		line_comma(line);
		line_text(line, list->keys[i], strlen(list->keys[i]));
	}
}

void event_fields_write_redacted(struct line *line, const struct event_verdict *verdict)
{
	if (!verdict->nlost)
		return;
	line_open(line, "redacted", '[');
	write_lost(line, &verdict->fields);
	write_lost(line, &verdict->state);
	write_lost(line, &verdict->known);
	line_close(line, ']');
}

void event_fields_write_state(struct line *line, const struct event *event,
	const struct event_verdict *verdict)
{
	if (!event->state.count)
		return;
	line_open(line, "state", '{');
	write_fields(line, event->state.at, &verdict->state, NULL);
	line_close(line, '}');
}

/* Is `argument` the word at `*words` of the route? Then go on to the next. */
static bool take_word(const char **words, const char *argument)
{
	size_t length = strlen(argument);

	if (!length || strncmp(*words, argument, length) != 0 ||
		((*words)[length] && (*words)[length] != ' '))
		return false;
	*words += length;
	*words += **words == ' ';
	return true;
}

/* Words of the command, names of flags, and nothing else. */
static void write_argv(struct line *line, const struct event *event)
{
	const struct pcarch_execution *execution = event->execution;
	const char *words = execution_words(execution);
	char argument[REDACT_ARGUMENT_SIZE];

	line_open(line, "argv", '[');
	/* The first is the caller's to choose. */
	line_text(line, execution->command, execution->program_length);
	for (int i = 1; i < execution->argc && i < MAX_ARGUMENTS; i++) {
		const char *text = execution->argv[i] ? execution->argv[i] : "";

		line_comma(line);
		if (take_word(&words, text)) {
			line_text(line, text, strlen(text));
			continue;
		}
		redact_argument(text, argument);
		line_text(line, argument, strlen(argument));
	}
	line_close(line, ']');
}

void event_fields_write_metadata(struct line *line, const struct event *event,
	const struct event_verdict *verdict)
{
	const struct pcarch_execution *execution = event->execution;
	bool has_argv = event->is_first && execution->argv && execution->argc > 0;

	if (!event->fields.count && !event->known.count && !has_argv)
		return;
	line_open(line, "metadata", '{');
	if (has_argv)
		write_argv(line, event);
	write_fields(line, event->known.at, &verdict->known, NULL);
	write_fields(line, event->fields.at, &verdict->fields, &verdict->known);
	line_close(line, '}');
}
