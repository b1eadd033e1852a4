#include "core/trace_headers.h"

#include <string.h>

/* The value of a digit and one more: 0 is no digit. Lower case only, as both
 * specifications say. */
static const uint8_t digit_values[256] = {
	['0'] = 1,
	['1'] = 2,
	['2'] = 3,
	['3'] = 4,
	['4'] = 5,
	['5'] = 6,
	['6'] = 7,
	['7'] = 8,
	['8'] = 9,
	['9'] = 10,
	['a'] = 11,
	['b'] = 12,
	['c'] = 13,
	['d'] = 14,
	['e'] = 15,
	['f'] = 16,
};

static bool read_hex(uint8_t *out, const char *text, size_t size)
{
	bool is_hex = true;

	for (size_t i = 0; i < size; i++) {
		unsigned high = digit_values[(uint8_t)text[2 * i]];
		unsigned low = digit_values[(uint8_t)text[2 * i + 1]];

		is_hex &= high && low;
		out[i] = (uint8_t)((high - 1) << 4 | ((low - 1) & 15));
	}
	return is_hex;
}

/* The same of an id, which is not all zeros. */
static bool read_id(uint8_t *out, const char *text, size_t size)
{
	uint8_t any = 0;

	if (!read_hex(out, text, size))
		return false;
	for (size_t i = 0; i < size; i++)
		any |= out[i];
	return any;
}

char *trace_hex_put(char *out, const uint8_t *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < size; i++) {
		*out++ = digits[bytes[i] >> 4];
		*out++ = digits[bytes[i] & 15];
	}
	return out;
}

struct trace_value trace_value_trim(struct trace_value value)
{
	if (!value.text)
		return (struct trace_value){NULL, 0};
	while (value.length && (*value.text == ' ' || *value.text == '\t')) {
		value.text++;
		value.length--;
	}
	while (value.length && (value.text[value.length - 1] == ' ' ||
				       value.text[value.length - 1] == '\t'))
		value.length--;
	return value;
}

bool trace_header_parent(struct trace_header *out, struct trace_value value)
{
	enum {
		WHOLE = TRACEPARENT_SIZE - 1
	};
	struct trace_header header = {.has_ids = true};
	uint8_t version, flags;
	const char *text;

	value = trace_value_trim(value);
	text = value.text;
	if (value.length < WHOLE || text[2] != '-' || text[35] != '-' || text[52] != '-')
		return false;
	if (!read_hex(&version, text, 1) || version == 0xff)
		return false;
	if (value.length > WHOLE && (version == 0 || text[WHOLE] != '-'))
		return false;
	if (!read_id(header.trace_id, text + 3, TRACE_ID_SIZE) ||
		!read_id(header.span_id, text + 36, SPAN_ID_SIZE) ||
		!read_hex(&flags, text + 53, 1))
		return false;
	header.flags = flags & (TRACE_SAMPLED | TRACE_RANDOM);
	*out = header;
	return true;
}

static bool b3_trace_id(struct trace_header *header, struct trace_value value)
{
	header->is_short = value.length == TRACE_ID_SIZE;
	if (header->is_short)
		return read_id(header->trace_id + 8, value.text, 8);
	return value.length == (size_t)2 * TRACE_ID_SIZE &&
	       read_id(header->trace_id, value.text, TRACE_ID_SIZE);
}

static bool b3_span_id(struct trace_header *header, struct trace_value value)
{
	return value.length == (size_t)2 * SPAN_ID_SIZE &&
	       read_id(header->span_id, value.text, SPAN_ID_SIZE);
}

static bool is_text(struct trace_value value, const char *text)
{
	return value.length == strlen(text) &&
	       memcmp(value.text, text, value.length) == 0;
}

/* "1", "0", "d" (debug: sampled); older programs send words. Left out, the decision is
 * ours. */
static bool b3_sampled(struct trace_header *header, struct trace_value value)
{
	bool is_sampled =
		is_text(value, "1") || is_text(value, "d") || is_text(value, "true");

	if (!is_sampled && !is_text(value, "0") && !is_text(value, "false"))
		return false;
	header->flags = is_sampled ? TRACE_SAMPLED : 0;
	return true;
}

/* Take what stands before the next '-', and that. False: there is no more. */
static bool take_part(struct trace_value *rest, struct trace_value *part)
{
	const char *dash;

	if (!rest->text)
		return false;
	*part = *rest;
	dash = memchr(rest->text, '-', rest->length);
	if (!dash) {
		*rest = (struct trace_value){NULL, 0};
		return true;
	}
	part->length = (size_t)(dash - rest->text);
	rest->text += part->length + 1;
	rest->length -= part->length + 1;
	return true;
}

/* TRACEID-SPANID[-SAMPLED[-PARENTSPANID]], or SAMPLED alone. */
bool trace_header_b3(struct trace_header *out, struct trace_value value)
{
	struct trace_header header = {.flags = TRACE_SAMPLED}, parent = {0};
	struct trace_value rest = trace_value_trim(value), part;

	if (rest.length == 1) {
		if (!b3_sampled(&header, rest))
			return false;
		*out = header;
		return true;
	}
	if (!take_part(&rest, &part) || !b3_trace_id(&header, part))
		return false;
	if (!take_part(&rest, &part) || !b3_span_id(&header, part))
		return false;
	if (take_part(&rest, &part) && (part.length != 1 || !b3_sampled(&header, part)))
		return false;
	/* The parent's parent is checked, and not passed on. */
	if (take_part(&rest, &part) && (rest.text || !b3_span_id(&parent, part)))
		return false;
	header.has_ids = true;
	*out = header;
	return true;
}

bool trace_header_b3_multi(struct trace_header *out, const struct trace_b3_values *values)
{
	struct trace_header header = {.flags = TRACE_SAMPLED};
	struct trace_value sampled = trace_value_trim(values->sampled);
	struct trace_value flags = trace_value_trim(values->flags);

	if (sampled.text && !b3_sampled(&header, sampled))
		return false;
	if (flags.text && !is_text(flags, "0") && !is_text(flags, "1"))
		return false;
	if (flags.text && is_text(flags, "1"))
		header.flags = TRACE_SAMPLED;
	if (values->trace_id.text || values->span_id.text) {
		if (!b3_trace_id(&header, trace_value_trim(values->trace_id)) ||
			!b3_span_id(&header, trace_value_trim(values->span_id)))
			return false;
		header.has_ids = true;
	}
	*out = header;
	return true;
}
