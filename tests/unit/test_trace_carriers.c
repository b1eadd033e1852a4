#include "core/trace_environment.h"
#include "tests/passed_context.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* What is sent on for one b3 header; NULL: it is invalid. */
static void b3(const char *value, const char *expected)
{
	use("b3", value);
	pass(TRACE_CONTINUE, 0, NULL);
	sends("traceparent", expected ? expected : "00-" NONCE "-" OURS "-03");
	cr_expect_eq(in.problems, expected ? 0 : TRACE_B3_INVALID, "'%s'", value);
	cr_expect_eq(in.source, TRACE_SOURCE_B3_SINGLE);
}

Test(trace_carriers, reads_b3_in_one_header)
{
	b3(TRACE "-" SPAN "-1", "00-" TRACE "-" OURS "-01");
	b3(TRACE "-" SPAN "-0", "00-" TRACE "-" OURS "-00");
	b3(TRACE "-" SPAN "-d", "00-" TRACE "-" OURS "-01");
	b3(TRACE "-" SPAN, "00-" TRACE "-" OURS "-01");
	b3(TRACE "-" SPAN "-1-05e3ac9a4f6e3b90", "00-" TRACE "-" OURS "-01");
	b3("a3ce929d0e0e4736-" SPAN "-1",
		"00-0000000000000000a3ce929d0e0e4736-" OURS "-01");
	b3("1", "00-" NONCE "-" OURS "-03");
	b3("d", "00-" NONCE "-" OURS "-03");
	b3("0", "00-" NONCE "-" OURS "-02");
}

Test(trace_carriers, refuses_other_b3_headers)
{
	static const char *const wrong[] = {"", "-", "2", "x", TRACE, TRACE "-",
		TRACE "-" SPAN "-", TRACE "-" SPAN "-2", TRACE "-" SPAN "-true",
		TRACE "-" SPAN "-1-", TRACE "-" SPAN "-1-" SPAN "-",
		TRACE "-" SPAN "-1-" SPAN "-1", TRACE "-" SPAN "-1-x",
		"4BF92F3577B34DA6A3CE929D0E0E4736-" SPAN "-1",
		TRACE "-00F067AA0BA902B7-1", "00-" TRACE "-" SPAN "-01",
		"00000000000000000000000000000000-" SPAN "-1",
		"0000000000000000-" SPAN "-1", TRACE "-0000000000000000-1",
		"4bf92f3577b34da6a3ce929d-" SPAN "-1", TRACE SPAN "1", "true"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		b3(wrong[i], NULL);
	use("b3", TRACE "-" SPAN "-1");
	headers_add(&sent, "b3", TRACE "-" SPAN "-1");
	cr_assert_not(extract());
	cr_assert_eq(in.problems, TRACE_B3_INVALID);
}

static void b3_multi(const char *const values[4], const char *expected)
{
	static const char *const names[] = {
		"x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "x-b3-flags"};

	headers_release(&sent);
	headers_add(&sent, "x-b3-parentspanid", "not looked at");
	for (size_t i = 0; i < 4; i++) {
		if (values[i])
			headers_add(&sent, names[i], values[i]);
	}
	pass(TRACE_CONTINUE, 0, NULL);
	sends("traceparent", expected ? expected : "00-" NONCE "-" OURS "-03");
	cr_expect_eq(in.problems, expected ? 0 : TRACE_B3_INVALID);
	cr_expect_eq(in.source, TRACE_SOURCE_B3_MULTI);
}

#define VALUES(...)            \
	(const char *const[4]) \
	{                      \
		__VA_ARGS__    \
	}

Test(trace_carriers, reads_b3_in_several_headers)
{
	static const char sampled[] = "00-" TRACE "-" OURS "-01";
	static const char denied[] = "00-" TRACE "-" OURS "-00";

	b3_multi(VALUES(TRACE, SPAN, "1", NULL), sampled);
	b3_multi(VALUES(TRACE, SPAN, NULL, NULL), sampled);
	b3_multi(VALUES(TRACE, SPAN, "0", NULL), denied);
	b3_multi(VALUES(TRACE, SPAN, "true", NULL), sampled);
	b3_multi(VALUES(TRACE, SPAN, "false", "0"), denied);
	b3_multi(VALUES(TRACE, SPAN, NULL, "1"), sampled);
	b3_multi(VALUES("a3ce929d0e0e4736", SPAN, "1", NULL),
		"00-0000000000000000a3ce929d0e0e4736-" OURS "-01");
	b3_multi(VALUES(NULL, NULL, "0", NULL), "00-" NONCE "-" OURS "-02");
	b3_multi(VALUES(TRACE, NULL, "1", NULL), NULL);
	b3_multi(VALUES(NULL, SPAN, "1", NULL), NULL);
	b3_multi(VALUES(TRACE, SPAN, "yes", NULL), NULL);
	b3_multi(VALUES(TRACE, SPAN, "1", "2"), NULL);
	b3_multi(VALUES("", "", NULL, NULL), NULL);
	b3_multi(VALUES(TRACE, "0000000000000000", NULL, NULL), NULL);
}

Test(trace_carriers, writes_b3_when_asked_to)
{
	use("traceparent", PARENT);
	pass(TRACE_CONTINUE, TRACE_FORMAT_B3_SINGLE, NULL);
	sends("b3", TRACE "-" OURS "-1");
	sends("traceparent", NULL);
	sends("x-b3-traceid", NULL);
	pass(TRACE_CONTINUE, TRACE_FORMAT_B3_MULTI | TRACE_FORMAT_W3C, NULL);
	sends("traceparent", "00-" TRACE "-" OURS "-01");
	sends("b3", NULL);
	sends("x-b3-traceid", TRACE);
	sends("x-b3-spanid", OURS);
	sends("x-b3-sampled", "1");
	sends("x-b3-parentspanid", NULL);
	use("traceparent", "00-" TRACE "-" SPAN "-02");
	pass(TRACE_CONTINUE, TRACE_FORMAT_B3_MULTI | TRACE_FORMAT_B3_SINGLE, NULL);
	sends("b3", TRACE "-" OURS "-0");
	sends("x-b3-sampled", "0");
}

Test(trace_carriers, is_the_first_that_is_there)
{
	use("traceparent", PARENT);
	headers_add(&sent, "b3", OTHER "-" SPAN "-1");
	cr_assert(extract());
	cr_assert_eq(in.trace_id[0], 0x4b);
	cr_assert_eq(in.problems, TRACE_DISAGREES);

	/* Who knows only half of an id does not disagree. */
	use("traceparent", PARENT);
	headers_add(&sent, "b3", "a3ce929d0e0e4736-" SPAN "-1");
	headers_add(&sent, "x-b3-traceid", TRACE);
	headers_add(&sent, "x-b3-spanid", SPAN);
	cr_assert(extract());
	cr_assert_eq(in.problems, 0);

	use("b3", TRACE "-" SPAN "-1");
	headers_add(&sent, "x-b3-traceid", OTHER);
	headers_add(&sent, "x-b3-spanid", SPAN);
	cr_assert(extract());
	cr_assert_eq(in.source, TRACE_SOURCE_B3_SINGLE);
	cr_assert_eq(in.problems, TRACE_DISAGREES);

	/* One that is there and invalid is not replaced by another guess. */
	use("traceparent", "00-" TRACE);
	headers_add(&sent, "b3", OTHER "-" SPAN "-1");
	cr_assert_not(extract());
	cr_assert_eq(in.problems, TRACE_PARENT_INVALID);
}

Test(trace_carriers, comes_from_the_environment_when_the_headers_have_none)
{
	static char one[] = "PATH=/bin", two[] = "TRACEPARENT=" PARENT,
		    three[] = "TRACESTATE=a=1,b=2", four[] = "TRACEPARENTS=x",
		    five[] = "BAGGAGE=user=7";
	char *const environment[] = {one, four, two, three, five, NULL};
	char *const none[] = {one, four, NULL};
	struct trace_carrier carrier = {.environment = environment};

	cr_assert(trace_context_extract(&in, &carrier));
	cr_assert_eq(in.source, TRACE_SOURCE_ENVIRONMENT);
	cr_assert_str_eq(in.tracestate, "a=1,b=2");
	cr_assert_eq(in.parent_id[7], 0xb7);
	carrier = headers_carrier(&sent);
	carrier.environment = environment;
	use("b3", "x");
	cr_assert_not(trace_context_extract(&in, &carrier));
	use("b3", OTHER "-" SPAN "-1");
	cr_assert(trace_context_extract(&in, &carrier));
	cr_assert_eq(in.trace_id[0], 0x11);
	cr_assert_eq(in.problems, 0);
	headers_release(&sent);
	carrier.environment = none;
	cr_assert_not(trace_context_extract(&in, &carrier));
	cr_assert_eq(in.problems, TRACE_MISSING);
	two[12] = 'x';
	carrier.environment = environment;
	cr_assert_not(trace_context_extract(&in, &carrier));
	cr_assert_eq(in.problems, TRACE_PARENT_INVALID);
	cr_assert_str_eq(in.tracestate, "");
}

Test(trace_carriers, goes_to_a_child_in_a_copy_of_the_environment)
{
	static char one[] = "PATH=/bin", two[] = "TRACEPARENT=old",
		    three[] = "TRACESTATE=old=1", four[] = "BAGGAGE=user=7",
		    five[] = "TRACEPARENT=twice";
	char *const environment[] = {one, two, three, four, five, NULL};
	static struct trace_environment copy;
	const char *items[16];

	use("traceparent", PARENT);
	headers_add(&sent, "tracestate", "a=1");
	extract();
	trace_context_start(&in, TRACE_CONTINUE, nonce);
	cr_assert_eq(trace_environment_room(environment), 8);
	copy.items = items;
	copy.room = 7;
	cr_assert_not(trace_environment_copy(&copy, &in, span_id, environment));
	copy.room = 8;
	cr_assert(trace_environment_copy(&copy, &in, span_id, environment));
	cr_assert_eq(items[0], one);
	cr_assert_eq(items[1], four);
	cr_assert_str_eq(items[2], "TRACEPARENT=00-" TRACE "-" OURS "-01");
	cr_assert_str_eq(items[3], "TRACESTATE=a=1");
	cr_assert_null(items[4]);
	cr_assert_str_eq(two, "TRACEPARENT=old");
	trace_context_start(&in, TRACE_RESTART, nonce);
	cr_assert(trace_environment_copy(&copy, &in, span_id, environment));
	cr_assert_str_eq(items[2], "TRACEPARENT=00-" NONCE "-" OURS "-03");
	cr_assert_null(items[3]);
}

/* The correlation id that comes in, or "" where it is replaced. */
static void correlation(const char *text, const char *expected)
{
	use("x-correlation-id", text);
	extract();
	cr_expect_str_eq(in.correlation, expected);
	cr_expect_eq(in.problems & ~(unsigned)TRACE_MISSING,
		*expected ? 0 : TRACE_CORRELATION_INVALID, "'%s'", text);
}

Test(trace_carriers, takes_a_correlation_id_of_letters_digits_and_three_signs)
{
	static const char *const wrong[] = {"", " ", "a b", "a\nb", "a\r\nset-cookie: b",
		"a/b", "a,b", "a\"b", "<b>", "\xc3\xa9", "a\x7f", "a=b", "a:b"};
	char text[TRACE_CORRELATION_MAX + 2];

	correlation("a", "a");
	correlation(" AZaz09._-\t", "AZaz09._-");
	correlation(NONCE "a4c79db8f91e62ba598451687b169a63",
		NONCE "a4c79db8f91e62ba598451687b169a63");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		correlation(wrong[i], "");
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	correlation(text, "");
	correlation(text + 1, text + 1);
	use("x-correlation-id", "a");
	headers_add(&sent, "x-correlation-id", "a");
	extract();
	cr_assert_eq(in.problems & TRACE_CORRELATION_INVALID, TRACE_CORRELATION_INVALID);
}

Test(trace_carriers, compares_the_echo_of_a_correlation_id)
{
	const struct trace_carrier carrier = headers_carrier(&sent);

	headers_release(&sent);
	cr_assert_eq(trace_correlation_echo("abc", &carrier), TRACE_ECHO_ABSENT);
	use("x-correlation-id", " abc ");
	cr_assert_eq(trace_correlation_echo("abc", &carrier), TRACE_ECHO_SAME);
	cr_assert_eq(trace_correlation_echo("abd", &carrier), TRACE_ECHO_DIFFERS);
	cr_assert_eq(trace_correlation_echo("ab", &carrier), TRACE_ECHO_DIFFERS);
	headers_add(&sent, "x-correlation-id", "abc");
	cr_assert_eq(trace_correlation_echo("abc", &carrier), TRACE_ECHO_DIFFERS);
	pass(TRACE_CONTINUE, 0, "abc");
	sends("x-correlation-id", "abc");
}

static bool refuse(void *context, const char *name, const char *value, size_t length)
{
	unsigned *count = context;

	(void)name, (void)value, (void)length;
	++*count;
	return false;
}

Test(trace_carriers, says_when_a_carrier_refuses_and_tries_the_rest)
{
	unsigned count = 0;
	struct trace_carrier carrier = {.context = &count, .set = refuse, .formats = 7};

	use("traceparent", PARENT);
	headers_add(&sent, "tracestate", "a=1");
	extract();
	trace_context_start(&in, TRACE_CONTINUE, nonce);
	cr_assert_not(trace_context_inject(&in, span_id, "abc", &carrier));
	cr_assert_eq(count, 7);
	carrier.set = NULL;
	cr_assert_not(trace_context_inject(&in, span_id, "abc", &carrier));
}
