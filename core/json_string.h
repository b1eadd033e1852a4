/* The bytes that stand for themselves in a JSON string. */
#ifndef PCARCH_CORE_JSON_STRING_H
#define PCARCH_CORE_JSON_STRING_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * A word with the top bit set in the lowest byte that is a quote, a backslash, a control
 * character or not ASCII; higher bytes may be wrong, the lowest is exact.
 */
static inline uint64_t json_special_bytes(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101u, tops = ones << 7;
	uint64_t quote = word ^ (ones * '"'), slash = word ^ (ones * '\\');

	return (((word - ones * 0x20) & ~word) | ((quote - ones) & ~quote) |
		       ((slash - ones) & ~slash) | word) &
	       tops;
}

static inline int json_is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* How many of the `len` bytes can stand in a JSON string as they are. */
static inline size_t json_plain_run(const char *bytes, size_t len)
{
	size_t i = 0;

	for (; len - i >= 8; i += 8) {
		uint64_t word, special;

		memcpy(&word, bytes + i, sizeof(word));
		special = json_special_bytes(le64toh(word));
		if (special)
			return i + (size_t)__builtin_ctzll(special) / 8;
	}
	while (i < len && json_is_plain((unsigned char)bytes[i]))
		i++;
	return i;
}

#endif
