#include "core/text.h"

#include "core/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_room(struct text *text, size_t more)
{
	size_t need = text->len + more + 1;

	if (need <= text->room)
		return;
	text->room = text->room ? text->room : 64;
	while (text->room < need)
		text->room *= 2;
	text->bytes = xrealloc(text->bytes, text->room);
}

void text_release(struct text *text)
{
	free(text->bytes);
	*text = (struct text){0};
}

void text_clear(struct text *text)
{
	text->len = 0;
	if (text->bytes)
		text->bytes[0] = '\0';
}

void text_add_bytes(struct text *text, const char *bytes, size_t len)
{
	make_room(text, len);
	if (len)
		memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
	text->bytes[text->len] = '\0';
}

void text_add(struct text *text, const char *string)
{
	text_add_bytes(text, string, strlen(string));
}

void text_add_char(struct text *text, char c)
{
	text_add_bytes(text, &c, 1);
}

void text_printf(struct text *text, const char *fmt, ...)
{
	va_list args, again;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (len > 0) {
		make_room(text, (size_t)len);
		vsnprintf(text->bytes + text->len, (size_t)len + 1, fmt, again);
		text->len += (size_t)len;
	}
	va_end(again);
}

void text_add_hex(struct text *text, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;

	for (size_t i = 0; i < size; i++)
		text_printf(text, "%02x", at[i]);
}

const char *text_string(const struct text *text)
{
	return text->bytes ? text->bytes : "";
}

bool text_has_prefix(const char *string, const char *prefix)
{
	return strncmp(string, prefix, strlen(prefix)) == 0;
}

bool text_has_suffix(const char *string, const char *suffix)
{
	size_t len = strlen(string), tail = strlen(suffix);

	return len >= tail && strcmp(string + len - tail, suffix) == 0;
}
