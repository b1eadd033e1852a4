#include "tracer/recorder/instrument.h"

/* It is loaded into compilers, and so in no library of ours. */
#include "tracer/recorder/instrument.c" /* NOLINT(bugprone-suspicious-include) */

#include <criterion/criterion.h>
#include <stdio.h>

/* The words of `line`, parted by spaces, instrumented: joined again; "" as they are. */
static const char *instrumented(const char *line, const char *how, bool is_clang)
{
	static char words[4096], scratch[INSTRUMENT_BYTES], joined[8192];
	const char *out[256];
	struct command_line command = {.words = words, .is_clang = is_clang};

	snprintf(words, sizeof(words), "%s", line);
	command.size = strlen(words) + 1;
	for (size_t i = 0; i < command.size; i++) {
		if (words[i] == ' ')
			words[i] = '\0';
		command.count += !words[i];
	}
	joined[0] = '\0';
	if (!instrument(&command, how, out, scratch))
		return joined;
	for (size_t i = 0, len = 0; out[i]; i++)
		len += (size_t)snprintf(joined + len, sizeof(joined) - len, "%s%s",
			i ? " " : "", out[i]);
	return joined;
}

static void check(const char *line, const char *expected)
{
	const char *got = instrumented(line, "edges:/lib", false);

	cr_expect_str_eq(got, expected, "%s:\n%s\n%s", line, got, expected);
}

#define FLAGS " -fno-ipa-icf -fno-optimize-sibling-calls -fpatchable-function-entry=5"
#define LINK                                                                          \
	" -Wl,-u,pcarch_stub /lib/libpcarch-stub.a /lib/libpcarch-trace.so -Xlinker " \
	"-rpath -Xlinker /lib"

Test(instrument, compiles_and_links_get_what_each_needs)
{
	check("cc -c a.c", "cc -g -c a.c" FLAGS);
	check("/usr/bin/gcc-12 -O2 -S a.c -o a.s",
		"/usr/bin/gcc-12 -g -O2 -S a.c -o a.s" FLAGS);
	check("cc a.o b.o -o prog", "cc -g a.o b.o -o prog" LINK);
	check("cc -shared a.o -o liba.so", "cc -g -shared a.o -o liba.so" LINK);
	check("x86_64-linux-gnu-gcc a.c", "x86_64-linux-gnu-gcc -g a.c" FLAGS LINK);
	check("cc -x c - -o prog", "cc -g -x c - -o prog" FLAGS LINK);
	check("g++ a.o -o prog", "g++ -g a.o -o prog" LINK);
	check("cc -static a.o",
		"cc -g -static a.o -Wl,-u,pcarch_stub /lib/libpcarch-stub.a "
		"/lib/libpcarch-trace.a");
}

Test(instrument, what_makes_no_program_of_this_machine_stays_as_it_is)
{
	static const char *const lines[] = {"cc -E a.c", "cc -M a.c", "cc --version",
		"cc -v", "cc -print-search-dirs", "cc -c a.s", "g++ -c a.cc",
		"cc -m32 -c a.c", "cc -nostdlib a.c", "cc -ffreestanding -c a.c",
		"arm-none-eabi-gcc -c a.c", "x86_64-w64-mingw32-gcc a.c",
		"x86_64-linux-musl-gcc a.c", "clang --target=riscv64 -c a.c",
		"gcc-ar rcs a.a a.o", "gcc-ranlib a.a", "clang-format -i a.c",
		"clang-tidy a.c", "cc conftest.c", "cc -c conftest.c",
		"cc -c /x/CMakeFiles/CMakeScratch/TryCompile-1/test.c",
		"cc -o CMakeFiles/CMakeScratch/x a.o", "cc1 a.c", "ccx -c a.c", NULL};

	for (size_t i = 0; lines[i]; i++)
		check(lines[i], "");
}

Test(instrument, other_modes_and_compilers)
{
	cr_expect_str_eq(instrumented("cc -c a.c", "portable:/lib", false),
		"cc -g -c a.c -fno-ipa-icf -finstrument-functions");
	cr_expect_str_eq(instrumented("clang -c a.c", "portable:/lib", true),
		"clang -g -c a.c -finstrument-functions-after-inlining");
	cr_expect_str_eq(instrumented("clang -c a.c", "edges:/lib", true),
		"clang -g -c a.c -fno-optimize-sibling-calls "
		"-fpatchable-function-entry=5");
	cr_expect(strstr(instrumented("cc -c a.c", "indirect:/lib", false),
		"-mindirect-branch=thunk-extern"));
	cr_expect(strstr(instrumented("clang -c a.c", "indirect:/lib", true),
		"-mretpoline-external-thunk"));
	cr_expect_str_eq(instrumented("cc a.o", "edges:", false), "",
		"without a place there is no runtime");
}

Test(instrument, a_response_file_says_whether_it_compiles)
{
	char words[] = "cc\0@rsp", scratch[INSTRUMENT_BYTES], rsp[] = "-O2 -c\na.c";
	const char *out[2 + INSTRUMENT_WORDS];
	struct command_line line = {.words = words,
		.size = sizeof(words),
		.count = 2,
		.response = rsp,
		.response_size = sizeof(rsp) - 1};

	cr_assert(instrument(&line, "edges:/lib", out, scratch));
	cr_assert_str_eq(out[3], "-fno-ipa-icf");
	line.response = "a.o -ca -o prog";
	line.response_size = strlen(line.response);
	cr_assert(instrument(&line, "edges:/lib", out, scratch));
	cr_assert_str_eq(out[3], "-Wl,-u,pcarch_stub");
}

Test(instrument, paths_that_are_too_long_are_no_overflow)
{
	char how[INSTRUMENT_BYTES + 16];

	memset(how, 'x', sizeof(how) - 1);
	memcpy(how, "edges:/", 7);
	how[sizeof(how) - 1] = '\0';
	cr_assert_str_eq(instrumented("cc a.o", how, false), "");
}
