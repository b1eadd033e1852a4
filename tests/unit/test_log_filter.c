#include "diff/log_filter.h"

#include "core/log_lines.h"

#include <criterion/criterion.h>
#include <string.h>

static void takes(const char *typed, const char *expected)
{
	char id[LOG_ID_SIZE];

	cr_assert(log_id_parse(typed, id), "%s", typed);
	cr_assert_str_eq(id, expected);
}

Test(log_filter, ids_are_taken_as_people_paste_them)
{
	char id[LOG_ID_SIZE];

	takes("01969bec", "01969bec");
	takes("01969BEC-0b20-70A1", "01969bec0b2070a1");
	takes("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	cr_assert_not(log_id_parse("", id));
	cr_assert_not(log_id_parse("01969be", id));
	cr_assert_not(log_id_parse("----------", id));
	cr_assert_not(log_id_parse("01969beg", id));
	cr_assert_not(log_id_parse("01969bec ", id));
	cr_assert_not(log_id_parse(
		"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0", id));
}

static void condition(const char *typed, const char *path, enum condition_kind kind,
	const char *value)
{
	struct log_condition condition;

	cr_assert(log_condition_parse(typed, &condition), "%s", typed);
	cr_assert_str_eq(condition.path, path);
	cr_assert_eq(condition.kind, kind);
	cr_assert_str_eq(condition.value, value);
}

Test(log_filter, conditions_have_a_key_and_a_value)
{
	static char long_key[300];
	struct log_condition parsed;

	condition("error.code=401", "error.code", CONDITION_IS, "401");
	condition("a=", "a", CONDITION_IS, "");
	condition("a=b=c", "a", CONDITION_IS, "b=c");
	condition("a!=b", "a", CONDITION_IS_NOT, "b");
	condition("a~b", "a", CONDITION_HAS, "b");
	cr_assert_not(log_condition_parse("a", &parsed));
	cr_assert_not(log_condition_parse("=b", &parsed));
	cr_assert_not(log_condition_parse("a!", &parsed));
	cr_assert_not(log_condition_parse("a!~b", &parsed));
	cr_assert_not(log_condition_parse("", &parsed));
	memset(long_key, 'k', sizeof(long_key) - 1);
	long_key[200] = '=';
	cr_assert_not(log_condition_parse(long_key, &parsed));
}

static bool may_match(const char *guid, const char *bytes)
{
	const struct log_filter filter = {.guid = guid};
	const struct log_line line = {.bytes = bytes, .len = strlen(bytes)};

	return log_filter_may_match(&filter, &line);
}

Test(log_filter, lines_are_passed_over_by_their_bytes_only_where_that_is_safe)
{
	cr_assert(may_match("01969bec", "{\"guid\":\"01969bec\"}"));
	cr_assert(may_match(NULL, "anything"));
	cr_assert_not(may_match("01969bec", "{\"guid\":\"11969bec\"}"));
	cr_assert(may_match("01969bec", "{\"guid\":\"\\u0030 1969bec\"}"));
}
