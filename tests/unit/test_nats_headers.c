/* The context in headers of NATS: a block of lines, names compared as they stand. */
#include "tests/header_carrier.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char parent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
static const uint8_t span[SPAN_ID_SIZE] = {1, 2, 3, 4, 5, 6, 7, 8};

/* "NATS/1.0", then "name: value" lines, then an empty one; each ends in CR LF. */
static size_t block_get(void *context, const char *name, struct trace_value *values,
	size_t room)
{
	const char *line = strstr(context, "\r\n");
	size_t count = 0;

	for (; line && line[2] != '\r'; line = strstr(line + 2, "\r\n")) {
		size_t length = strlen(name);
		const char *value = line + 2 + length + 1;

		if (strncmp(line + 2, name, length) != 0 || line[2 + length] != ':')
			continue;
		if (count < room)
			values[count] = (struct trace_value){
				value, (size_t)(strstr(value, "\r\n") - value)};
		count++;
	}
	return count;
}

static bool block_set(void *context, const char *name, const char *value, size_t length)
{
	char *block = context, *end = block + strlen(block) - 2;

	snprintf(end, 1024 - (size_t)(end - block), "%s: %.*s\r\n\r\n", name, (int)length,
		value);
	return true;
}

Test(nats_headers, hold_what_was_sent)
{
	char block[1024] = "NATS/1.0\r\nNats-Msg-Id: 7\r\n\r\n";
	const struct trace_carrier carrier = {
		.context = block, .get = block_get, .set = block_set};
	static struct trace_context sent, received;
	struct headers http = {.count = 0};
	const struct trace_carrier from = headers_carrier(&http);

	headers_add(&http, "traceparent", parent);
	headers_add(&http, "tracestate", "a=1,b=2");
	cr_assert(trace_context_extract(&sent, &from));
	trace_context_start(&sent, TRACE_CONTINUE, sent.trace_id);
	cr_assert(trace_context_inject(&sent, span, "order-7", &carrier));
	cr_assert_str_eq(block, "NATS/1.0\r\nNats-Msg-Id: 7\r\n"
				"traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-"
				"0102030405060708-01\r\n"
				"tracestate: a=1,b=2\r\n"
				"x-correlation-id: order-7\r\n\r\n");
	cr_assert(trace_context_extract(&received, &carrier));
	cr_assert_arr_eq(received.trace_id, sent.trace_id, TRACE_ID_SIZE);
	cr_assert_arr_eq(received.parent_id, span, SPAN_ID_SIZE);
	cr_assert_str_eq(received.tracestate, "a=1,b=2");
	cr_assert_str_eq(received.correlation, "order-7");
	cr_assert_eq(received.problems, 0);
	headers_release(&http);
}

Test(nats_headers, are_told_apart_by_case)
{
	char block[1024] = "NATS/1.0\r\nTraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-"
			   "00f067aa0ba902b7-01\r\n\r\n";
	const struct trace_carrier carrier = {.context = block, .get = block_get};
	static struct trace_context received;

	cr_assert_not(trace_context_extract(&received, &carrier));
	cr_assert_eq(received.problems, TRACE_MISSING);
}
