#include "analyzer/ninja.h"

#include "analyzer/compile/units.h"
#include "core/error.h"
#include "core/text.h"
#include "scratch.h"

#include <criterion/criterion.h>

/*
 * pcarch and pcarch-cc as the rules need them. The facts are the arguments, the working
 * directory and the text; each call is a line in calls/.
 */
static const char fake_extractor[] =
	"#!/bin/sh\n"
	"root=${0%/*}\n"
	"mktemp \"$root/calls/XXXXXX\" >>\"$root/log\"\n"
	"for word; do\n"
	"	case $last in -c) in=$word;; -o) out=$word;; -MF) dep=$word;; esac\n"
	"	last=$word\n"
	"done\n"
	"{ pwd; printf '<%s>\\n' \"$@\"; cat \"$in\" \"$root/a.h\"; } >\"$out\"\n"
	"escape() { printf '%s' \"$1\" | sed 's/[ #]/\\\\&/g; s/\\$/$$/g'; }\n"
	"echo \"$(escape \"$out\"): $(escape \"$in\") $root/a.h\" >\"$dep\"\n";

static const char fake_linker[] =
	"#!/bin/sh\n"
	"[ \"$1\" = link ] && [ \"$3\" = -o ] || exit 2\n"
	"while read -r file || [ \"$file\" ]; do eval cat \"$file\"; done <\"${2#@}\" >\"$4\"\n";

static void script(const char *name, const char *text)
{
	scratch_write(name, text);
	cr_assert_eq(chmod(scratch_path(name), 0700), 0);
}

static void set_up(void)
{
	unsetenv("CCACHE_DISABLE");
	scratch_make();
	setenv("CCACHE_DIR", scratch_path("ccache"), 1);
	cr_assert_eq(mkdir(scratch_path("calls"), 0700), 0);
	script("pcarch-cc", fake_extractor);
	script("pcarch", fake_linker);
	scratch_write("a.h", "header\n");
	scratch_write("a.c", "source a\n");
	scratch_write("b.c", "source b\n");
}

TestSuite(ninja, .init = set_up, .fini = scratch_remove);

/* Run a shell command in the scratch directory, quietly. Returns its exit status. */
static int shell(const char *command)
{
	scoped_text line = {0};

	text_printf(&line, "cd '%s' && { %s; } >log 2>&1", scratch_dir, command);
	return system(line.bytes); /* NOLINT(cert-env33-c): the test's own words */
}

static void need(const char *program)
{
	scoped_text line = {0};

	text_printf(&line, "command -v %s", program);
	if (shell(line.bytes) != 0)
		cr_skip_test("%s is not installed", program);
}

static bool write_ninja(struct scan_unit *units, size_t nunits, const char *launcher,
	const char *fingerprint, struct error *err)
{
	struct unit_list list = {.units = units, .nunits = nunits};
	struct ninja_options options = {.program = scratch_path("pcarch"),
		.object_dir = scratch_path("the facts"),
		.output = "static.json",
		.launcher = launcher,
		.fingerprint = fingerprint};
	FILE *out = fopen(scratch_path("build.ninja"), "w");
	bool ok;

	cr_assert_not_null(out);
	ok = ninja_write(out, &list, &options, err);
	fclose(out);
	return ok;
}

static struct scan_unit unit(const char *name, const char *const *arguments, size_t n)
{
	return (struct scan_unit){.directory = scratch_dir,
		.file = scratch_path(name),
		.arguments = arguments,
		.narguments = n};
}

static const char *read_back(const char *name)
{
	static char text[65536];
	FILE *in = fopen(scratch_path(name), "r");
	size_t n;

	cr_assert_not_null(in, "%s is missing", name);
	n = fread(text, 1, sizeof(text) - 1, in);
	fclose(in);
	text[n] = '\0';
	return text;
}

/* Run ninja; returns how often the extractor was called. */
static int calls_of_ninja(void)
{
	shell("rm -f calls/*");
	cr_assert_eq(shell("ninja -j2"), 0, "%s", read_back("log"));
	shell("ls calls | wc -l");
	return (int)strtol(read_back("log"), NULL, 10);
}

static void write_two(const char *launcher, const char *fingerprint)
{
	static const char *const arguments[] = {"-O2"};
	struct scan_unit units[] = {unit("a.c", arguments, 1), unit("b.c", arguments, 1)};
	struct error err = {0};

	cr_assert(write_ninja(units, 2, launcher, fingerprint, &err), "%s", err.text);
}

Test(ninja, reads_each_unit_and_links_the_facts)
{
	need("ninja");
	write_two(NULL, "v1");
	cr_assert_eq(calls_of_ninja(), 2);
	cr_assert_not_null(strstr(read_back("static.json"), "source a\nheader\n"));
	cr_assert_not_null(strstr(read_back("static.json"), "source b\nheader\n"));
	cr_assert_eq(calls_of_ninja(), 0, "nothing has changed");
}

Test(ninja, reads_again_what_a_change_touches)
{
	need("ninja");
	write_two(NULL, "v1");
	cr_assert_eq(calls_of_ninja(), 2);
	scratch_write("a.c", "source A\n");
	scratch_age("a.c", -5);
	cr_assert_eq(calls_of_ninja(), 1);
	cr_assert_not_null(strstr(read_back("static.json"), "source A\n"));
	scratch_write("a.h", "HEADER\n");
	scratch_age("a.h", -5);
	cr_assert_eq(calls_of_ninja(), 2);
	cr_assert_not_null(strstr(read_back("static.json"), "HEADER\n"));
}

Test(ninja, hands_over_arguments_as_they_are)
{
	static const char *const arguments[] = {"-DA=a b", "-DB='\"",
		"-DC=$HOME $$x ${in}", "-DD=`touch bad`", "-DE=$(touch bad)",
		"-DF=;|&<>*?[]~!#", "-DG=\\\\n:", "", "-DH=\t ", "@x", "-I/a:b"};
	enum {
		COUNT = sizeof(arguments) / sizeof(*arguments)
	};
	struct scan_unit units[] = {unit("a.c", arguments, COUNT)};
	struct error err = {0};
	scoped_text expected = {0};

	need("ninja");
	for (size_t i = 0; i < COUNT; i++)
		text_printf(&expected, "<%s>\n", arguments[i]);
	text_add(&expected, "<-MD>\n");
	cr_assert(write_ninja(units, 1, NULL, "v1", &err), "%s", err.text);
	cr_assert_eq(calls_of_ninja(), 1);
	cr_assert_not_null(strstr(read_back("static.json"), expected.bytes), "%s",
		read_back("static.json"));
	cr_assert_neq(access(scratch_path("bad"), F_OK), 0);
}

Test(ninja, takes_odd_paths)
{
	struct scan_unit units[2] = {0};
	struct error err = {0};

	need("ninja");
	cr_assert_eq(mkdir(scratch_path("a $b 'c'"), 0700), 0);
	cr_assert_eq(mkdir(scratch_path("a $b c"), 0700), 0);
	/* No quotes here: ninja reads them as blanks in a depfile, and would run it each
	 * time. */
	scratch_write("a $b c/x:y z.c", "odd\n");
	units[0] = unit("a $b c/x:y z.c", NULL, 0);
	units[0].directory = scratch_path("a $b 'c'");
	units[1] = unit("a.c", NULL, 0);
	cr_assert(write_ninja(units, 2, NULL, "v1", &err), "%s", err.text);
	cr_assert_eq(calls_of_ninja(), 2);
	cr_assert_not_null(strstr(read_back("static.json"), "a $b 'c'\n<-MD>"));
	cr_assert_not_null(strstr(read_back("static.json"), "odd\n"));
	cr_assert_eq(calls_of_ninja(), 0, "the depfile names them as ninja does");
}

Test(ninja, facts_of_like_named_units_do_not_collide)
{
	static const char *const flags[] = {"-DA"};
	struct scan_unit units[4];
	struct error err = {0};

	need("ninja");
	cr_assert_eq(mkdir(scratch_path("x"), 0700), 0);
	scratch_write("x/a.c", "");
	scratch_write("x_a.c", "");
	units[0] = unit("a.c", NULL, 0);
	units[1] = unit("a.c", flags, 1);
	units[1].variant = 1;
	units[2] = unit("x/a.c", NULL, 0);
	units[3] = unit("x_a.c", NULL, 0);
	cr_assert(write_ninja(units, 4, NULL, "v1", &err), "%s", err.text);
	cr_assert_eq(calls_of_ninja(), 4);
	shell("ls 'the facts'/*.facts | wc -l");
	cr_assert_str_eq(read_back("log"), "4\n");
}

Test(ninja, hands_over_long_arguments_in_a_file)
{
	static char word[1024];
	const char *arguments[200];
	struct scan_unit units[1];
	struct error err = {0};

	need("ninja");
	memset(word, 'x', sizeof(word) - 1);
	for (size_t i = 0; i < 200; i++)
		arguments[i] = word;
	units[0] = unit("a.c", arguments, 200);
	cr_assert(write_ninja(units, 1, NULL, "v1", &err), "%s", err.text);
	cr_assert_eq(calls_of_ninja(), 1);
	cr_assert_not_null(strstr(read_back("static.json"), ".facts.rsp>\n<-MD>"));
}

Test(ninja, refuses_what_it_cannot_express)
{
	static const char *const arguments[] = {"-DA=a\nb"};
	struct scan_unit bad_argument[] = {unit("a.c", arguments, 1)};
	struct scan_unit bad_path[] = {unit("a\n.c", NULL, 0)};
	struct scan_unit bad_pipe[] = {unit("a|.c", NULL, 0)};
	struct error err = {0};

	cr_expect_not(write_ninja(bad_argument, 1, NULL, "v1", &err));
	cr_expect_not_null(strstr(err.text, "a.c"));
	cr_expect_not(write_ninja(bad_path, 1, NULL, "v1", &err));
	cr_expect_not(write_ninja(bad_pipe, 1, NULL, "v1", &err));
}

/* Forget what ninja made: all that is left is what ccache keeps. */
static int calls_after_clean(void)
{
	shell("rm -rf 'the facts' static.json .ninja_deps .ninja_log");
	return calls_of_ninja();
}

Test(ninja, with_ccache_a_second_run_reads_nothing)
{
	need("ninja");
	need("ccache");
	write_two("ccache", "libclang 19, 'v1'");
	cr_assert_eq(calls_after_clean(), 2);
	cr_assert_eq(calls_after_clean(), 0);
	cr_assert_not_null(strstr(read_back("static.json"), "source a\nheader\n"));
	scratch_write("a.h", "HEADER\n");
	cr_assert_eq(calls_after_clean(), 2);
	cr_assert_not_null(strstr(read_back("static.json"), "HEADER\n"));
	cr_assert_eq(calls_after_clean(), 0);
}

Test(ninja, with_ccache_another_extractor_reads_all_again)
{
	need("ninja");
	need("ccache");
	write_two("ccache", "v1");
	cr_assert_eq(calls_after_clean(), 2);
	write_two("ccache", "v2");
	cr_assert_eq(calls_after_clean(), 2);
	write_two("ccache", "v1");
	cr_assert_eq(calls_after_clean(), 0);
}

Test(ninja, with_ccache_the_working_directory_matters)
{
	static const char *const arguments[] = {"-Iinclude"};
	struct scan_unit units[] = {unit("a.c", arguments, 1)};
	struct error err = {0};

	need("ninja");
	need("ccache");
	cr_assert(write_ninja(units, 1, "ccache", "v1", &err), "%s", err.text);
	cr_assert_eq(calls_after_clean(), 1);
	units[0].directory = scratch_path("calls");
	cr_assert(write_ninja(units, 1, "ccache", "v1", &err), "%s", err.text);
	cr_assert_eq(calls_after_clean(), 1);
	cr_assert_eq(calls_after_clean(), 0);
}
