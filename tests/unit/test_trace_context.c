#include "tests/passed_context.h"

#include <criterion/criterion.h>
#include <stdio.h>

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
