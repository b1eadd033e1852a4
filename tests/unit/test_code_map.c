#include "tracer/code_map.h"

#include <criterion/criterion.h>

static struct code_map map;

static void tear_down(void)
{
	code_map_release(&map);
}

TestSuite(code_map, .fini = tear_down);

static uint32_t scope(uint32_t parent, uint64_t low, uint64_t high)
{
	uint32_t index = code_map_scope(&map, &(struct code_scope){.parent = parent});

	code_map_range(&map, &(struct code_range){low, high, index});
	return index;
}

Test(code_map, the_innermost_scope_and_the_body_around_it)
{
	uint32_t body = scope(CODE_NONE, 100, 200);
	uint32_t outer = scope(body, 120, 160), inner = scope(outer, 130, 140);

	scope(CODE_NONE, 300, 310);
	code_map_sort(&map);
	cr_assert_eq(code_map_innermost(&map, 99), CODE_NONE);
	cr_assert_eq(code_map_innermost(&map, 100), body);
	cr_assert_eq(code_map_innermost(&map, 125), outer);
	cr_assert_eq(code_map_innermost(&map, 139), inner);
	cr_assert_eq(code_map_innermost(&map, 140), outer);
	cr_assert_eq(code_map_innermost(&map, 160), body);
	cr_assert_eq(code_map_innermost(&map, 200), CODE_NONE);
	cr_assert_eq(code_map_body(&map, 135), body);
	cr_assert_eq(code_map_body(&map, 250), CODE_NONE);
}

Test(code_map, scopes_that_start_or_end_together)
{
	uint32_t body = scope(CODE_NONE, 10, 50), same = scope(body, 10, 50);
	uint32_t first = scope(same, 10, 20), last = scope(same, 40, 50);
	uint32_t next = scope(CODE_NONE, 50, 60);

	code_map_sort(&map);
	cr_assert_eq(code_map_innermost(&map, 10), first);
	cr_assert_eq(code_map_innermost(&map, 20), same);
	cr_assert_eq(code_map_innermost(&map, 49), last);
	cr_assert_eq(code_map_innermost(&map, 50), next);
	cr_assert_eq(code_map_body(&map, 49), body);
}

Test(code_map, ranges_that_cross_as_no_compiler_makes_them_end)
{
	uint32_t a = scope(CODE_NONE, 10, 30), b = scope(CODE_NONE, 20, 40);

	code_map_sort(&map);
	cr_assert_eq(code_map_innermost(&map, 15), a);
	cr_assert_eq(code_map_innermost(&map, 35), b);
	cr_assert_eq(code_map_innermost(&map, 40), CODE_NONE);
}

Test(code_map, lines_end_with_their_sequence)
{
	code_map_line(&map, &(struct code_line){.address = 20, .file = NULL});
	code_map_line(&map, &(struct code_line){.address = 10, .file = "a.c", .line = 1});
	code_map_line(&map, &(struct code_line){.address = 10, .file = "a.c", .line = 2});
	code_map_line(&map, &(struct code_line){.address = 30, .file = "b.c", .line = 3});
	code_map_line(&map, &(struct code_line){.address = 30, .file = NULL});
	code_map_sort(&map);
	cr_assert_null(code_map_line_at(&map, 9));
	cr_assert_eq(code_map_line_at(&map, 10)->line, 2, "the last of several counts");
	cr_assert_null(code_map_line_at(&map, 20));
	cr_assert_str_eq(code_map_line_at(&map, 31)->file, "b.c",
		"a sequence that starts where another one ends");
}

Test(code_map, symbols_by_size_and_by_name)
{
	code_map_symbol(&map, &(struct code_symbol){10, 10, "local", false});
	code_map_symbol(&map, &(struct code_symbol){10, 10, "public_long", true});
	code_map_symbol(&map, &(struct code_symbol){10, 10, "public", true});
	code_map_symbol(&map, &(struct code_symbol){12, 2, "inside", false});
	code_map_symbol(&map, &(struct code_symbol){30, 0, "open", false});
	code_map_sort(&map);
	cr_assert_str_eq(code_map_symbol_at(&map, 10)->name, "public");
	cr_assert_str_eq(code_map_symbol_at(&map, 13)->name, "inside");
	cr_assert_str_eq(code_map_symbol_at(&map, 15)->name, "public");
	cr_assert_null(code_map_symbol_at(&map, 20));
	cr_assert_str_eq(code_map_symbol_at(&map, 99)->name, "open");
	cr_assert_null(code_map_symbol_at(&map, 9));
}
