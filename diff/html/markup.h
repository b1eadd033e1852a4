/*
 * HTML as it is written: our own tags as they are, names and texts of strangers escaped.
 *
 * What a stranger's name holds is shown, never obeyed: control characters, bad UTF-8 and
 * what turns the direction of text are written as \xNN, as on a terminal.
 */
#ifndef PCARCH_DIFF_MARKUP_H
#define PCARCH_DIFF_MARKUP_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct markup {
	FILE *stream;
	size_t nbytes; /* written so far */
	int error; /* errno of the first write that failed; 0: none did */
};

/* Tags, and text that is ours. */
void markup_add(struct markup *out, const char *html);
void markup_bytes(struct markup *out, const char *bytes, size_t len);
void markup_format(struct markup *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Text between tags, or in an attribute with quotes. */
void markup_text(struct markup *out, const char *untrusted);
void markup_text_bytes(struct markup *out, const char *untrusted, size_t len);

/* "12,345" */
void markup_number(struct markup *out, uint64_t value);

/* "1 call", "12,345 calls" */
void markup_count(struct markup *out, uint64_t value, const char *one, const char *many);

/*
 * A JSON string inside a script element, of `len` bytes: no '<' is in it, so that no
 * name can end the element or begin a comment. NULL: null.
 * Source: HTML, 4.12.1.3 "Restrictions for contents of script elements".
 */
void markup_json(struct markup *out, const char *untrusted);
void markup_json_bytes(struct markup *out, const char *untrusted, size_t len);
void markup_json_number(struct markup *out, uint64_t value);

#endif
