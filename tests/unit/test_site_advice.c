#include "cli/site_advice.h"

#include "core/text.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

static void check(const char *reason, const char *expected)
{
	const char *advice = site_advice(reason);

	cr_assert(advice && strstr(advice, expected), "'%s': '%s'", reason,
		advice ? advice : "nothing");
}

Test(site_advice, says_what_to_do_about_each_kind_of_reason)
{
	check("2 definitions of 'die'", "--binary");
	check("ifunc: 'choose' chooses when the program is loaded", "resolver");
	check("weak, defined nowhere: 'f' is nothing, unless a library brings it",
		"linked");
	check("unit failed to parse: a.c, and 3 more", "units --failed");
	check("escapes to external 'dlsym_all'", "scan the code");
	check("passed to unknown code", "sites --open");
	check("dlsym with computed name", "pcarch trace");
	check("dlsym: any loaded object may define 'init'", "PLUG-INS");
	check("parameter of an exported function", "users");
	check("parameter of a function that loaded objects may call", "-rdynamic");
	check("variable 'hook', which other objects may set by its name", "--binary");
	check("'f' is called by no known call, though its address is taken", "who calls");
	check("no function's address is known to reach it", "NULL");
	check("field written through 'memcpy'", "copied");
	check("field 'x.y', which may be set by a library", "library's");
	check("stored in field 'x.y', of a library", "calls it with");
	check("given by external 'getter'", "its own");
	check("result of external 'get'", "what that function does");
	check("cast from integer", "cast");
	check("expression not understood", "expression");
}

Test(site_advice, has_none_for_what_it_does_not_know)
{
	cr_assert_null(site_advice("and 40 more"));
	cr_assert_null(site_advice(""));
}

static char *read_source(const char *path)
{
	static char source[1 << 20];
	FILE *file = fopen(path, "r");
	size_t size;

	cr_assert(file, "cannot open '%s'", path);
	size = fread(source, 1, sizeof(source) - 1, file);
	fclose(file);
	source[size] = '\0';
	return source;
}

/* The first text from `at` on, with those that follow it, before the next ';'. */
static const char *read_text(const char *at, struct text *out)
{
	bool is_inside = false;

	for (; *at && (is_inside || *at != ';'); at++) {
		if (*at == '"')
			is_inside = !is_inside;
		else if (is_inside)
			text_add_char(out, *at);
		else if (out->len && !isspace((unsigned char)*at))
			break;
	}
	return at;
}

/* Reasons are made by these calls, of the text that is given to them. */
static size_t check_source(const char *path)
{
	static const char *const makers[] = {
		"flow_reason(", "add_reason(writing, \"", "arena_printf("};
	const char *source = read_source(path);
	size_t count = 0;

	for (size_t m = 0; m < sizeof(makers) / sizeof(makers[0]); m++) {
		const char *at = source;

		while ((at = strstr(at, makers[m]))) {
			scoped_text reason = {0};

			at = strchr(at, '(');
			at = read_text(at, &reason);
			if (!reason.len || text_has_prefix(text_string(&reason), "and "))
				continue;
			cr_assert(site_advice(text_string(&reason)),
				"%s: no advice for '%s'", path, text_string(&reason));
			count++;
		}
	}
	return count;
}

Test(site_advice, has_some_for_every_reason_in_the_sources)
{
	size_t count = check_source(TEST_DATA "/../analyzer/link/site_write.c");
	glob_t paths;

	cr_assert_eq(glob(TEST_DATA "/../analyzer/flow/*.c", 0, NULL, &paths), 0);
	for (size_t i = 0; i < paths.gl_pathc; i++)
		count += check_source(paths.gl_pathv[i]);
	globfree(&paths);
	cr_assert_geq(count, 20, "only %zu reasons were found", count);
}
