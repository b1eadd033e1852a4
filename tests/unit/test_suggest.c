#include "core/suggest.h"

#include <criterion/criterion.h>
#include <limits.h>

static const char *nearest(const char *word, const char *const *names)
{
	struct suggestion suggestion = {.word = word};

	for (; *names; names++)
		suggestion_offer(&suggestion, *names);
	return suggestion.nearest;
}

static const char *const names[] = {"scan", "show", "extract", "link", "validate", NULL};

Test(suggest, distance_counts_each_kind_of_edit_once)
{
	cr_assert_eq(suggest_distance("scan", "scan"), 0);
	cr_assert_eq(suggest_distance("scan", "scann"), 1);
	cr_assert_eq(suggest_distance("scan", "san"), 1);
	cr_assert_eq(suggest_distance("scan", "scam"), 1);
	cr_assert_eq(suggest_distance("scan", "sacn"), 1);
	cr_assert_eq(suggest_distance("ca", "abc"), 3); /* restricted: not 2 */
	cr_assert_eq(suggest_distance("", "abc"), 3);
	cr_assert_eq(suggest_distance("kitten", "sitting"), 3);
}

Test(suggest, distance_is_symmetric_up_to_the_longest_word)
{
	char longest[64], too_long[65];

	memset(longest, 'a', 63);
	longest[63] = '\0';
	memset(too_long, 'a', 64);
	too_long[64] = '\0';
	cr_assert_eq(suggest_distance(longest, "a"), 62);
	cr_assert_eq(suggest_distance("a", longest), 62);
	cr_assert_eq(suggest_distance(too_long, "a"), UINT_MAX);
	cr_assert_eq(suggest_distance("a", too_long), UINT_MAX);
}

Test(suggest, a_slip_of_the_finger_finds_the_name)
{
	cr_assert_str_eq(nearest("scna", names), "scan");
	cr_assert_str_eq(nearest("shwo", names), "show");
	cr_assert_str_eq(nearest("extarct", names), "extract");
}

Test(suggest, an_abbreviation_finds_the_name)
{
	cr_assert_str_eq(nearest("val", names), "validate");
	cr_assert_str_eq(nearest("ext", names), "extract");
}

Test(suggest, a_word_far_from_all_names_finds_none)
{
	cr_assert_null(nearest("frobnicate", names));
	cr_assert_null(nearest("x", names));
	cr_assert_null(nearest("", names));
}

Test(suggest, a_slip_beats_an_abbreviation_only_when_nearer)
{
	static const char *const both[] = {"color-depth", "colour", NULL};

	cr_assert_str_eq(nearest("color", both), "color-depth"); /* equals: the first */
	cr_assert_str_eq(nearest("colour", both), "colour");
}
