#include "analyzer/facts/facts.h"
#include "analyzer/workers/extractor.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "tests/unit/scratch.h"

#include <criterion/criterion.h>
#include <dlfcn.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* What is written before the operands of a term; a name's own term is its name alone. */
static const char *const words[TERM_KINDS] = {
	[TERM_BODY] = "body",
	[TERM_OBJECT] = "object",
	[TERM_BLOCK] = "block",
	[TERM_IF] = "if",
	[TERM_SWITCH] = "switch",
	[TERM_CASE] = "case",
	[TERM_CASE_DEFAULT] = "default",
	[TERM_LOOP] = "loop",
	[TERM_RETURN] = "return",
	[TERM_BREAK] = "break",
	[TERM_CONTINUE] = "continue",
	[TERM_GOTO] = "goto",
	[TERM_LABEL] = "label",
	[TERM_NOTHING] = "nothing",
	[TERM_CALL] = "call",
	[TERM_ASSIGN] = "=",
	[TERM_EQUAL] = "==",
	[TERM_UNEQUAL] = "!=",
	[TERM_AND] = "&&",
	[TERM_OR] = "||",
	[TERM_NOT] = "!",
	[TERM_CHOICE] = "?",
	[TERM_COMMA] = ",",
	[TERM_ADD] = "+",
	[TERM_DEREF] = "*",
	[TERM_ADDRESS] = "&",
	[TERM_ELEMENT] = "[]",
	[TERM_FIELD] = ".",
	[TERM_LIST] = "list",
	[TERM_SLOT] = "slot",
	[TERM_OTHER] = "other",
};

static const struct extractor *extractor;
static struct extract_output output;
static struct facts facts;
static struct text outline;

/* The module that reads C is beside the directory of this program. */
static void setup(void)
{
	char program[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	scoped_text path = {0};
	void *module;

	scratch_make();
	cr_assert_gt(len, 0);
	program[len] = '\0';
	*strrchr(program, '/') = '\0';
	text_printf(&path, "%s/../libpcarch-clang.so", program);
	module = dlopen(path.bytes, RTLD_NOW);
	cr_assert_not_null(module, "%s", dlerror());
	extractor = dlsym(module, "pcarch_extractor");
	cr_assert_not_null(extractor);
}

static void teardown(void)
{
	extract_output_release(&output);
	text_release(&outline);
	scratch_remove();
}

TestSuite(outline, .init = setup, .fini = teardown);

static void add_name(const struct facts_term *term)
{
	const char *name = facts_string(&facts, term->name);

	switch (term->kind) {
	case TERM_FUNCTION:
	case TERM_BODY:
		text_printf(&outline, "@%s",
			facts_string(&facts, facts.functions[term->a].name));
		break;
	case TERM_VARIABLE:
	case TERM_OBJECT:
		text_printf(&outline, "$%s",
			facts_string(&facts, facts.variables[term->a].name));
		break;
	case TERM_PARAMETER:
		text_printf(&outline, "#%u", term->a);
		break;
	case TERM_TEXT:
		text_printf(&outline, "'%s'", name);
		break;
	case TERM_NUMBER:
		text_printf(&outline, "%d%s%s", (int)term->a, name[0] ? "=" : "", name);
		break;
	case TERM_SLOT:
		if (name[0])
			text_printf(&outline, ".%s", name);
		else
			text_printf(&outline, "%u", term->a);
		break;
	default:
		text_add(&outline, name);
		break;
	}
}

static bool is_name(const struct facts_term *term)
{
	return !words[term->kind];
}

/* "(return (call @f #0))": each root on a line of its own. */
static void write_outline(void)
{
	uint32_t ends[4096];
	size_t depth = 0;

	text_clear(&outline);
	for (uint32_t i = 0; i <= facts.nterms; i++) {
		const struct facts_term *term = &facts.terms[i];

		for (; depth && ends[depth - 1] == i; depth--)
			text_add(&outline, ")");
		if (i == facts.nterms)
			return;
		if (outline.len)
			text_add(&outline, depth ? " " : "\n");
		if (is_name(term)) {
			add_name(term);
			continue;
		}
		text_printf(&outline, "(%s", words[term->kind]);
		if (term->name || term->kind == TERM_BODY || term->kind == TERM_OBJECT ||
			term->kind == TERM_SLOT) {
			text_add(&outline, " ");
			add_name(term);
		}
		cr_assert_lt(depth, sizeof(ends) / sizeof(*ends));
		ends[depth++] = term->end;
	}
}

static void read_source(const char *source)
{
	const char *arguments[] = {"-std=gnu11", "-w"};
	struct extract_input input = {.arguments = arguments, .narguments = 2};
	struct error err;

	scratch_write("a.c", source);
	input.file = scratch_path("a.c");
	cr_assert(extractor->extract(&input, &output, &err), "%s", err.text);
	cr_assert(facts_open(output.facts.bytes, output.facts.len,
			  (struct facts_place){"a.c", 0}, &facts, &err),
		"%s", err.text);
	cr_assert_eq(facts.ndiagnostics, 0, "%s",
		facts_string(&facts, facts.diagnostics[0].text));
}

static void expect(const char *source, const char *expected)
{
	read_source(source);
	write_outline();
	cr_expect_str_eq(text_string(&outline), expected);
}

#define STRCMP "int strcmp(const char *, const char *);\n"
#define COMMAND                \
	"struct command {\n"   \
	"	const char *name;\n" \
	"	int (*run)(void);\n" \
	"	int flags[2];\n"     \
	"};\n"                 \
	"int add(void), del(void);\n"

Test(outline, a_chain_is_kept_with_its_words_and_calls)
{
	expect(STRCMP "int add(char **);\n"
		      "int main(int argc, char **argv)\n{\n"
		      "	if (strcmp(argv[1], \"add\") == 0)\n"
		      "		return add(argv + 2);\n"
		      "	return 1;\n}\n",
		"(body @main (block (if (== (call @strcmp ([] #1 1) 'add') 0)"
		" (return (call @add (+ #1 2)))) (return 1)))");
}

Test(outline, casts_and_parentheses_are_seen_through)
{
	expect("int f(char *);\n"
	       "int g(void *p)\n{\n	return ((f))((char *)(p));\n}\n",
		"(body @g (block (return (call @f #0))))");
	expect("int f(int);\n"
	       "int g(int p)\n{\n	return __builtin_expect(!!f(p), 0);\n}\n",
		"(body @g (block (return (! (! (call @f #0))))))");
}

Test(outline, statements_of_no_interest_are_not_there)
{
	expect("int f(void);\n"
	       "void g(int a, int b)\n{\n"
	       "	a = a * b;\n"
	       "	int c = a + b;\n"
	       "	if (c > 2)\n		c++;\n"
	       "	f();\n}\n",
		"(body @g (block (call @f)))");
	expect("int g(int a)\n{\n	a++;\n}\n", "");
}

Test(outline, a_loop_says_which_of_its_parts_is_the_body)
{
	expect("int f(int);\n"
	       "void g(int n)\n{\n"
	       "	while (n)\n		f(n);\n"
	       "	do\n		f(0);\n	while (n);\n}\n",
		"(body @g (block (loop (other) (call @f #0)) (loop (call @f 0) (other))))");
	cr_expect_eq(facts.terms[2].a, 1);
	cr_expect_eq(facts.terms[facts.terms[2].end].a, 0);
}

Test(outline, a_switch_keeps_its_cases_and_how_they_leave)
{
	expect("enum verb { ADD = 3, DEL };\nint f(void);\n"
	       "int g(enum verb v)\n{\n"
	       "	switch (v) {\n"
	       "	case ADD:\n		f();\n		break;\n"
	       "	case DEL:\n		goto out;\n"
	       "	case 'x':\n		return 1;\n"
	       "	default:\n		return 2;\n	}\n"
	       "out:\n	return 0;\n}\n",
		"(body @g (block (switch #0 (block (case 3=ADD (call @f)) (break)"
		" (case 4=DEL (goto out)) (case 120 (return 1)) (default (return 2))))"
		" (label out (return 0))))");
}

Test(outline, rows_are_lists_with_a_slot_for_each_field)
{
	expect(COMMAND "struct command table[] = {\n"
		       "	{\"add\", add, {1, 2}},\n"
		       "	{\"del\", del},\n};\n",
		"(object $table (list (slot 0 (list command (slot .name 'add')"
		" (slot .run @add) (slot .flags (list (slot 0 1) (slot 1 2))))) (slot 1 (list command"
		" (slot .name 'del') (slot .run @del)))))");
}

Test(outline, designators_say_which_slot_it_is)
{
	expect(COMMAND "struct command table[4] = {\n"
		       "	[2] = {.run = add, .name = \"add\"},\n"
		       "	[0].name = \"del\", [0].run = del,\n};\n",
		"(object $table (list (slot 2 (list command (slot .run @add)"
		" (slot .name 'add'))) (slot 0 (list command (slot .name 'del')"
		" (slot .run @del)))))");
}

Test(outline, braces_that_are_left_out_are_there)
{
	expect(COMMAND "struct command table[] = {\n"
		       "	\"add\", add, 1, 2,\n"
		       "	\"del\", del, 3, 4,\n};\n",
		"(object $table (list (slot 0 (list command (slot .name 'add')"
		" (slot .run @add) (slot .flags (list (slot 0 1) (slot 1 2)))))"
		" (slot 1 (list command (slot .name 'del') (slot .run @del)"
		" (slot .flags (list (slot 0 3) (slot 1 4)))))))");
}

Test(outline, compound_literals_are_lists)
{
	expect(COMMAND "struct command *one = &(struct command){\"add\", add};\n",
		"(object $one (& (list command (slot .name 'add') (slot .run @add))))");
	expect(COMMAND "void take(struct command *);\n"
		       "void g(void)\n{\n"
		       "	take((struct command[]){{\"add\", add}});\n}\n",
		"(body @g (block (call @take (list (slot 0 (list command (slot .name 'add')"
		" (slot .run @add)))))))");
}

Test(outline, a_table_of_numbers_is_left_out)
{
	expect("int primes[] = {2, 3, 5, 7};\n", "");
}

Test(outline, bytes_of_a_literal_are_kept)
{
	expect("const char *names[] = {\"a\\0b\", \"\\\"\\n\\x41\", \"joined\" \" up\"};\n",
		"(object $names (list (slot 0 'a\xee\x80\x80"
		"b') (slot 1 '\"\nA') (slot 2 'joined up')))");
}

Test(outline, a_local_word_is_an_object_with_its_value)
{
	expect(STRCMP "int g(char **argv)\n{\n"
		      "	char *word = argv[1];\n"
		      "	int n = 3;\n"
		      "	return strcmp(word, \"x\");\n}\n",
		"(body @g (block (object $word ([] #0 1)) (return (call @strcmp $word 'x'))))");
}
