#include "cli/command.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>

static const char *const formats[] = {"text", "json", "dot", NULL};
static bool is_quiet, no_cache;
static const char *output = "static.json", *format = "text", *directory, *name;
static struct option_values rules, functions;
static unsigned jobs = 7, depth = 50;

static const struct option *test_options(void)
{
	static const struct option options[] = {
		{'q', "quiet", OPTION_FLAG, &is_quiet, NULL, "print less", NULL, 0, 0},
		{0, "no-cache", OPTION_FLAG, &no_cache, NULL, "read all again", NULL, 0,
			0},
		{'j', "jobs", OPTION_NUMBER, &jobs, "N", "at once", NULL, 1, 256},
		{0, "depth", OPTION_NUMBER, &depth, "N", "no limit above", NULL, 0, 0},
		{'o', "output", OPTION_FILE, &output, "FILE", "where to", NULL, 0, 0},
		{0, "rules", OPTION_FILES, &rules, "FILE", "more, each time", NULL, 0, 0},
		{0, "from", OPTION_FUNCTIONS, &functions, "FN", "each", NULL, 0, 0},
		{'p', "database", OPTION_DIR, &directory, "DIR", "where from", NULL, 0,
			0},
		{0, "format", OPTION_CHOICE, &format, "NAME", "how", formats, 0, 0},
		{0, "name", OPTION_STRING, &name, "TEXT", "what", NULL, 0, 0},
		{0},
	};

	return options;
}

static const struct command test_command = {
	.name = "test",
	.args = "[options] FILE...",
	.summary = "test the options",
	.options = test_options,
};

enum {
	MOST_ARGUMENTS = 16
};

static char *arguments[MOST_ARGUMENTS];
static char **left;
static int nleft;

/* Parse "test" and the words, NULL-terminated; what is left goes to `left`. */
static int parse(const struct command *command, const char *const *words)
{
	arguments[0] = (char *)"test";
	nleft = 1;
	while (words[nleft - 1]) {
		arguments[nleft] = (char *)words[nleft - 1];
		nleft++;
	}
	arguments[nleft] = NULL;
	left = arguments;
	return command->name ? options_parse(command, &nleft, &left)
			     : options_parse_leading(command, &nleft, &left);
}

#define PARSE(...) parse(&test_command, (const char *const[]){__VA_ARGS__, NULL})

static void assert_left(const char *first, const char *second)
{
	cr_assert_eq(nleft, !!first + !!second);
	cr_assert(!first || strcmp(left[0], first) == 0);
	cr_assert(!second || strcmp(left[1], second) == 0);
	cr_assert_null(left[nleft]);
}

#define REFUSED(message, ...)                                                 \
	do {                                                                  \
		cr_redirect_stderr();                                         \
		cr_assert_eq(PARSE(__VA_ARGS__), EXIT_USAGE);                 \
		fflush(stderr);                                               \
		cr_assert_stderr_eq_str("pcarch test: error: " message "\n"); \
	} while (0)

Test(options, files_may_be_given_again_and_keep_their_order)
{
	cr_assert_eq(PARSE("--rules", "b.json", "x", "--rules=a.json"), -1);
	cr_assert_eq(rules.count, 2);
	cr_assert_str_eq(rules.items[0], "b.json");
	cr_assert_str_eq(rules.items[1], "a.json");
	assert_left("x", NULL);
}

Test(options, nothing_given_leaves_the_defaults)
{
	cr_assert_eq(parse(&test_command, (const char *const[]){NULL}), -1);
	assert_left(NULL, NULL);
	cr_assert_eq(jobs, 7);
	cr_assert_str_eq(output, "static.json");
	cr_assert_eq(is_quiet, false);
}

Test(options, long_values_stand_after_an_equals_sign_or_next)
{
	cr_assert_eq(PARSE("--jobs=3", "--output", "x.json", "--format=dot"), -1);
	assert_left(NULL, NULL);
	cr_assert_eq(jobs, 3);
	cr_assert_str_eq(output, "x.json");
	cr_assert_str_eq(format, "dot");
}

Test(options, short_options_cluster_and_the_last_takes_the_rest)
{
	cr_assert_eq(PARSE("-qj12", "-p", "b"), -1);
	cr_assert(is_quiet);
	cr_assert_eq(jobs, 12);
	cr_assert_str_eq(directory, "b");
	cr_assert_eq(PARSE("-j", "4", "-ox"), -1);
	cr_assert_eq(jobs, 4);
	cr_assert_str_eq(output, "x");
}

Test(options, the_last_value_given_counts)
{
	cr_assert_eq(PARSE("-j2", "--jobs=3", "-j", "5"), -1);
	cr_assert_eq(jobs, 5);
}

Test(options, a_lone_dash_is_an_operand_and_a_value)
{
	cr_assert_eq(PARSE("-", "-o", "-"), -1);
	assert_left("-", NULL);
	cr_assert_str_eq(output, "-");
}

Test(options, options_may_follow_operands)
{
	cr_assert_eq(PARSE("a.c", "-q", "b.c"), -1);
	assert_left("a.c", "b.c");
	cr_assert(is_quiet);
	cr_assert_eq(options_before_dashes(), 2);
	cr_assert_not(options_has_dashes());
}

Test(options, two_dashes_are_seen_although_nothing_follows)
{
	cr_assert_eq(PARSE("a.c", "--"), -1);
	assert_left("a.c", NULL);
	cr_assert_eq(options_before_dashes(), 1);
	cr_assert(options_has_dashes());
}

Test(options, after_two_dashes_everything_stays_as_it_stands)
{
	cr_assert_eq(PARSE("a.c", "-j3", "--", "--quiet", "--", "-o"), -1);
	cr_assert_eq(nleft, 4);
	cr_assert_str_eq(left[1], "--quiet");
	cr_assert_str_eq(left[2], "--");
	cr_assert_str_eq(left[3], "-o");
	cr_assert_null(left[4]);
	cr_assert_eq(options_before_dashes(), 1);
	cr_assert_not(is_quiet);
}

Test(options, a_value_may_look_like_an_option_but_not_be_two_dashes)
{
	cr_assert_eq(PARSE("--name", "--quiet"), -1);
	cr_assert_str_eq(name, "--quiet");
	REFUSED("option '--name' needs a value: '--name=TEXT'", "--name", "--", "cc");
}

Test(options, long_options_are_never_abbreviated)
{
	REFUSED("unknown option '--quie'; did you mean '--quiet'?", "--quie");
}

Test(options, an_unknown_option_names_the_nearest)
{
	REFUSED("unknown option '--jbos'; did you mean '--jobs'?", "--jbos=3");
}

Test(options, an_unknown_option_far_from_all_names_the_help)
{
	REFUSED("unknown option '--frobnicate'; '--help' lists the options",
		"--frobnicate");
}

Test(options, no_stands_only_where_the_table_has_it)
{
	cr_assert_eq(PARSE("--no-cache"), -1);
	cr_assert(no_cache);
	REFUSED("unknown option '--no-quiet'; did you mean '--quiet'?", "--no-quiet");
}

Test(options, an_unknown_letter_is_named_within_its_cluster)
{
	REFUSED("unknown option '-x' in '-qx'; '--help' lists the options", "-qx");
}

Test(options, an_unknown_letter_in_the_other_case_is_suggested)
{
	REFUSED("unknown option '-J'; did you mean '-j'?", "-J");
}

Test(options, a_flag_takes_no_value)
{
	REFUSED("option '--quiet' takes no value, but was given 'yes'", "--quiet=yes");
}

Test(options, a_missing_value_is_an_error)
{
	REFUSED("option '--jobs' needs a value: '--jobs=N'", "-qj");
}

Test(options, an_empty_file_name_is_an_error)
{
	REFUSED("option '--output' needs a name, not the empty string", "--output=");
}

Test(options, a_wrong_choice_lists_them_and_the_nearest)
{
	REFUSED("option '--format' takes text, json or dot, not 'jsno'; did you mean 'json'?",
		"--format", "jsno");
}

Test(options, control_characters_do_not_reach_the_terminal)
{
	REFUSED("unknown option '--\\x1B[2J'; '--help' lists the options", "--\033[2J");
}

Test(options, numbers_are_decimal_and_nothing_else)
{
	static const char *const bad[] = {"", " 4", "4 ", "+4", "-4", "0x4", "4k", "1e2",
		"0", "257", "4294967300", "99999999999999999999"};

	cr_redirect_stderr();
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		cr_assert_eq(PARSE("--jobs", bad[i]), EXIT_USAGE, "'%s' was taken",
			bad[i]);
		cr_assert_eq(jobs, 7);
	}
}

Test(options, a_number_out_of_range_says_the_range)
{
	REFUSED("option '--jobs' takes a number from 1 to 256, not '257'", "-j257");
}

Test(options, a_number_without_a_limit_reaches_the_largest)
{
	cr_assert_eq(PARSE("--depth=4294967295"), -1);
	cr_assert_eq(depth, 4294967295);
	REFUSED("option '--depth' takes a number from 0 to 4294967295, not '4294967296'",
		"--depth=4294967296");
}

Test(options, leading_options_end_at_the_first_operand)
{
	static const struct command before = {.options = test_options};

	cr_assert_eq(parse(&before, (const char *const[]){"-q", "scan", "--bogus", NULL}),
		-1);
	assert_left("scan", "--bogus");
	cr_assert(is_quiet);
}

Test(options, help_ends_parsing_and_fits_80_columns)
{
	char line[256];
	FILE *out;

	cr_redirect_stdout();
	cr_assert_eq(PARSE("-qh", "--bogus"), EXIT_CLEAN);
	fflush(stdout);
	out = cr_get_redirected_stdout();
	cr_assert_not_null(fgets(line, sizeof(line), out));
	cr_assert_str_eq(line, "pcarch test: test the options\n");
	while (fgets(line, sizeof(line), out)) {
		cr_assert_leq(strlen(line), 81, "too long: %s", line);
		if (strstr(line, "WHEN"))
			return; /* the row that every command has */
	}
	cr_assert(false, "--color is not listed");
}

Test(options, an_empty_argv_is_survived)
{
	char *none[] = {NULL};
	char **argv = none;
	int argc = 0;

	cr_assert_eq(options_parse(&test_command, &argc, &argv), -1);
	cr_assert_eq(argc, 0);
}

Test(options, functions_may_be_given_again)
{
	cr_assert_eq(PARSE("--from=a", "--from", ""), -1);
	cr_assert_eq(functions.count, 2);
	cr_assert_str_eq(functions.items[0], "a");
	cr_assert_str_eq(functions.items[1], "");
}
