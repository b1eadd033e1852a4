/* UTF-8, well-formed. */
#ifndef PCARCH_CORE_UTF8_H
#define PCARCH_CORE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The length of the UTF-8 sequence that `bytes` starts with, 1 to 4; 0 when it is not
 * well-formed (overlong, a surrogate, above U+10FFFF, cut off by `len`).
 * Source: Unicode 15, table 3-7.
 */
size_t utf8_sequence(const char *bytes, size_t len);

/* How many code points a well-formed string has. */
size_t utf8_count(const char *string);

/* The same, and its code point. */
size_t utf8_decode(const char *bytes, size_t len, uint32_t *point);

#endif
