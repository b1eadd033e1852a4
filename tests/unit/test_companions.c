#include "analyzer/link/companions.h"

#include <criterion/criterion.h>

enum {
	MAIN_A,
	MAIN_B,
	PART_A,
	PART_B,
	LIBRARY,
	OTHER,
	NUNITS
};

static struct companions *companions;

static void make(void)
{
	companions = companions_new(NUNITS);
}

static void drop(void)
{
	companions_free(companions);
}

TestSuite(companions, .init = make, .fini = drop);

Test(companions, follow_each_other_through_any_number_of_units)
{
	companions_add(companions, MAIN_A, PART_A);
	companions_add(companions, PART_A, LIBRARY);
	companions_add(companions, LIBRARY, OTHER);
	companions_add(companions, OTHER, PART_A); /* round in a circle */
	cr_assert(companions_has(companions, MAIN_A, OTHER));
	cr_assert(companions_has(companions, OTHER, LIBRARY));
	cr_assert(companions_has(companions, LIBRARY, LIBRARY));
	cr_assert_not(companions_has(companions, OTHER, MAIN_A));
	cr_assert_not(companions_has(companions, MAIN_A, PART_B));
}

Test(companions, of_two_programs_are_apart)
{
	companions_add_main(companions, MAIN_A);
	companions_add_main(companions, MAIN_B);
	companions_add(companions, PART_A, MAIN_A);
	companions_add(companions, PART_B, MAIN_B);
	companions_add(companions, MAIN_A, LIBRARY);
	companions_add(companions, MAIN_B, LIBRARY);
	cr_assert(companions_are_apart(companions, PART_A, PART_B));
	cr_assert(companions_are_apart(companions, MAIN_A, PART_B));
	cr_assert_not(companions_are_apart(companions, MAIN_A, PART_A));
	cr_assert_not(companions_are_apart(companions, LIBRARY, PART_A));
	cr_assert_not(companions_are_apart(companions, OTHER, PART_A));
}

Test(companions, that_are_called_by_two_programs_belong_to_neither)
{
	companions_add_main(companions, MAIN_A);
	companions_add_main(companions, MAIN_B);
	companions_add(companions, MAIN_A, LIBRARY);
	companions_add(companions, MAIN_B, LIBRARY);
	companions_add(companions, LIBRARY, OTHER);
	cr_assert_not(companions_are_apart(companions, MAIN_A, OTHER));
	cr_assert_not(companions_has(companions, OTHER, MAIN_A));
}

/* The library names a function of A's main where the compiler drops the call. */
Test(companions, of_a_contradiction_are_not_believed)
{
	companions_add_main(companions, MAIN_A);
	companions_add_main(companions, MAIN_B);
	companions_add(companions, LIBRARY, MAIN_A);
	companions_add(companions, MAIN_A, PART_A);
	companions_add(companions, MAIN_B, LIBRARY);
	companions_add(companions, OTHER, MAIN_B);
	companions_add(companions, PART_B, PART_A);
	cr_assert_not(companions_are_apart(companions, LIBRARY, MAIN_B));
	cr_assert_not(companions_are_apart(companions, MAIN_A, MAIN_B));
	cr_assert_not(companions_has(companions, LIBRARY, MAIN_A));
	cr_assert_not(companions_has(companions, OTHER, LIBRARY));
	cr_assert(companions_has(companions, PART_B, PART_A));
}

Test(companions, that_define_the_same_are_a_contradiction)
{
	static const uint32_t rivals[] = {PART_A, PART_B};

	companions_add(companions, LIBRARY, PART_A);
	companions_add(companions, LIBRARY, PART_B);
	companions_add(companions, OTHER, PART_A);
	companions_add_rivals(companions, rivals, 2);
	cr_assert_not(companions_has(companions, LIBRARY, PART_A));
	cr_assert(companions_has(companions, OTHER, PART_A));
}
