#include "core/trace_headers.h"

#include <string.h>

enum {
	PART_MAX = 256 /* of a key, and of a value */
};

static bool is_lower_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool key_is_valid(const char *key, size_t length)
{
	if (!length || length > PART_MAX || !is_lower_or_digit(*key))
		return false;
	for (size_t i = 1; i < length; i++) {
		if (!is_lower_or_digit(key[i]) && (!key[i] || !strchr("_-*/@", key[i])))
			return false;
	}
	return true;
}

static bool value_is_valid(const char *value, size_t length)
{
	if (!length || length > PART_MAX)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (value[i] < 0x20 || value[i] > 0x7e || value[i] == ',' ||
			value[i] == '=')
			return false;
	}
	return true;
}

/* Is there a member of that key (and its '=') already? Ours are all valid. */
static bool has_key(const struct trace_context *context, const char *key, size_t length)
{
	const char *at = context->tracestate, *end = at + context->tracestate_length;

	while (at < end) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		size_t size = (size_t)((comma ? comma : end) - at);

		if (size > length && memcmp(at, key, length) == 0)
			return true;
		at += size + 1;
	}
	return false;
}

static bool add_member(struct trace_context *context, unsigned *nmembers,
	struct trace_value member)
{
	const char *equals = memchr(member.text, '=', member.length);
	size_t key = equals ? (size_t)(equals - member.text) : 0;

	if (!equals || ++*nmembers > TRACE_STATE_MEMBERS ||
		!key_is_valid(member.text, key) ||
		!value_is_valid(equals + 1, member.length - key - 1))
		return false;
	if (has_key(context, member.text, key + 1))
		return true;
	if (context->tracestate_length)
		context->tracestate[context->tracestate_length++] = ',';
	memcpy(context->tracestate + context->tracestate_length, member.text,
		member.length);
	context->tracestate_length += member.length;
	return true;
}

bool trace_header_state(struct trace_context *context, unsigned *nmembers,
	struct trace_value value)
{
	while (value.length) {
		const char *comma = memchr(value.text, ',', value.length);
		size_t size = comma ? (size_t)(comma - value.text) : value.length;
		struct trace_value member =
			trace_value_trim((struct trace_value){value.text, size});

		if (member.length && !add_member(context, nmembers, member))
			return false;
		value.text += size + !!comma;
		value.length -= size + !!comma;
	}
	return true;
}
