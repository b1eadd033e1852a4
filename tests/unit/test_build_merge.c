#include "core/compdb_merge.h"

#include "core/arena.h"
#include "core/compdb_json.h"
#include "core/error.h"
#include "scratch.h"

static struct arena arena;

static void setup(void)
{
	scratch_make();
	scratch_write("a.c", "");
	scratch_write("b.c", "");
	scratch_write("c.c", "");
}

static void teardown(void)
{
	arena_release(&arena);
	scratch_remove();
}

TestSuite(build_merge, .init = setup, .fini = teardown);

/* "cc FLAG -o OUTPUT -c NAME", run in the scratch directory. */
static struct compile_command command(const char *name, const char *flag,
	const char *output)
{
	const char **words = arena_alloc(&arena, 7 * sizeof(*words));

	words[0] = "cc";
	words[1] = flag;
	words[2] = "-o";
	words[3] = output;
	words[4] = "-c";
	words[5] = name;
	return (struct compile_command){
		.directory = scratch_dir,
		.file = arena_printf(&arena, "%s/%s", scratch_dir, name),
		.output = output,
		.arguments = words,
		.narguments = 6,
	};
}

static struct compdb_merged merge(struct compile_command *recorded, size_t nrecorded,
	struct compile_command *old, size_t nold)
{
	struct compdb left = {recorded, nrecorded}, right = {old, nold};
	struct compdb_merged out;

	compdb_merge(&arena, &left, &right, "/nowhere", &out);
	return out;
}

static const char *name_at(const struct compdb_merged *merged, size_t i)
{
	return strrchr(merged->db.commands[i].file, '/') + 1;
}

Test(build_merge, does_not_depend_on_the_order_of_the_build)
{
	struct compile_command one[] = {command("b.c", "-DX", "b.o"),
		command("a.c", "-DY", "y.o"), command("a.c", "-DX", "x.o")};
	struct compile_command other[] = {one[2], one[0], one[1], one[0]};
	struct compdb_merged left = merge(one, 3, NULL, 0);
	struct compdb_merged right = merge(other, 4, NULL, 0);

	cr_assert_eq(right.nrecorded, 3);
	cr_assert_eq(left.db.ncommands, 3);
	cr_assert_eq(right.db.ncommands, 3);
	for (size_t i = 0; i < 3; i++)
		cr_assert_eq(left.db.commands[i].arguments,
			right.db.commands[i].arguments);
	cr_assert_str_eq(name_at(&left, 0), "a.c");
	cr_assert_str_eq(left.db.commands[0].arguments[1], "-DX");
	cr_assert_str_eq(name_at(&left, 2), "b.c");
}

Test(build_merge, keeps_what_was_not_compiled_again)
{
	struct compile_command new[] = {command("b.c", "-DNEW", "b.o")};
	struct compile_command old[] = {command("c.c", "-DOLD", "c.o"),
		command("b.c", "-DOLD", "b.o"), command("a.c", "-DOLD", "a.o")};
	struct compdb_merged merged = merge(new, 1, old, 3);

	cr_assert_eq(merged.nkept, 2);
	cr_assert_eq(merged.ngone, 0);
	cr_assert_eq(merged.db.ncommands, 3);
	cr_assert_str_eq(name_at(&merged, 1), "b.c");
	cr_assert_str_eq(merged.db.commands[1].arguments[1], "-DNEW");
}

Test(build_merge, keeps_the_same_source_with_another_output)
{
	struct compile_command new[] = {command("a.c", "-fPIC", ".libs/a.o")};
	struct compile_command old[] = {
		command("a.c", "-fPIE", "a.o"), command("a.c", "-fPIC", ".libs/a.o")};
	struct compdb_merged merged = merge(new, 1, old, 2);

	cr_assert_eq(merged.nkept, 1);
	cr_assert_eq(merged.db.ncommands, 2);
}

Test(build_merge, finds_the_output_where_the_old_database_does_not_name_it)
{
	struct compile_command new[] = {command("a.c", "-DNEW", "a.o")};
	struct compile_command old[] = {command("a.c", "-DOLD", "a.o")};

	old[0].output = NULL;
	cr_assert_eq(merge(new, 1, old, 1).db.ncommands, 1);
}

Test(build_merge, knows_a_source_by_any_of_its_names)
{
	struct compile_command new[] = {command("a.c", "-DNEW", "a.o")};
	struct compile_command old[] = {
		command("a.c", "-DOLD", "a.o"), command("a.c", "-DOLD", "a.o")};
	struct compdb_merged merged;

	cr_assert_eq(symlink(".", scratch_path("link")), 0);
	old[0].file = "./link/a.c";
	old[1].directory = arena_printf(&arena, "%s/link", scratch_dir);
	merged = merge(new, 1, old, 2);
	cr_assert_eq(merged.db.ncommands, 1);
	cr_assert_str_eq(merged.db.commands[0].arguments[1], "-DNEW");
}

Test(build_merge, drops_what_does_not_exist_any_more)
{
	struct compile_command new[] = {command("a.c", "-DX", "a.o")};
	struct compile_command old[] = {command("gone.c", "-DX", "g.o"),
		command("b.c", "-DX", "b.o"), command("c.c", "-DX", "c.o")};
	struct compdb_merged merged;

	old[1].directory = "/nonexistent/directory";
	old[2].directory = "relative";
	merged = merge(new, 1, old, 3);
	cr_assert_eq(merged.db.ncommands, 1);
	cr_assert_eq(merged.ngone, 3);
	cr_assert_eq(merged.nkept, 0);
}

Test(build_merge, writes_what_can_be_read_back)
{
	const char *words[] = {"cc", "-DS=\"a b\"", "-DN=\n\\", "", "\xc3\xa9.c", NULL};
	struct compile_command commands[] = {
		{.directory = "/d \"q\"",
			.file = "\xc3\xa9.c",
			.arguments = words,
			.narguments = 5},
		command("a.c", "-DX", "a.o"),
	};
	struct compdb db = {commands, 2}, again;
	FILE *out = fopen(scratch_path("db.json"), "w");
	struct error err;

	cr_assert(compdb_write(&db, out));
	fclose(out);
	cr_assert(compdb_read(&arena, scratch_path("db.json"), &again, &err), "%s",
		err.text);
	cr_assert_eq(again.ncommands, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct compile_command *a = &commands[i], *b = &again.commands[i];

		cr_assert_str_eq(a->directory, b->directory);
		cr_assert_str_eq(a->file, b->file);
		cr_assert_eq(!a->output, !b->output);
		cr_assert_eq(a->narguments, b->narguments);
		for (size_t k = 0; k < a->narguments; k++)
			cr_assert_str_eq(a->arguments[k], b->arguments[k]);
	}
	cr_assert_str_eq(again.commands[1].output, "a.o");
}

Test(build_merge, finds_the_last_output_on_a_command_line)
{
	const char *words[] = {"cc", "-o", "x", "-oy", "-Os", "-c", "-o"};

	cr_assert_str_eq(compile_output(words, 7), "y");
	cr_assert_str_eq(compile_output(words, 3), "x");
	cr_assert_null(compile_output(words, 1));
}
