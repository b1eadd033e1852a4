#include "tracer/telemetry/error_type.h"

#include <criterion/criterion.h>
#include <errno.h>

Test(error_type, of_http)
{
	cr_expect_null(error_type_of_http(200));
	cr_expect_null(error_type_of_http(399));
	cr_expect_str_eq(error_type_of_http(401)->name, "AUTH_FAILED");
	cr_expect_str_eq(error_type_of_http(418)->name, "BAD_REQUEST");
	cr_expect_str_eq(error_type_of_http(503)->name, "UNAVAILABLE");
	cr_expect(error_type_of_http(503)->is_retryable);
	cr_expect_str_eq(error_type_of_http(599)->name, "SERVER_ERROR");
}

Test(error_type, of_errno)
{
	cr_expect_null(error_type_of_errno(0));
	cr_expect_str_eq(error_type_of_errno(ECONNREFUSED)->name, "REFUSED");
	cr_expect_str_eq(error_type_of_errno(ENOSPC)->name, "NO_SPACE");
	cr_expect_str_eq(error_type_of_errno(99999)->name, ERROR_TYPE_OTHER);
}

Test(error_type, of_exit)
{
	cr_expect_null(error_type_of_exit(0));
	cr_expect_str_eq(error_type_of_exit(1)->name, "FAILED");
	cr_expect_str_eq(error_type_of_exit(2)->name, "USAGE");
	cr_expect_str_eq(error_type_of_exit(127)->name, "COMMAND_NOT_FOUND");
	cr_expect_str_eq(error_type_of_exit(128 + 9)->name, "KILLED");
	cr_expect_str_eq(error_type_of_exit(128 + 11)->name, "CRASHED");
	cr_expect_str_eq(error_type_of_exit(255)->name, "FAILED");
}

/* Every row of a table is in the catalogue: none falls to _OTHER by a slip. */
Test(error_type, tables_name_what_is_there)
{
	for (int i = 400; i < 600; i++)
		cr_expect_str_neq(error_type_of_http(i)->name, ERROR_TYPE_OTHER);
	for (int i = 1; i < 193; i++)
		cr_expect_str_neq(error_type_of_exit(i)->name, ERROR_TYPE_OTHER);
	cr_expect_str_eq(error_type_of_name("TIMEOUT")->name, "TIMEOUT");
	cr_expect_str_eq(error_type_of_name("whatever")->name, ERROR_TYPE_OTHER);
}
