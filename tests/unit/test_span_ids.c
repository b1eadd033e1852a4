#include "core/span_ids.h"

#include <criterion/criterion.h>
#include <string.h>

Test(span_ids, are_never_zero_and_never_the_same)
{
	enum {
		N = 2000
	};
	static uint8_t made[N][8];
	static const uint8_t zeros[8];
	struct span_ids ids = {0};

	for (size_t i = 0; i < N; i++) {
		cr_assert(span_ids_next(&ids, made[i]));
		cr_assert(memcmp(made[i], zeros, 8) != 0);
		for (size_t j = 0; j < i; j++)
			cr_assert(memcmp(made[i], made[j], 8) != 0);
	}
}

Test(span_ids, skip_what_is_zero)
{
	struct span_ids ids = {.bytes = {7}, .nleft = 3};
	uint8_t id[8];

	cr_assert(span_ids_next(&ids, id));
	cr_assert_eq(id[0], 7);
	cr_assert_eq(ids.nleft, 0);
}

/* As a forked child has to: with its parent's store it would make its parent's ids. */
Test(span_ids, of_a_store_that_was_forgotten_are_others)
{
	struct span_ids parent = {0}, child;
	uint8_t one[8], two[8];

	cr_assert(span_ids_next(&parent, one));
	child = parent;
	span_ids_forget(&child);
	cr_assert(span_ids_next(&parent, one));
	cr_assert(span_ids_next(&child, two));
	cr_assert(memcmp(one, two, 8) != 0);
}
