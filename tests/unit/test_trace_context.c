#include "core/trace_context.h"
#include "core/trace_environment.h"
#include "tests/header_carrier.h"

#include <criterion/criterion.h>
#include <stdio.h>

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

static bool extract(void)
{
	const struct trace_carrier carrier = headers_carrier(&sent);

	return trace_context_extract(&in, &carrier);
}

/* What a request carries that is sent on the way of one with `sent`. */
static void pass(enum trace_policy policy, unsigned formats, const char *correlation)
{
	struct trace_carrier carrier = headers_carrier(&out);

	carrier.formats = formats;
	extract();
	trace_context_start(&in, policy, nonce);
	headers_release(&out);
	cr_assert(trace_context_inject(&in, span_id, correlation, &carrier));
}

static void use(const char *name, const char *value)
{
	headers_release(&sent);
	headers_add(&sent, name, value);
}

static void sends(const char *name, const char *expected)
{
	const char *value = headers_one(&out, name);

	if (expected) {
		cr_assert_not_null(value, "no %s", name);
		cr_expect_str_eq(value, expected);
	} else {
		cr_expect_null(value, "%s: %s", name, value);
	}
}

Test(trace_context, goes_on_with_our_span_as_the_parent)
{
	use("traceparent", PARENT);
	cr_assert(extract());
	cr_assert_eq(in.source, TRACE_SOURCE_W3C);
	cr_assert_eq(in.problems, 0);
	pass(TRACE_CONTINUE, 0, NULL);
	sends("traceparent", "00-" TRACE "-" OURS "-01");
	sends("tracestate", NULL);
	sends("x-correlation-id", NULL);
	sends("b3", NULL);
}

Test(trace_context, starts_a_trace_of_the_nonce_when_nothing_comes_in)
{
	headers_release(&sent);
	cr_assert_not(extract());
	cr_assert_eq(in.problems, TRACE_MISSING);
	pass(TRACE_CONTINUE, 0, NULL);
	sends("traceparent", "00-" NONCE "-" OURS "-03");
	cr_assert_not(in.has_link);
}

/* Each of them: a new trace, without the tracestate that came with it. */
Test(trace_context, starts_anew_after_a_parent_that_is_invalid)
{
	static const char *const wrong[] = {
		"",
		" ",
		"-",
		"00",
		"00-" TRACE "-" SPAN,
		"00-" TRACE "-" SPAN "-",
		"00-" TRACE "-" SPAN "-1",
		"00-" TRACE "-" SPAN "-011",
		PARENT "-",
		PARENT "-what-comes-later",
		PARENT ".",
		"ff-" TRACE "-" SPAN "-01",
		"ff-" TRACE "-" SPAN "-01-more",
		"0-" TRACE "-" SPAN "-01",
		"000-" TRACE "-" SPAN "-01",
		"0G-" TRACE "-" SPAN "-01",
		"01-" TRACE "-" SPAN "-01.more",
		"cc-" TRACE "-" SPAN "-01x",
		/* upper case, in each part */
		"FF-" TRACE "-" SPAN "-01",
		"0A-" TRACE "-" SPAN "-01",
		"00-4BF92F3577B34DA6A3CE929D0E0E4736-" SPAN "-01",
		"00-" TRACE "-00F067AA0BA902B7-01",
		"00-" TRACE "-" SPAN "-0A",
		/* no ids */
		"00-00000000000000000000000000000000-" SPAN "-01",
		"00-" TRACE "-0000000000000000-01",
		/* other separators, other characters */
		"00_" TRACE "-" SPAN "-01",
		"00-" TRACE "_" SPAN "-01",
		"00-" TRACE "-" SPAN "_01",
		"00-" TRACE "-" SPAN "-0.",
		"00-4bf92f3577b34da6a3ce929d0e0e473.-" SPAN "-01",
		"00-" TRACE "-00f067aa0ba902b.-01",
		"00-" TRACE "-" SPAN "-\xc3\xa9",
		"00-" TRACE "-" SPAN "-01, 00-" TRACE "-" SPAN "-01",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		use("traceparent", wrong[i]);
		headers_add(&sent, "tracestate", "a=1");
		cr_expect_not(extract(), "'%s'", wrong[i]);
		cr_expect_eq(in.problems, TRACE_PARENT_INVALID, "'%s'", wrong[i]);
		pass(TRACE_CONTINUE, 0, NULL);
		sends("traceparent", "00-" NONCE "-" OURS "-03");
		sends("tracestate", NULL);
	}
}

Test(trace_context, takes_one_parent_only)
{
	use("traceparent", PARENT);
	headers_add(&sent, "traceparent", PARENT);
	cr_assert_not(extract());
	cr_assert_eq(in.problems, TRACE_PARENT_REPEATED);
}

Test(trace_context, of_a_later_version_is_read_by_what_is_known)
{
	static const char *const right[] = {"01-" TRACE "-" SPAN "-01",
		"cc-" TRACE "-" SPAN "-01-what-the-future-brings",
		"fe-" TRACE "-" SPAN "-01-", " \t" PARENT "\t "};

	for (size_t i = 0; i < sizeof(right) / sizeof(*right); i++) {
		use("traceparent", right[i]);
		cr_assert(extract(), "'%s'", right[i]);
		pass(TRACE_CONTINUE, 0, NULL);
		sends("traceparent", "00-" TRACE "-" OURS "-01");
	}
}

/* Reserved flags are not passed on; the random flag is neither invented nor lost; who
 * does not sample is not overruled. */
Test(trace_context, passes_on_the_two_flags_that_are_known)
{
	static const char *const flags[][2] = {{"00", "00"}, {"01", "01"}, {"02", "02"},
		{"03", "03"}, {"ff", "03"}, {"fc", "00"}, {"fe", "02"}, {"09", "01"}};

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		char parent[64], expected[64];

		snprintf(parent, sizeof(parent), "00-" TRACE "-" SPAN "-%s", flags[i][0]);
		snprintf(expected, sizeof(expected), "00-" TRACE "-" OURS "-%s",
			flags[i][1]);
		use("traceparent", parent);
		pass(TRACE_CONTINUE, 0, NULL);
		sends("traceparent", expected);
	}
}

Test(trace_context, follows_the_policy_of_the_boundary)
{
	use("traceparent", "00-" TRACE "-" SPAN "-00");
	headers_add(&sent, "tracestate", "a=1");
	headers_add(&sent, "x-correlation-id", "abc");

	pass(TRACE_CONTINUE, 0, "abc");
	sends("traceparent", "00-" TRACE "-" OURS "-00");
	sends("tracestate", "a=1");
	cr_assert(in.has_link && in.has_context);
	cr_assert_eq(in.link.trace_id[0], 0x4b);
	cr_assert_str_eq(in.correlation, "abc");

	pass(TRACE_LINK, 0, NULL);
	sends("traceparent", "00-" NONCE "-" OURS "-03");
	sends("tracestate", NULL);
	cr_assert(in.has_link && !in.has_context);
	cr_assert_eq(in.link.trace_id[15], 0x36);
	cr_assert_eq(in.link.span_id[7], 0xb7);
	cr_assert_str_eq(in.correlation, "abc");

	pass(TRACE_RESTART, 0, NULL);
	sends("traceparent", "00-" NONCE "-" OURS "-03");
	cr_assert_not(in.has_link);
	cr_assert_eq(in.link.trace_id[0], 0);
	cr_assert_str_eq(in.correlation, "");
}

/* The tracestate that is sent on for one or two headers that came in; NULL: none, and
 * that is a problem of its own which does not touch the parent. */
static void state(const char *first, const char *second, const char *expected)
{
	use("traceparent", PARENT);
	headers_add(&sent, "tracestate", first);
	if (second)
		headers_add(&sent, "tracestate", second);
	pass(TRACE_CONTINUE, 0, NULL);
	sends("traceparent", "00-" TRACE "-" OURS "-01");
	sends("tracestate", expected);
	cr_expect_eq(in.problems, expected || !*first ? 0 : TRACE_STATE_INVALID, "'%s'",
		first);
}

Test(trace_context, passes_on_a_state_that_is_valid)
{
	state("a=1", NULL, "a=1");
	state("a=1,b=2", "c=3", "a=1,b=2,c=3");
	state(" a=1 ,\t, b=2\t,,", ",c=3,", "a=1,b=2,c=3");
	state("", NULL, NULL);
	state("a=1", "", "a=1");
	state("0a_-*/=1", NULL, "0a_-*/=1");
	state("a@b=1,0@=2,a@@=3", NULL, "a@b=1,0@=2,a@@=3");
	state("a= !\"#$%&'()*+-./0:;<>?@A[\\]^_`a{|}~", NULL,
		"a= !\"#$%&'()*+-./0:;<>?@A[\\]^_`a{|}~");
	/* of duplicates the first one stays */
	state("a=1,b=2,a=3", "b=4,c=5", "a=1,b=2,c=5");
	state("ab=1,a=2", "abc=3", "ab=1,a=2,abc=3");
}

Test(trace_context, drops_a_state_that_is_not)
{
	static const char *const wrong[] = {"a", "a=", "=1", "=", "a=1,b",
		"a=1,b=", "A=1", "aB=1", "_a=1", "-a=1", "@a=1", "a b=1", "a\tb=1",
		"a.b=1", "a=1=2", "a==1", "a=\x01", "a=x\x1f", "a=x\ty", "a=\x7f",
		"a=\x80", "a=\xc3\xa9", "\xc3\xa9=1", "a=x\r\nset-cookie: y", "a=x\ny",
		"a =1", "a=1;b=2"};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		state(wrong[i], NULL, NULL);
		state(wrong[i], "z=1", NULL);
		state("z=1", wrong[i], NULL);
	}
	state("a=1;b", NULL, "a=1;b"); /* ';' is a character like others */
	use("traceparent", PARENT);
	headers_add_bytes(&sent, "tracestate", "a=x\0y", 5);
	pass(TRACE_CONTINUE, 0, NULL);
	sends("tracestate", NULL);
	headers_release(&sent);
	headers_add(&sent, "traceparent", PARENT);
	headers_add_bytes(&sent, "tracestate", "a\0=y", 4);
	pass(TRACE_CONTINUE, 0, NULL);
	sends("tracestate", NULL);
}

Test(trace_context, takes_keys_and_values_of_256_and_no_more)
{
	static char text[1024];

	memset(text, 'k', 256);
	snprintf(text + 256, sizeof(text) - 256, "=1");
	state(text, NULL, text);
	memset(text, 'k', 257);
	snprintf(text + 257, sizeof(text) - 257, "=1");
	state(text, NULL, NULL);
	memset(text, 'v', 258);
	memcpy(text, "k=", 2);
	text[258] = '\0';
	state(text, NULL, text);
	text[258] = 'v';
	text[259] = '\0';
	state(text, NULL, NULL);
}

/* `count` members; of the greatest size when `is_wide`. */
static char *members(size_t count, bool is_wide)
{
	static char text[2 * TRACE_STATE_MAX];
	char *end = text;

	for (size_t i = 0; i < count; i++) {
		end += snprintf(end, sizeof(text) - (size_t)(end - text), "%sk%0*zu=%0*d",
			i ? "," : "", is_wide ? 255 : 2, i, is_wide ? 256 : 1, 7);
	}
	return text;
}

Test(trace_context, takes_32_members_and_no_more)
{
	char *text;

	state(members(32, false), NULL, members(32, false));
	state(members(33, false), NULL, NULL);
	state(members(32, false), "z=1", NULL);
	state(members(32, false), ",,", members(32, false));
	text = members(32, true);
	cr_assert_eq(strlen(text), TRACE_STATE_MAX);
	state(text, NULL, text);
	cr_assert_eq(in.tracestate_length, TRACE_STATE_MAX);
	state(members(33, true), NULL, NULL);
}

Test(trace_context, takes_as_many_headers_of_state_as_it_reads)
{
	use("traceparent", PARENT);
	for (size_t i = 0; i < TRACE_VALUES_MAX; i++)
		headers_add(&sent, "tracestate", i == TRACE_VALUES_MAX - 1 ? "a=1" : "");
	pass(TRACE_CONTINUE, 0, NULL);
	sends("tracestate", "a=1");
	headers_add(&sent, "tracestate", "");
	pass(TRACE_CONTINUE, 0, NULL);
	sends("tracestate", NULL);
	cr_assert_eq(in.problems, TRACE_STATE_INVALID);
}

Test(trace_context, leaves_a_state_alone_that_has_no_parent)
{
	use("tracestate", "a=1");
	cr_assert_not(extract());
	cr_assert_eq(in.problems, TRACE_MISSING);
	pass(TRACE_CONTINUE, 0, NULL);
	sends("tracestate", NULL);
}

/* What is sent on for one b3 header; NULL: it is invalid. */
static void b3(const char *value, const char *expected)
{
	use("b3", value);
	pass(TRACE_CONTINUE, 0, NULL);
	sends("traceparent", expected ? expected : "00-" NONCE "-" OURS "-03");
	cr_expect_eq(in.problems, expected ? 0 : TRACE_B3_INVALID, "'%s'", value);
	cr_expect_eq(in.source, TRACE_SOURCE_B3_SINGLE);
}

Test(trace_context, reads_b3_in_one_header)
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

Test(trace_context, refuses_other_b3_headers)
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

Test(trace_context, reads_b3_in_several_headers)
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

Test(trace_context, writes_b3_when_asked_to)
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

Test(trace_context, is_the_first_that_is_there)
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

Test(trace_context, comes_from_the_environment_when_the_headers_have_none)
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

Test(trace_context, goes_to_a_child_in_a_copy_of_the_environment)
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

Test(trace_context, takes_a_correlation_id_of_letters_digits_and_three_signs)
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

Test(trace_context, compares_the_echo_of_a_correlation_id)
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

Test(trace_context, says_when_a_carrier_refuses_and_tries_the_rest)
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
