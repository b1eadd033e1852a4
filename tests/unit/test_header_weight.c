#include "analyzer/workers/header_weight.h"

#include "analyzer/compile/units.h"
#include "core/text.h"
#include "tests/unit/scratch.h"

#include <criterion/criterion.h>

TestSuite(header_weight, .init = scratch_make, .fini = scratch_remove, .timeout = 20);

static struct header_weights *weights_new(void)
{
	struct scan_unit unit = {
		.directory = scratch_dir,
		.file = scratch_path("unit.c"),
	};

	return header_weights_new(&unit);
}

/* What the lines bring, each after the ones before it. */
static uint64_t weigh(struct header_weights *weights, const char *const *lines)
{
	uint64_t bytes = 0;

	header_weights_begin(weights);
	for (; *lines; lines++)
		bytes += header_weights_add(weights, *lines);
	return bytes;
}

#define weigh_lines(weights, ...) weigh(weights, (const char *const[]){__VA_ARGS__, NULL})

Test(header_weight, is_that_of_all_that_a_header_includes)
{
	struct header_weights *weights = weights_new();

	scratch_write("a.h", "#include \"b.h\"\n"); /* 15 bytes */
	scratch_write("b.h", "12345");
	cr_assert_eq(weigh_lines(weights, "\"b.h\""), 5);
	cr_assert_eq(weigh_lines(weights, "\"a.h\""), 20);
	header_weights_free(weights);
}

Test(header_weight, counts_a_header_once_in_a_sequence)
{
	struct header_weights *weights = weights_new();

	scratch_write("a.h", "#include \"b.h\"\n");
	scratch_write("b.h", "12345");
	cr_assert_eq(weigh_lines(weights, "\"b.h\"", "\"a.h\"", "\"b.h\""), 20);
	cr_assert_eq(weigh_lines(weights, "\"b.h\""), 5, "each sequence begins anew");
	header_weights_free(weights);
}

Test(header_weight, of_headers_in_a_circle_ends)
{
	struct header_weights *weights = weights_new();

	scratch_write("a.h", "#include \"b.h\"\n");
	scratch_write("b.h", "#include \"a.h\"\n#include \"b.h\"\n");
	cr_assert_eq(weigh_lines(weights, "\"a.h\""), 45);
	header_weights_free(weights);
}

Test(header_weight, of_what_is_not_there_is_nothing)
{
	struct header_weights *weights = weights_new();

	scratch_write("a.h", "#include \"none.h\"\n#include MACRO\n#include \"cut.h\n");
	cr_assert_eq(weigh_lines(weights, "\"none.h\""), 0);
	cr_assert_eq(weigh_lines(weights, "\"a.h\""), 49);
	header_weights_free(weights);
}

Test(header_weight, survives_directories_and_fifos)
{
	struct header_weights *weights = weights_new();

	cr_assert_eq(mkdir(scratch_path("dir.h"), 0700), 0);
	cr_assert_eq(mkfifo(scratch_path("fifo.h"), 0600), 0);
	cr_assert_eq(weigh_lines(weights, "\"dir.h\"", "\"fifo.h\""), 0);
	header_weights_free(weights);
}

/* An own stack, not the machine's, follows a chain of headers. */
Test(header_weight, follows_a_long_chain)
{
	enum {
		LENGTH = 3000,
	};
	struct header_weights *weights = weights_new();
	struct text text = {0};
	char name[32];

	for (int i = 0; i < LENGTH; i++) {
		text_clear(&text);
		text_printf(&text, "#include \"h%04d.h\"\n", i + 1);
		snprintf(name, sizeof(name), "h%04d.h", i);
		scratch_write(name, text.bytes);
	}
	cr_assert_eq(weigh_lines(weights, "\"h0000.h\""), LENGTH * 19);
	text_release(&text);
	header_weights_free(weights);
}
