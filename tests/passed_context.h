/* What came in with a request, and what is sent on: for tests of a trace's context. */
#ifndef PCARCH_TESTS_PASSED_CONTEXT_H
#define PCARCH_TESTS_PASSED_CONTEXT_H

#include "core/trace_context.h"
#include "tests/header_carrier.h"

#include <criterion/criterion.h>

#define TRACE "4bf92f3577b34da6a3ce929d0e0e4736"
#define SPAN "00f067aa0ba902b7"
#define PARENT "00-" TRACE "-" SPAN "-01"
#define OTHER "11111111111111112222222222222222"

static const uint8_t nonce[TRACE_ID_SIZE] = {1, 0x96, 0x9b, 0xec, 0x0b, 0x20, 0x70, 0xa1,
	0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9};
#define NONCE "01969bec0b2070a1a2a3a4a5a6a7a8a9"
static const uint8_t span_id[SPAN_ID_SIZE] = {
	0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31};
#define OURS "b7ad6b7169203331"

/* Big: one for each process that a test is. */
static struct trace_context in;
static struct headers sent, out;

static inline bool extract(void)
{
	const struct trace_carrier carrier = headers_carrier(&sent);

	return trace_context_extract(&in, &carrier);
}

/* What a request carries that is sent on the way of one with `sent`. */
static inline void pass(enum trace_policy policy, unsigned formats,
	const char *correlation)
{
	struct trace_carrier carrier = headers_carrier(&out);

	carrier.formats = formats;
	extract();
	trace_context_start(&in, policy, nonce);
	headers_release(&out);
	cr_assert(trace_context_inject(&in, span_id, correlation, &carrier));
}

static inline void use(const char *name, const char *value)
{
	headers_release(&sent);
	headers_add(&sent, name, value);
}

static inline void sends(const char *name, const char *expected)
{
	const char *value = headers_one(&out, name);

	if (expected) {
		cr_assert_not_null(value, "no %s", name);
		cr_expect_str_eq(value, expected);
	} else {
		cr_expect_null(value, "%s: %s", name, value);
	}
}

#endif
