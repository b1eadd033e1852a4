#include "core/compdb_json.h"

#include "core/arena.h"
#include "core/error.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena arena;
static char path[] = "/tmp/pcarch-compdb-XXXXXX";

static void setup(void)
{
	close(mkstemp(path));
}

static void teardown(void)
{
	unlink(path);
	arena_release(&arena);
}

TestSuite(compdb, .init = setup, .fini = teardown);

static bool read_text(const char *json, struct compdb *db, struct error *err)
{
	FILE *out = fopen(path, "w");

	fputs(json, out);
	fclose(out);
	return compdb_read(&arena, path, db, err);
}

/* Reading `json` fails at byte `offset` with a message that holds `text`. */
static void expect_error(const char *json, const char *where, const char *text)
{
	struct compdb db = {0};
	struct error err = {0};
	char offset[32];

	cr_assert_not(read_text(json, &db, &err));
	cr_assert_eq(db.ncommands, 0);
	cr_assert_str_eq(err.file, path);
	cr_assert(strstr(err.text, text), "%s", err.text);
	if (!where)
		return;
	snprintf(offset, sizeof(offset), "byte %td:", strstr(json, where) - json);
	cr_assert(strstr(err.text, offset), "%s, not %s", err.text, offset);
}

Test(compdb, reads_arguments_and_command)
{
	struct compdb db;
	struct error err;

	cr_assert(read_text("[{\"directory\":\"/d\",\"file\":\"a.c\",\"output\":\"a.o\","
			    "\"arguments\":[\"cc\",\"-DX=1 2\",\"a.c\"]},"
			    "{\"directory\":\"/d\",\"file\":\"b.c\","
			    "\"command\":\"cc -DS='\\\"q\\\"' b.c\"}]",
			  &db, &err),
		"%s", err.text);
	cr_assert_eq(db.ncommands, 2);
	cr_assert_eq(db.commands[0].narguments, 3);
	cr_assert_str_eq(db.commands[0].arguments[1], "-DX=1 2");
	cr_assert_null(db.commands[0].arguments[3]);
	cr_assert_str_eq(db.commands[0].output, "a.o");
	cr_assert_eq(db.commands[0].offset, 1);
	cr_assert_str_eq(db.commands[1].arguments[1], "-DS=\"q\"");
	cr_assert_null(db.commands[1].output);
	cr_assert_eq(db.commands[0].directory, db.commands[1].directory);
}

Test(compdb, arguments_win_over_command)
{
	struct compdb db;
	struct error err;

	cr_assert(read_text("[{\"directory\":\"/d\",\"file\":\"a.c\",\"command\":\"x y\","
			    "\"arguments\":[\"cc\"]}]",
		&db, &err));
	cr_assert_str_eq(db.commands[0].arguments[0], "cc");
}

Test(compdb, of_no_entries_is_an_error)
{
	expect_error("[]", NULL, "no compile commands");
	expect_error("{}", NULL, "no compile commands");
}

Test(compdb, wrong_entries_are_named_by_their_byte)
{
	expect_error("[ 7]", "7", "expected an object");
	expect_error("{\"a\": 1}", "1", "expected an array");
	expect_error("[{\"file\":\"a.c\",\"command\":\"cc\"}]", "{", "'directory'");
	expect_error("[{\"directory\":\"/\",\"command\":\"cc\"}]", "{", "'file'");
	expect_error("[{\"directory\":\"/\",\"file\":3,\"command\":\"cc\"}]", "{",
		"'file'");
	expect_error("[{\"directory\":\"/\",\"file\":\"a\"}]", "{", "neither");
	expect_error("[{\"directory\":\"/\",\"file\":\"a\",\"command\":\"  \"}]", "{",
		"'command'");
	expect_error("[{\"directory\":\"/\",\"file\":\"a\",\"command\":\"cc 'a\"}]", "{",
		"every quote closed");
	expect_error("[{\"directory\":\"/\",\"file\":\"a\",\"arguments\":[]}]", "{",
		"'arguments'");
	expect_error("[{\"directory\":\"/\",\"file\":\"a\",\"arguments\":[1]}]", "{",
		"'arguments'");
	expect_error("[{\"directory\":\"/\",\"file\":\"a\",\"arguments\":\"cc\"}]", "{",
		"'arguments'");
}

Test(compdb, missing_file_is_named)
{
	struct compdb db;
	struct error err = {0};

	cr_assert_not(compdb_read(&arena, "/nonexistent/compile_commands.json", &db,
		&err));
	cr_assert(strstr(err.text, "/nonexistent/compile_commands.json"), "%s", err.text);
}

Test(compdb, repeated_entries_take_little_memory)
{
	FILE *out = fopen(path, "w");
	struct compdb db;
	struct error err;

	for (int i = 0; i < 2000; i++)
		fprintf(out,
			"%s{\"directory\":\"/some/long/directory/name\",\"file\":\"f%d.c\","
			"\"arguments\":[\"/usr/bin/cc\",\"-DA_RATHER_LONG_NAME_OF_A_MACRO=1\","
			"\"-I/some/other/rather/long/name\",\"-c\",\"f%d.c\"]}\n",
			i ? "," : "[", i, i);
	fputs("]\n", out);
	fclose(out);
	cr_assert(compdb_read(&arena, path, &db, &err), "%s", err.text);
	cr_assert_eq(db.ncommands, 2000);
	cr_assert_eq(db.commands[1999].arguments[1], db.commands[0].arguments[1]);
	cr_assert_lt(arena.total_bytes, 2000 * 160);
}
