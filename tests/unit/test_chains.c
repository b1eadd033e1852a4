#include "analyzer/routes/chains.h"

#include "analyzer/facts/facts_builder.h"
#include "analyzer/link/function_table.h"
#include "analyzer/routes/comparers.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/source_paths.h"
#include "core/text.h"
#include "core/trace.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/*
 * Outlines are written as the source would be with an operator first:
 * "(if (== (call @strcmp ([] #1 1) 'add') 0) (return (call @add #1)))". @ is a function,
 * $ a variable, # a parameter. Functions whose names begin with "str" are the library's.
 */
static const struct {
	const char *word;
	enum facts_term_kind kind;
} kinds[] = {{"block", TERM_BLOCK}, {"if", TERM_IF}, {"switch", TERM_SWITCH},
	{"case", TERM_CASE}, {"default", TERM_CASE_DEFAULT}, {"loop", TERM_LOOP},
	{"return", TERM_RETURN}, {"break", TERM_BREAK}, {"call", TERM_CALL},
	{"=", TERM_ASSIGN}, {"==", TERM_EQUAL}, {"!=", TERM_UNEQUAL}, {"&&", TERM_AND},
	{"||", TERM_OR}, {"!", TERM_NOT}, {"*", TERM_DEREF}, {"[]", TERM_ELEMENT},
	{"&", TERM_ADDRESS}, {"other", TERM_OTHER}};

static struct arena arena;
static struct facts_builder *builder;
static struct text image;
static struct facts facts;
static struct rules rules;
static struct routes_program program;
static struct dispatch_list list;
static const char *names[64];
static uint32_t functions[64];
static size_t nnames;

static uint32_t name_of(const char *name)
{
	bool is_library = strncmp(name, "str", 3) == 0;

	for (size_t i = 0; i < nnames; i++)
		if (strcmp(names[i], name) == 0)
			return functions[i];
	names[nnames] = arena_strdup(&arena, name);
	functions[nnames] = facts_add_function(builder,
		(struct facts_function){
			.name = facts_intern(builder, name),
			.signature = facts_intern(builder,
				strncmp(name, "same", 4) == 0
					? "int (const char *, const char *)"
					: "int (int, char **)"),
			.file = 0,
			.line = (uint32_t)nnames + 1,
			.offset = (uint32_t)nnames * 10,
			.arity = 2,
			.flags = is_library ? 0 : FACTS_DEFINED,
		});
	return functions[nnames++];
}

static const char *word_at(const char **at, const char *ends)
{
	size_t n = strcspn(*at, ends);
	const char *word = arena_copy(&arena, *at, n);

	*at += n;
	return word;
}

static struct facts_term atom(const char **at)
{
	char sign = **at;

	if (isdigit((unsigned char)sign))
		return (struct facts_term){.kind = TERM_NUMBER,
			.a = (uint32_t)strtoul(word_at(at, " )"), NULL, 10)};
	++*at;
	if (sign == '#')
		return (struct facts_term){.kind = TERM_PARAMETER,
			.a = (uint32_t)strtoul(word_at(at, " )"), NULL, 10)};
	if (sign == '@')
		return (struct facts_term){
			.kind = TERM_FUNCTION, .a = name_of(word_at(at, " )"))};
	if (sign == '$')
		return (struct facts_term){.kind = TERM_VARIABLE,
			.a = facts_add_variable(builder,
				(struct facts_variable){
					.name = facts_intern(builder, word_at(at, " )")),
					.flags = VARIABLE_TEXT | VARIABLE_POINTER,
				})};
	cr_assert_eq(sign, '\'', "what is '%c%s'?", sign, *at);
	return (struct facts_term){
		.kind = TERM_TEXT, .name = facts_intern(builder, word_at(at, "'"))};
}

static struct facts_term opened(const char **at)
{
	const char *word = word_at(at, " )");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].word, word) == 0)
			return (struct facts_term){
				.kind = kinds[i].kind,
				.a = kinds[i].kind == TERM_LOOP   ? 1
				     : kinds[i].kind == TERM_CALL ? FACTS_NONE
								  : 0,
			};
	cr_assert_fail("no term is called '%s'", word);
	return (struct facts_term){0};
}

/* Add function `name` with the statements `source`. */
static void body(const char *name, const char *source)
{
	uint32_t *open = xmalloc((strlen(source) + 1) * sizeof(*open));
	uint32_t function = name_of(name);
	uint32_t root = facts_add_term(builder,
		(struct facts_term){.kind = TERM_BODY, .a = function});
	size_t depth = 0;

	for (const char *at = source; *at;) {
		if (*at == '(') {
			at++;
			open[depth++] = facts_add_term(builder, opened(&at));
		} else if (*at == ')') {
			at++;
			facts_end_term(builder, open[--depth]);
		} else if (*at == ' ' || *at == '\'') {
			at++;
		}
		if (*at && !strchr(" ()", *at))
			facts_end_term(builder, facts_add_term(builder, atom(&at)));
		if (*at == '\'')
			at++;
	}
	cr_assert_eq(depth, 0, "unbalanced: %s", source);
	facts_end_term(builder, root);
	free(open);
}

static void setup(void)
{
	struct error err;

	builder = facts_builder_new();
	facts_add_file(builder,
		(struct facts_file){.path = facts_intern(builder, "/src/a.c")});
	cr_assert(rules_load(&arena, &(struct rules_request){0}, &rules, &err));
}

static void teardown(void)
{
	program_release(&program);
	function_table_free(program.functions);
	source_paths_free(program.paths);
	rules_release(&rules);
	free(list.items);
	text_release(&image);
	arena_release(&arena);
}

TestSuite(chains, .init = setup, .fini = teardown);

static void read_program(void)
{
	struct error err;

	facts_build(builder,
		(struct facts_unit){.path = facts_intern(builder, "/src/a.c")}, &image);
	facts_builder_free(builder);
	cr_assert(facts_open(image.bytes, image.len, (struct facts_place){"a.c", 0},
			  &facts, &err),
		"%s", err.text);
	program.arena = &arena;
	program.paths = source_paths_new(&arena, "/src");
	program.functions = function_table_new(program.paths, NULL, 0);
	program.rules = &rules;
	function_table_add_definitions(program.functions, &facts);
	for (uint32_t i = 0; i < facts.nfunctions; i++)
		function_table_resolve(program.functions, &facts, i);
	program.nfunctions = function_table_count(program.functions);
	program_read(&program, &facts, 1);
	comparers_find(&program);
	chains_find(&program, &list);
}

/* "word|word handler, ^word handler": entries in order, nested ones with a ^. */
static void expect(const char *expected)
{
	scoped_text found = {0};

	for (size_t d = 0; d < list.count; d++)
		for (size_t i = 0; i < list.items[d].nentries; i++) {
			const struct dispatch_entry *entry = &list.items[d].entries[i];

			text_add(&found, found.len ? ", " : "");
			if (entry->parent != DISPATCH_NONE)
				text_add(&found, "^");
			for (size_t w = 0; w < entry->nwords; w++) {
				text_add(&found, w ? "|" : "");
				text_add(&found, entry->words[w]);
			}
			text_add(&found, " ");
			text_add(&found, entry->nhandlers
						 ? program_name(&program,
							   entry->handlers[0].function)
						 : entry->reason);
		}
	cr_expect_str_eq(text_string(&found), expected);
}

#define IS(word) "(== (call @strcmp ([] #1 1) '" word "') 0)"

static void handlers(void)
{
	body("add", "(call @strlen 'x')");
	body("del", "(call @strlen 'x')");
	body("show", "(call @strlen 'x')");
}

Test(chains, words_that_end_in_calls_are_commands)
{
	handlers();
	body("main", "(if " IS("add") " (return (call @add #0 #1)))"
				      "(if (|| " IS("del") " " IS(
					      "rm") ") (return (call @del #0 #1)))");
	read_program();
	expect("add add, del|rm del");
}

Test(chains, what_is_called_before_the_handler_is_not_it)
{
	handlers();
	body("main",
		"(if " IS(
			"add") " (block (call @show #0) (return (call @add #1)))"
			       "(if " IS(
				       "del") " (block (call @show #0) (return (call @del #1)))))");
	read_program();
	expect("add add, del del");
}

Test(chains, words_below_a_word_are_its_commands)
{
	handlers();
	body("main",
		"(if " IS(
			"key") " (block"
			       " (if (! (call @strcmp ([] #1 2) 'add')) (return (call @add #1)))"
			       " (if (! (call @strcmp ([] #1 2) 'del')) (return (call @del #1)))))"
			       "(if " IS("show") " (return (call @show #1)))");
	read_program();
	expect("key inline, ^add add, ^del del, show show");
}

Test(chains, words_of_a_loop_over_words_are_options)
{
	handlers();
	body("main", "(loop (other) (block (if (== (call @strcmp (* #1) 'add') 0)"
		     " (call @add (* #1)) (if (== (call @strcmp (* #1) 'del') 0)"
		     " (call @del (* #1))))))");
	read_program();
	expect("");
}

Test(chains, words_with_a_hyphen_first_are_options)
{
	handlers();
	body("main", "(if " IS("-a") " (return (call @add #1)))"
				     "(if " IS("--del") " (return (call @del #1)))");
	read_program();
	expect("");
}

Test(chains, a_word_that_is_compared_again_is_the_first_ones)
{
	handlers();
	body("main",
		"(if " IS(
			"add") " (return (call @add #1)))"
			       "(if " IS(
				       "del") " (return (call @del #1)))"
					      "(if " IS(
						      "add") " (return (call @show #1)))");
	read_program();
	expect("add add, del del");
}

Test(chains, single_characters_make_a_word)
{
	handlers();
	body("main", "(switch ([] ([] #1 1) 0) (block (case 109 (switch ([] ([] #1 1) 1)"
		     " (block (case 103 (return (call @add #1)))"
		     " (case 115 (return (call @del #1))))))))");
	read_program();
	expect("mg add, ms del");
}

Test(chains, a_function_that_says_whether_texts_are_equal_is_a_matcher)
{
	handlers();
	body("same", "(return (! (call @strcmp #0 #1)))");
	body("main", "(if (call @same ([] #1 1) 'add') (return (call @add #1)))"
		     "(if (call @same ([] #1 1) 'del') (return (call @del #1)))");
	read_program();
	expect("add add, del del");
}

Test(chains, a_loop_over_characters_that_ends_with_one_text_takes_beginnings)
{
	handlers();
	body("same", "(loop (&& (* #1) (== (* #0) (* #1))) (other))"
		     "(return (! (! (* #0))))");
	body("main", "(if (! (call @same ([] #1 1) 'add')) (return (call @add #1)))"
		     "(if (! (call @same ([] #1 1) 'del')) (return (call @del #1)))");
	read_program();
	expect("add add, del del");
	cr_expect_eq(list.items[0].entries[0].match, RULE_FIRST_PREFIX);
}

/* A source of a stranger nests as deep as it likes: what is too deep is not seen. */
Test(chains, deep_nesting_is_left_out)
{
	enum {
		DEPTH = 20000
	};
	scoped_text source = {0};

	handlers();
	for (int i = 0; i < DEPTH; i++)
		text_add(&source, "(if (other) (block ");
	text_add(&source, "(if " IS("add") " (return (call @add #1)))");
	for (int i = 0; i < DEPTH; i++)
		text_add(&source, "))");
	body("main", text_string(&source));
	read_program();
	expect("");
}
