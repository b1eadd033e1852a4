#include "analyzer/workers/prefix.h"

#include "analyzer/compile/units.h"
#include "core/arena.h"
#include "core/text.h"
#include "tests/random_facts.h"
#include "tests/unit/scratch.h"

#include <criterion/criterion.h>

enum {
	MAX_UNITS = 32,
};

TestSuite(prefix, .init = scratch_make, .fini = scratch_remove);

static size_t read_lines(struct arena *arena, const char *source, const char **lines)
{
	return prefix_read_includes(arena, source, strlen(source), lines,
		PREFIX_MAX_LINES);
}

static size_t count_lines(const char *source)
{
	const char *lines[PREFIX_MAX_LINES];
	struct arena arena = {0};
	size_t count = read_lines(&arena, source, lines);

	arena_release(&arena);
	return count;
}

Test(prefix, is_the_includes_before_anything_else)
{
	const char *lines[PREFIX_MAX_LINES];
	struct arena arena = {0};
	size_t count = read_lines(&arena,
		"/* licence */\n// more\n\n#include \"a.h\"\n # include <b.h> // why\n"
		"#include \"dir/c.h\" /* and\n why */\nint x;\n#include \"d.h\"\n",
		lines);

	cr_assert_eq(count, 3);
	cr_assert_str_eq(lines[0], "\"a.h\"");
	cr_assert_str_eq(lines[1], "<b.h>");
	cr_assert_str_eq(lines[2], "\"dir/c.h\"");
	arena_release(&arena);
}

Test(prefix, ends_at_whatever_may_change_what_follows)
{
	cr_assert_eq(count_lines("#define X\n#include \"a.h\"\n"), 0);
	cr_assert_eq(count_lines("#include \"a.h\"\n#undef X\n#include \"b.h\"\n"), 1);
	cr_assert_eq(count_lines("#include \"a.h\"\n#if X\n#include \"b.h\"\n#endif\n"),
		1);
	cr_assert_eq(count_lines("#include \"a.h\"\n#include MACRO\n#include \"b.h\"\n"),
		1);
	cr_assert_eq(count_lines("#include \"a.h\"\n#include_next <b.h>\n"), 1);
	cr_assert_eq(count_lines("#include \"a.h\"\n#pragma once\n#include \"b.h\"\n"),
		1);
	cr_assert_eq(count_lines("#include \"a.h\"\n;#include \"b.h\"\n"), 1);
}

Test(prefix, a_line_that_is_cut_short_is_none)
{
	static const char source[] = "#include \"a.h\"\n";

	for (size_t len = 0; len < sizeof(source) - 1; len++) {
		const char *lines[PREFIX_MAX_LINES];
		struct arena arena = {0};
		size_t count = prefix_read_includes(&arena, source, len, lines,
			PREFIX_MAX_LINES);

		cr_assert_eq(count, len >= strlen("#include \"a.h\""));
		arena_release(&arena);
	}
	cr_assert_eq(count_lines("/* never closed\n#include \"a.h\"\n"), 0);
	cr_assert_eq(count_lines("#include \"a\n.h\"\n"), 0);
}

Test(prefix, a_name_with_a_nul_is_none)
{
	static const char source[] = "#include \"a\0.h\"\n";
	const char *lines[PREFIX_MAX_LINES];
	struct arena arena = {0};

	cr_assert_eq(prefix_read_includes(&arena, source, sizeof(source) - 1, lines,
			     PREFIX_MAX_LINES),
		0);
	arena_release(&arena);
}

Test(prefix, has_at_most_as_many_lines_as_asked_for)
{
	const char *lines[3];
	struct arena arena = {0};
	static const char source[] =
		"#include <a>\n#include <b>\n#include <c>\n#include <d>\n";

	cr_assert_eq(prefix_read_includes(&arena, source, strlen(source), lines, 3), 3);
	arena_release(&arena);
}

/* Units of random beginnings and flags over four headers that are worth precompiling. */
struct tree {
	struct arena arena;
	struct scan_unit units[MAX_UNITS];
	uint32_t wanted[MAX_UNITS];
	size_t nunits;
};

static void write_header(char letter)
{
	struct text text = {0};
	char name[] = "x.h";

	name[0] = letter;
	/* Large, so that sharing it is worth while whatever the price of a prefix is
	 * taken to be. */
	for (unsigned i = 0; i < 2000; i++)
		text_printf(&text, "int %c_function_%u(int); /* %0400d */\n", letter, i,
			0);
	scratch_write(name, text.bytes);
	text_release(&text);
}

static void make_unit(struct tree *tree, struct random_facts *random, uint32_t i)
{
	static const char *const flags[] = {"-DX", "-DY"};
	const char **arguments = arena_alloc(&tree->arena, 2 * sizeof(char *));
	const char *name = arena_printf(&tree->arena, "unit%u.c", i);
	struct text text = {0};
	uint32_t nlines = random_facts_below(random, 5);

	for (uint32_t line = 0; line < nlines; line++) {
		/* The first lines are mostly the same, the later ones less so. */
		char letter = (char)('a' + random_facts_below(random, line + 1));

		text_printf(&text, "#include \"%c.h\"\n", letter);
	}
	text_add(&text, "int x;\n");
	scratch_write(name, text.bytes);
	text_release(&text);
	arguments[0] = flags[!random_facts_below(random, 4)];
	tree->units[i] = (struct scan_unit){
		.directory = arena_strdup(&tree->arena, scratch_dir),
		.file = arena_strdup(&tree->arena, scratch_path(name)),
		.arguments = arguments,
		.narguments = 1,
	};
}

static void make_tree(struct tree *tree, uint64_t seed)
{
	struct random_facts random = {.state = seed};

	*tree = (struct tree){.nunits = MAX_UNITS};
	for (uint32_t i = 0; i < tree->nunits; i++) {
		make_unit(tree, &random, i);
		tree->wanted[i] = i;
	}
}

/* The unit's own include lines, as a prefix would write them; free() it. */
static struct text opening_of(const struct scan_unit *unit)
{
	const char *lines[PREFIX_MAX_LINES];
	struct arena arena = {0};
	struct text text = {0};
	size_t size, count;
	char *source;
	FILE *in = fopen(unit->file, "r");

	source = arena_alloc(&arena, 65536);
	size = fread(source, 1, 65536, in);
	fclose(in);
	count = prefix_read_includes(&arena, source, size, lines, PREFIX_MAX_LINES);
	for (size_t i = 0; i < count; i++)
		text_printf(&text, "#include \"%s/%s\n", scratch_dir, lines[i] + 1);
	arena_release(&arena);
	return text;
}

Test(prefix, of_each_unit_is_what_it_begins_with)
{
	size_t nprefixes = 0;

	for (char letter = 'a'; letter <= 'd'; letter++)
		write_header(letter);
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct prefix_plan plan;
		struct tree tree;

		make_tree(&tree, seed);
		prefix_plan(&tree.arena, tree.units, tree.wanted, tree.nunits, &plan);
		for (size_t i = 0; i < tree.nunits; i++) {
			const struct prefix *prefix;
			struct text opening;

			if (plan.of_unit[i] == UINT32_MAX)
				continue;
			cr_assert_lt(plan.of_unit[i], plan.nprefixes);
			prefix = &plan.prefixes[plan.of_unit[i]];
			opening = opening_of(&tree.units[i]);
			cr_assert(text_has_prefix(text_string(&opening), prefix->text),
				"'%s' does not begin with '%s'", text_string(&opening),
				prefix->text);
			cr_assert_str_eq(tree.units[i].arguments[0],
				tree.units[prefix->unit].arguments[0]);
			text_release(&opening);
		}
		nprefixes += plan.nprefixes;
		arena_release(&tree.arena);
	}
	cr_assert_gt(nprefixes, 20, "hardly any prefix was shared: nothing was tested");
}

Test(prefix, counts_its_units)
{
	for (char letter = 'a'; letter <= 'd'; letter++)
		write_header(letter);
	for (uint64_t seed = 0; seed < 20; seed++) {
		size_t counts[MAX_UNITS] = {0};
		struct prefix_plan plan;
		struct tree tree;

		make_tree(&tree, seed);
		prefix_plan(&tree.arena, tree.units, tree.wanted, tree.nunits, &plan);
		for (size_t i = 0; i < tree.nunits; i++)
			if (plan.of_unit[i] != UINT32_MAX)
				counts[plan.of_unit[i]]++;
		for (size_t i = 0; i < plan.nprefixes; i++) {
			cr_assert_eq(counts[i], plan.prefixes[i].nunits);
			cr_assert_gt(counts[i], 1);
		}
		arena_release(&tree.arena);
	}
}

Test(prefix, is_not_made_for_units_whose_flags_differ)
{
	static const char *const flags[] = {"-D1", "-D2", "-D3", "-D4"};
	struct prefix_plan plan;
	struct tree tree;

	for (char letter = 'a'; letter <= 'd'; letter++)
		write_header(letter);
	make_tree(&tree, 1);
	for (uint32_t i = 0; i < 4; i++) {
		scratch_write("same.c", "#include \"a.h\"\n#include \"b.h\"\n");
		tree.units[i].file = arena_strdup(&tree.arena, scratch_path("same.c"));
		((const char **)tree.units[i].arguments)[0] = flags[i];
	}
	prefix_plan(&tree.arena, tree.units, tree.wanted, 4, &plan);
	cr_assert_eq(plan.nprefixes, 0);
	for (uint32_t i = 0; i < 4; i++)
		((const char **)tree.units[i].arguments)[0] = flags[0];
	prefix_plan(&tree.arena, tree.units, tree.wanted, 4, &plan);
	cr_assert_eq(plan.nprefixes, 1);
	for (uint32_t i = 0; i < 4; i++)
		tree.units[i].directory =
			arena_printf(&tree.arena, "%s/%u", scratch_dir, i);
	prefix_plan(&tree.arena, tree.units, tree.wanted, 4, &plan);
	cr_assert_eq(plan.nprefixes, 0);
	arena_release(&tree.arena);
}

Test(prefix, is_not_made_for_headers_that_are_small_or_missing)
{
	struct prefix_plan plan;
	struct tree tree;

	for (char letter = 'a'; letter <= 'd'; letter++)
		remove(scratch_path((char[]){letter, '.', 'h', '\0'}));
	make_tree(&tree, 1);
	prefix_plan(&tree.arena, tree.units, tree.wanted, tree.nunits, &plan);
	cr_assert_eq(plan.nprefixes, 0);
	arena_release(&tree.arena);
}

/* Opening a FIFO would wait for a writer; a test that waits is ended by its timeout. */
Test(prefix, of_a_fifo_is_not_waited_for, .timeout = 20)
{
	struct prefix_plan plan;
	struct tree tree;

	make_tree(&tree, 1);
	cr_assert_eq(mkfifo(scratch_path("never"), 0600), 0);
	scratch_write("fifo.c", "#include \"never\"\n");
	for (uint32_t i = 0; i < 3; i++)
		tree.units[i].file =
			arena_strdup(&tree.arena, scratch_path(i ? "fifo.c" : "never"));
	prefix_plan(&tree.arena, tree.units, tree.wanted, 3, &plan);
	cr_assert_eq(plan.nprefixes, 0);
	arena_release(&tree.arena);
}
