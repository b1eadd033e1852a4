#include "analyzer/routes/chains.h"

#include "analyzer/routes/dispatch.h"
#include "tests/unit/outlined_program.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct dispatch_list list;

static void teardown(void)
{
	free(list.items);
	outlined_drop();
}

TestSuite(chains, .init = outlined_make, .fini = teardown);

static void read_program(void)
{
	outlined_read();
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
