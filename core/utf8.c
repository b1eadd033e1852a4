#include "core/utf8.h"

/* The second byte's range depends on the first: that is what keeps out overlong forms. */
static size_t first_byte(unsigned char c, unsigned char *low, unsigned char *high)
{
	*low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
	*high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
	if (c < 0x80)
		return 1;
	if (c < 0xc2 || c > 0xf4)
		return 0;
	return c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

size_t utf8_sequence(const char *bytes, size_t len)
{
	const unsigned char *at = (const unsigned char *)bytes;
	unsigned char low, high;
	size_t n = len ? first_byte(at[0], &low, &high) : 0;

	if (n < 2)
		return n;
	if (n > len || at[1] < low || at[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	}
	return n;
}

size_t utf8_count(const char *string)
{
	size_t n = 0;

	for (; *string; string++)
		n += (*string & 0xc0) != 0x80;
	return n;
}

size_t utf8_decode(const char *bytes, size_t len, uint32_t *point)
{
	size_t n = utf8_sequence(bytes, len);

	if (!n)
		return 0;
	*point = (unsigned char)bytes[0] & (n == 1 ? 0x7f : 0x7f >> n);
	for (size_t i = 1; i < n; i++)
		*point = *point << 6 | (bytes[i] & 0x3f);
	return n;
}
