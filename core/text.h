/* A growing string on the heap: always NUL-terminated, any bytes inside. */
#ifndef PCARCH_CORE_TEXT_H
#define PCARCH_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A zeroed struct is an empty text; `bytes` is NULL until something is added. */
struct text {
	char *bytes;
	size_t len, room; /* len without the NUL */
};

void text_release(struct text *text);

/* Empty the text, keep its memory. */
void text_clear(struct text *text);

void text_add(struct text *text, const char *string);
void text_add_bytes(struct text *text, const char *bytes, size_t len);
void text_add_char(struct text *text, char c);
void text_printf(struct text *text, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Two lower-case digits for each of `size` bytes. */
void text_add_hex(struct text *text, const void *bytes, size_t size);

/* The string, "" when empty; valid until the next change. */
const char *text_string(const struct text *text);

bool text_has_prefix(const char *string, const char *prefix);
bool text_has_suffix(const char *string, const char *suffix);

#define scoped_text __attribute__((cleanup(text_release))) struct text

#endif
