#include "core/interner.h"

#include "core/arena.h"

#include <criterion/criterion.h>
#include <stdio.h>

Test(interner, equal_strings_are_one_pointer_however_many_there_are)
{
	struct arena arena = {0};
	scoped_interner strings = {.arena = &arena};
	const char *first[5000];
	char name[16];

	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "name%d", i);
		first[i] = intern_string(&strings, name);
	}
	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "name%d", i);
		cr_assert_eq(intern_string(&strings, name), first[i]);
		cr_assert_str_eq(first[i], name);
	}
	cr_assert_eq(strings.count, 5000);
	arena_release(&arena);
}

Test(interner, takes_a_part_of_a_string)
{
	struct arena arena = {0};
	scoped_interner strings = {.arena = &arena};

	cr_assert_eq(intern(&strings, "abcdef", 3), intern_string(&strings, "abc"));
	cr_assert_str_eq(intern(&strings, "", 0), "");
	arena_release(&arena);
}

Test(interner, finds_what_is_there_and_keeps_nothing)
{
	struct arena arena = {0};
	scoped_interner strings = {.arena = &arena};

	cr_assert_null(intern_find(&strings, "abc", 3));
	cr_assert_eq(intern_string(&strings, "abc"), intern_find(&strings, "abcd", 3));
	cr_assert_null(intern_find(&strings, "abcd", 4));
	cr_assert_eq(strings.count, 1);
	arena_release(&arena);
}
