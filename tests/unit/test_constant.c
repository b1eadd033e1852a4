#include "tracer/telemetry/constant.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char writable[] = "status";

Test(constant, is_what_the_program_was_built_with)
{
	char stack[] = "status", *heap = strdup("status");

	cr_expect(constant_holds("status"));
	cr_expect_not(constant_holds(stack));
	cr_expect_not(constant_holds(heap));
	cr_expect_not(constant_holds(writable));
	cr_expect_not(constant_holds(getenv("PATH")));
	cr_expect_not(constant_holds(NULL));
	cr_expect(constant_holds("status"), "again, as it is remembered");
	cr_expect(constant_holds(strerror(2)), "of a library");
	free(heap);
}

Test(constant, names_have_few_characters)
{
	cr_expect(constant_is_name("GET /status"));
	cr_expect_not(constant_is_name(""));
	cr_expect_not(constant_is_name("a\nb"));
	cr_expect_not(constant_is_name("a\"b"));
	cr_expect_not(constant_is_name(
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}
