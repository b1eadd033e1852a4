#include "diff/report/source_comments.h"

#include "core/arena.h"
#include "core/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char mark[] = "pcarch: ignore";

struct reading {
	struct arena *arena;
	const char *at, *end;
	unsigned line;
	bool has_code; /* on this line, so far */
	struct source_comment *items; /* heap */
	size_t count, room;
	size_t npending; /* the last of them wait for the line they cover */
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

static const char *skip_spaces(const char *at, const char *end)
{
	while (at < end && is_space(*at))
		at++;
	return at;
}

/* Words with one space between them, however many lines they were on. */
static const char *join_words(struct arena *arena, const char *at, const char *end)
{
	scoped_text text = {0};

	for (at = skip_spaces(at, end); at < end; at = skip_spaces(at, end)) {
		const char *word = at;

		while (at < end && !is_space(*at))
			at++;
		if (at - word == 1 && *word == '*') /* at the beginning of a line */
			continue;
		if (text.len)
			text_add_char(&text, ' ');
		text_add_bytes(&text, word, (size_t)(at - word));
	}
	return arena_strdup(arena, text_string(&text));
}

/* A comment's text, from behind its beginning to before its end. */
static void read_comment(struct reading *reading, const char *at, const char *end,
	unsigned line)
{
	struct source_comment comment = {.line = line, .covers = line, .findings = ""};
	const char *word;

	while (at < end && (*at == '*' || *at == '/' || *at == '!' || is_space(*at)))
		at++;
	if ((size_t)(end - at) < sizeof(mark) - 1 ||
		memcmp(at, mark, sizeof(mark) - 1) != 0)
		return;
	at += sizeof(mark) - 1;
	if (at < end && !is_space(*at))
		return;
	word = at = skip_spaces(at, end);
	while (at < end && !is_space(*at))
		at++;
	comment.findings = arena_copy(reading->arena, word, (size_t)(at - word));
	comment.reason = join_words(reading->arena, at, end);
	reading->items = grow(reading->items, reading->count, &reading->room,
		sizeof(*reading->items));
	reading->items[reading->count++] = comment;
	reading->npending += !reading->has_code;
}

static void next_line(struct reading *reading)
{
	reading->line++;
	reading->has_code = false;
}

/* reading->at is behind the "//"; a backslash before the line's end continues it. */
static void skip_line_comment(struct reading *reading)
{
	const char *begin = reading->at;
	unsigned line = reading->line, nlines = 0;
	const char *at = begin;

	while (at < reading->end && (*at != '\n' || at[-1] == '\\'))
		nlines += *at++ == '\n';
	read_comment(reading, begin, at, line);
	reading->at = at;
	while (nlines--)
		next_line(reading);
}

static void skip_block_comment(struct reading *reading)
{
	const char *begin = reading->at;
	const char *close = memmem(begin, (size_t)(reading->end - begin), "*/", 2);
	const char *end = close ? close : reading->end;

	read_comment(reading, begin, end, reading->line);
	for (const char *at = begin; at < end; at++)
		if (*at == '\n')
			next_line(reading);
	reading->at = close ? close + 2 : end;
}

/* A string or a character; one that is not closed ends with its line. */
static void skip_quoted(struct reading *reading, char quote)
{
	while (reading->at < reading->end && *reading->at != '\n') {
		char c = *reading->at++;

		if (c == quote)
			return;
		if (c != '\\' || reading->at == reading->end)
			continue;
		if (*reading->at++ == '\n')
			next_line(reading);
	}
}

/* Code stands on this line: what waited for it covers it. */
static void meet_code(struct reading *reading)
{
	reading->has_code = true;
	for (; reading->npending; reading->npending--)
		reading->items[reading->count - reading->npending].covers = reading->line;
}

static void read_one(struct reading *reading)
{
	char c = *reading->at++, next = '\0';

	if (reading->at < reading->end)
		next = *reading->at;
	if (c == '\n') {
		next_line(reading);
	} else if (c == '/' && (next == '/' || next == '*')) {
		reading->at++;
		if (next == '/')
			skip_line_comment(reading);
		else
			skip_block_comment(reading);
	} else if (!is_space(c)) {
		meet_code(reading);
		if (c == '"' || c == '\'')
			skip_quoted(reading, c);
	}
}

struct source_comments source_comments_find(struct arena *arena, const char *bytes,
	size_t size)
{
	struct reading reading = {
		.arena = arena, .at = bytes, .end = bytes + size, .line = 1};
	struct source_comment *items;
	struct source_comments found = {0};

	if (!memmem(bytes, size, mark, sizeof(mark) - 1))
		return found;
	while (reading.at < reading.end)
		read_one(&reading);
	items = arena_alloc(arena, reading.count * sizeof(*items));
	if (reading.count)
		memcpy(items, reading.items, reading.count * sizeof(*items));
	found = (struct source_comments){items, reading.count};
	free(reading.items);
	return found;
}
