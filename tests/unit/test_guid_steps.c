#include "core/guid_key.h"
#include "core/guid_steps.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <string.h>

Test(guid_steps, are_read_as_they_are_printed)
{
	static const char *const right[] = {"PROG:git", "CMD:remote", "CMD:", "CMD:a:b",
		"BRANCH:source=net", "BRANCH:a==b", "BRANCH:a=", "FORK:1", "OUTCOME:ok",
		"UNRESOLVED:unresolved", "CMD:x=y"};

	for (size_t i = 0; i < sizeof(right) / sizeof(*right); i++) {
		struct guid_way_step step;
		scoped_text text = {0};

		cr_expect(guid_step_parse(right[i], &step), "'%s'", right[i]);
		guid_step_print(&text, &step);
		cr_expect_str_eq(text.bytes, right[i]);
	}
}

Test(guid_steps, of_no_kind_are_refused)
{
	static const char *const wrong[] = {"", ":", "git", "prog:git", "PRO:git",
		"PROGS:git", " PROG:git", ":git", "BRANCH:source", "BRANCH:=net",
		"BRANCH:", "0:git"};
	struct guid_way_step step = {GUID_FORK, "before"};
	char text[4 + GUID_LABEL_MAX + 2];

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		cr_expect_not(guid_step_parse(wrong[i], &step), "'%s'", wrong[i]);
	memset(text, 'x', sizeof(text));
	memcpy(text, "CMD:", 4);
	text[sizeof(text) - 1] = '\0';
	cr_assert_not(guid_step_parse(text, &step));
	cr_assert_str_eq(step.label, "before");
	text[sizeof(text) - 2] = '\0';
	cr_assert(guid_step_parse(text, &step));
	cr_assert_eq(strlen(step.label), GUID_LABEL_MAX);
}

Test(guid_steps, taken_at_once_are_those_taken_one_by_one)
{
	static const struct guid_way_step steps[] = {
		{GUID_PROG, "polycall"}, {GUID_CMD, "telemetry"}, {GUID_OUTCOME, "ok"}};
	const uint8_t nonce[GUID_NONCE_SIZE] = {1};
	struct guid_chain one, other;
	struct guid_key key;

	guid_key_derive(&key, NULL);
	guid_begin(&one, &key, nonce, NULL);
	other = one;
	guid_take(&one, &key, steps, 3);
	for (size_t i = 0; i < 3; i++)
		guid_step(&other, &key, steps[i].kind, steps[i].label,
			strlen(steps[i].label));
	cr_assert(memcmp(&one, &other, sizeof(one)) == 0);
}
