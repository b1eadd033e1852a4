#include "core/json_place.h"

#include "core/json_keys.h"
#include "core/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A text known to be JSON, and how far it is walked. */
struct walk {
	const char *at, *end;
};

static void skip_space(struct walk *in)
{
	while (in->at < in->end && strchr(" \t\r\n", *in->at) && *in->at)
		in->at++;
}

/* Behind the string that starts here. */
static void skip_string(struct walk *in)
{
	for (in->at++; in->at < in->end && *in->at != '"'; in->at++)
		in->at += *in->at == '\\';
	in->at++;
}

/* Behind the value that starts here; brackets are counted, so depth costs nothing. */
static void skip_value(struct walk *in)
{
	unsigned depth = 0;

	while (in->at < in->end) {
		char c = *in->at;

		if (c == '"')
			skip_string(in);
		else if (!depth && strchr(",]}", c))
			return;
		else
			in->at++;
		depth += c == '{' || c == '[';
		depth -= c == '}' || c == ']';
	}
	in->at = in->end;
}

/* The first part of a pointer, unescaped; `pointer` moves behind it. */
static void take_part(const char **pointer, struct text *part)
{
	const char *p = *pointer + 1;

	text_clear(part);
	for (; *p && *p != '/'; p++) {
		bool is_escaped = *p == '~' && (p[1] == '0' || p[1] == '1');

		if (is_escaped)
			text_add(part, *++p == '0' ? "~" : "/");
		else
			text_add_char(part, *p);
	}
	*pointer = p;
}

/* Is the key that starts here `name`? Ends up behind it. */
static bool take_key(struct walk *in, const char *name)
{
	const char *start = in->at + 1;
	scoped_text key = {0};

	skip_string(in);
	json_unescape(&key, start, (size_t)(in->at - 1 - start));
	return strcmp(text_string(&key), name) == 0;
}

/*
 * From the bracket here to the value of the member or item `part`; *place is where it, or
 * its key, stands. False when there is none.
 */
static bool step(struct walk *in, const char *part, const char **place)
{
	bool is_object = in->at < in->end && *in->at == '{';
	size_t index = is_object ? 0 : strtoul(part, NULL, 10);

	if (!is_object && (in->at == in->end || *in->at != '['))
		return false;
	in->at++;
	for (size_t i = 0;; i++) {
		bool is_it = !is_object && i == index;
		const char *start;

		skip_space(in);
		if (in->at >= in->end || *in->at == '}' || *in->at == ']')
			return false;
		start = in->at;
		if (is_object) {
			is_it = take_key(in, part);
			skip_space(in);
			in->at++; /* the colon */
			skip_space(in);
		}
		if (is_it) {
			*place = start;
			return true;
		}
		skip_value(in);
		if (in->at < in->end && *in->at == ',')
			in->at++;
	}
}

uint64_t json_place_find(const char *bytes, size_t size, const char *pointer)
{
	struct walk in = {bytes, bytes + size};
	scoped_text part = {0};
	const char *place;

	skip_space(&in);
	place = in.at;
	while (*pointer == '/') {
		take_part(&pointer, &part);
		if (!step(&in, text_string(&part), &place))
			break;
	}
	return (uint64_t)(place - bytes);
}

struct location json_place_of(const char *file, const char *bytes, uint64_t offset)
{
	struct location at = {file, 1, 1};

	for (uint64_t i = 0; i < offset; i++, at.col++) {
		if (bytes[i] != '\n')
			continue;
		at.line++;
		at.col = 0;
	}
	return at;
}
