#include "diff/log_filter.h"

#include "core/log_lines.h"
#include "core/text.h"

#include <string.h>

bool log_id_parse(const char *typed, char out[LOG_ID_SIZE])
{
	size_t len = 0;

	for (; *typed; typed++) {
		char c = *typed;

		if (c == '-')
			continue;
		if (c >= 'A' && c <= 'F')
			c = (char)(c | 0x20);
		if (!strchr("0123456789abcdef", c) || len == LOG_ID_SIZE - 1)
			return false;
		out[len++] = c;
	}
	out[len] = '\0';
	return len >= LOG_ID_LEAST;
}

bool log_condition_parse(const char *typed, struct log_condition *out)
{
	size_t len = strcspn(typed, "=~!");
	const char *mark = typed + len;

	if (!len || len >= sizeof(out->path))
		return false;
	memcpy(out->path, typed, len);
	out->path[len] = '\0';
	out->kind = *mark == '!'   ? CONDITION_IS_NOT
		    : *mark == '~' ? CONDITION_HAS
				   : CONDITION_IS;
	mark += *mark == '!';
	if (!*mark || (*mark == '~' && out->kind == CONDITION_IS_NOT))
		return false;
	out->value = mark + 1;
	return true;
}

static bool has(const struct log_line *line, const char *word)
{
	return !word || memmem(line->bytes, line->len, word, strlen(word));
}

bool log_filter_may_match(const struct log_filter *filter, const struct log_line *line)
{
	if (!filter->guid && !filter->trace_id && !filter->error_type)
		return true;
	/* What is written as \u0061 is told only when it is read. */
	return (has(line, filter->guid) && has(line, filter->trace_id) &&
		       has(line, filter->error_type)) ||
	       memmem(line->bytes, line->len, "\\u", 2);
}

static bool begins(const char *string, const char *prefix)
{
	return string && text_has_prefix(string, prefix);
}

static bool matches_event(const char *pattern, const char *event)
{
	size_t len = strlen(pattern);

	if (len && pattern[len - 1] == '*')
		return strncmp(event, pattern, len - 1) == 0;
	return strcmp(event, pattern) == 0;
}

static bool matches_words(const char *words, const char *prefix)
{
	size_t len = strlen(prefix);

	return words && strncmp(words, prefix, len) == 0 &&
	       (!words[len] || words[len] == ' ');
}

static bool holds(const struct log_condition *condition, const struct event *event)
{
	scoped_text value = {0};
	bool is_there = event_json_find(event, condition->path, &value);
	const char *string = text_string(&value);

	switch (condition->kind) {
	case CONDITION_IS:
		return is_there && strcmp(string, condition->value) == 0;
	case CONDITION_IS_NOT:
		return !is_there || strcmp(string, condition->value) != 0;
	default:
		return is_there && strstr(string, condition->value);
	}
}

static bool matches_ids(const struct log_filter *filter, const struct event *event)
{
	return (!filter->guid || begins(event->guid, filter->guid) ||
		       begins(event->correlation_id, filter->guid)) &&
	       (!filter->trace_id || begins(event->trace_id, filter->trace_id));
}

bool log_filter_matches(const struct log_filter *filter, const struct event *event)
{
	if (event->level < filter->level || event->time_ns < filter->since_ns ||
		(filter->until_ns && event->time_ns >= filter->until_ns) ||
		!matches_ids(filter, event))
		return false;
	if ((filter->event && !matches_event(filter->event, event->event)) ||
		(filter->service && strcmp(filter->service, event->service) != 0) ||
		(filter->command && !matches_words(event->command, filter->command) &&
			!matches_words(event->route, filter->command)))
		return false;
	if (filter->error_type &&
		(!event->error.type ||
			strcmp(event->error.type, filter->error_type) != 0))
		return false;
	for (size_t i = 0; i < filter->nconditions; i++)
		if (!holds(&filter->conditions[i], event))
			return false;
	return true;
}
