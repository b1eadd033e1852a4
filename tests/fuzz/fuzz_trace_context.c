/*
 * Headers of a stranger: what is sent on is valid whatever came in, the same when it is
 * read again, and says nothing that was not checked. Input: lines "name:value"; the first
 * byte is the policy and the formats.
 */
#include "core/trace_context.h"
#include "core/trace_environment.h"
#include "tests/header_carrier.h"

#include <assert.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t nonce[TRACE_ID_SIZE] = {1, 2, 3}, span_id[SPAN_ID_SIZE] = {4},
		     none[SPAN_ID_SIZE];

static struct trace_context first, second;
static char name_of[HEADER_ROOM][32];

/* Each line in memory of its own, so that reading behind it is seen. */
static void read_lines(struct headers *headers, const char *at, const char *end)
{
	while (at < end && headers->count < HEADER_ROOM) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		const char *colon = memchr(at, ':', (size_t)(stop - at));
		char *name = name_of[headers->count], *value;

		if (colon && colon - at < (ptrdiff_t)sizeof(name_of[0])) {
			size_t length = (size_t)(stop - colon - 1);

			memcpy(name, at, (size_t)(colon - at));
			name[colon - at] = '\0';
			value = malloc(length ? length : 1);
			memcpy(value, colon + 1, length);
			headers->owned[headers->nowned++] = value;
			headers_add_bytes(headers, name, value, length);
		}
		at = stop + 1;
	}
}

static void check_sent(struct headers *headers)
{
	for (size_t i = 0; i < headers->count; i++) {
		const struct trace_value *value = &headers->items[i].value;

		assert(value->length <= TRACE_STATE_MAX);
		for (size_t c = 0; c < value->length; c++)
			assert(value->text[c] >= 0x20 && value->text[c] <= 0x7e);
	}
}

static void check_same(void)
{
	assert(second.has_context && !second.problems);
	assert(memcmp(first.trace_id, second.trace_id, TRACE_ID_SIZE) == 0);
	assert(memcmp(second.parent_id, span_id, SPAN_ID_SIZE) == 0);
	assert(strcmp(first.correlation, second.correlation) == 0);
	assert((first.flags & TRACE_SAMPLED) == (second.flags & TRACE_SAMPLED));
	if (second.source == TRACE_SOURCE_W3C) {
		assert(first.flags == second.flags);
		assert(strcmp(first.tracestate, second.tracestate) == 0);
	}
}

/* The environment: the value of a header is that of a variable. */
static void check_environment(const struct headers *headers)
{
	static const char *const names[] = {"TRACEPARENT", "TRACESTATE"};
	static char strings[2][5000];
	char *environment[3] = {0};
	const struct trace_carrier carrier = {.environment = environment};
	size_t count = 0;

	for (size_t i = 0; i < headers->count && count < 2; i++, count++) {
		snprintf(strings[count], sizeof(strings[0]), "%s=%.*s", names[count],
			(int)headers->items[i].value.length,
			headers->items[i].value.text);
		environment[count] = strings[count];
	}
	trace_context_extract(&second, &carrier);
	assert(strlen(second.tracestate) == second.tracestate_length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct headers in = {0}, out = {0};
	struct trace_carrier carrier;

	if (!size)
		return 0;
	read_lines(&in, (const char *)data + 1, (const char *)data + size);
	carrier = headers_carrier(&in);
	trace_context_extract(&first, &carrier);
	assert(strlen(first.tracestate) == first.tracestate_length);
	assert(first.has_context == (memcmp(first.parent_id, none, SPAN_ID_SIZE) != 0));
	trace_correlation_echo("abc", &carrier);
	trace_context_start(&first, (enum trace_policy)(data[0] % 3), nonce);
	carrier = headers_carrier(&out);
	carrier.formats = data[0] >> 2 & 7;
	assert(trace_context_inject(&first, span_id, first.correlation, &carrier));
	check_sent(&out);
	trace_context_extract(&second, &carrier);
	check_same();
	check_environment(&in);
	headers_release(&in);
	headers_release(&out);
	return 0;
}
