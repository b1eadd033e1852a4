#include "core/timestamp.h"

#include <criterion/criterion.h>
#include <inttypes.h>

static uint64_t parsed(const char *text)
{
	uint64_t ns = 0;

	cr_assert(timestamp_parse(text, &ns), "'%s' is a time", text);
	return ns;
}

static void refused(const char *text)
{
	uint64_t ns = 7;

	cr_assert_not(timestamp_parse(text, &ns), "'%s' is no time", text);
	cr_assert_eq(ns, 7, "the result is left alone");
}

Test(timestamp, counts_nanoseconds_since_1970)
{
	cr_assert_eq(parsed("1970-01-01T00:00:00Z"), 0);
	cr_assert_eq(parsed("2000-02-29T00:00:00Z"), UINT64_C(951782400000000000));
	cr_assert_eq(parsed("2025-05-04T15:31:00.000000001Z"),
		UINT64_C(1746372660000000001));
	cr_assert_eq(parsed("2025-05-04T15:31:00.5Z"), UINT64_C(1746372660500000000));
	cr_assert_eq(parsed("2100-03-01T00:00:00Z"), UINT64_C(4107542400000000000));
}

Test(timestamp, refuses_what_is_no_time_in_utc)
{
	const char *const texts[] = {"", "2025-05-04", "2025-05-04T15:31:00",
		"2025-05-04T15:31:00+00:00", "2025-05-04 15:31:00Z",
		"2025-05-04t15:31:00z", "2025-06-31T00:00:00Z", "2025-02-29T00:00:00Z",
		"2100-02-29T00:00:00Z", "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z",
		"2025-05-04T24:00:00Z", "2025-05-04T15:31:60Z", "2025-05-04T15:31:00.Z",
		"2025-05-04T15:31:00.0000000001Z", "2025-05-04T15:31:00Zx",
		"1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "-025-05-04T15:31:00Z"};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		refused(texts[i]);
}

Test(timestamp, prints_what_it_reads)
{
	char text[TIMESTAMP_SIZE];

	timestamp_print(UINT64_C(1746372660000000001), 9, text);
	cr_assert_str_eq(text, "2025-05-04T15:31:00.000000001Z");
	timestamp_print(UINT64_C(1746372660999999999), 3, text);
	cr_assert_str_eq(text, "2025-05-04T15:31:00.999Z");
	timestamp_print(UINT64_C(1746372660999999999), 0, text);
	cr_assert_str_eq(text, "2025-05-04T15:31:00Z");
	timestamp_print(UINT64_MAX, 9, text);
	cr_assert_str_eq(text, "2554-07-21T23:34:33.709551615Z");
}

Test(timestamp, takes_what_people_type)
{
	const uint64_t now = UINT64_C(1746372660000000000);
	const struct {
		const char *typed;
		uint64_t ns;
	} cases[] = {
		{"2025-05-04", UINT64_C(1746316800000000000)},
		{"2025-05-04T15:31", now},
		{"2025-05-04 15:31Z", now},
		{"2025-05-04T15:31:00.25", now + 250000000},
		{"90s", now - UINT64_C(90000000000)},
		{"10m", now - UINT64_C(600000000000)},
		{"2h", now - UINT64_C(7200000000000)},
		{"7d", now - UINT64_C(604800000000000)},
		{"9999999d", 0},
	};
	uint64_t ns;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert(timestamp_parse_typed(cases[i].typed, now, &ns), "'%s'",
			cases[i].typed);
		cr_assert_eq(ns, cases[i].ns, "'%s' is %" PRIu64, cases[i].typed, ns);
	}
	cr_assert_not(timestamp_parse_typed("yesterday", now, &ns));
	cr_assert_not(timestamp_parse_typed("10", now, &ns));
	cr_assert_not(timestamp_parse_typed("10w", now, &ns));
	cr_assert_not(timestamp_parse_typed("12345678s", now, &ns));
	cr_assert_not(timestamp_parse_typed("2025-05-04T15", now, &ns));
}
