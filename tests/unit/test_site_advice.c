#include "cli/site_advice.h"

#include <criterion/criterion.h>
#include <string.h>

static void check(const char *reason, const char *expected)
{
	const char *advice = site_advice(reason);

	cr_assert(advice && strstr(advice, expected), "'%s': '%s'", reason,
		advice ? advice : "nothing");
}

Test(site_advice, knows_what_to_do_about_each_kind_of_reason)
{
	check("2 definitions of 'die'", "--binary");
	check("unit 'a.c' was not read", "units --failed");
	check("escapes to external 'dlsym_all'", "scan the code");
	check("passed to unknown code", "that code");
	check("dlsym with computed name", "what is looked up");
	check("result of external 'dlsym'", "what is looked up");
	check("parameter of an exported function, 'visit'", "--binary");
	check("'f' is called by no known call, though its address is taken", "who calls");
	check("no function's address is known to reach it", "plug-in");
	check("field written through 'memcpy'", "copied");
	check("result of external 'get'", "what that function does");
	check("field 'x.y', which may be set by a library", "library");
	check("read from memory through void*", "stored");
	check("cast from integer", "cast");
}

Test(site_advice, has_none_for_what_it_does_not_know)
{
	cr_assert_null(site_advice("and 40 more"));
	cr_assert_null(site_advice(""));
}
