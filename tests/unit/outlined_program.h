/*
 * A program whose outlines are written as text, for tests of what routes are made of. One
 * test at a time has it: outlined_make(), bodies and objects, outlined_read(), and
 * outlined_drop() at its end.
 */
#ifndef PCARCH_TESTS_OUTLINED_PROGRAM_H
#define PCARCH_TESTS_OUTLINED_PROGRAM_H

#include "analyzer/facts/facts_builder.h"
#include "analyzer/link/function_table.h"
#include "analyzer/routes/comparers.h"
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
 * $ a variable, # a parameter. "$table:command" is an array of such records,
 * "(.name:command $row)" a field, "(list:command (slot:name 'add'))" a record in braces
 * and "(array (slot $one))" an array; "(object:row $table)" declares a local. Functions
 * whose names begin with "str" are the library's.
 */
static const struct {
	const char *word;
	enum facts_term_kind kind;
} kinds[] = {{"block", TERM_BLOCK}, {"if", TERM_IF}, {"switch", TERM_SWITCH},
	{"case", TERM_CASE}, {"default", TERM_CASE_DEFAULT}, {"loop", TERM_LOOP},
	{"return", TERM_RETURN}, {"break", TERM_BREAK}, {"call", TERM_CALL},
	{"=", TERM_ASSIGN}, {"==", TERM_EQUAL}, {"!=", TERM_UNEQUAL}, {"&&", TERM_AND},
	{"||", TERM_OR}, {"!", TERM_NOT}, {"*", TERM_DEREF}, {"[]", TERM_ELEMENT},
	{"&", TERM_ADDRESS}, {"+", TERM_ADD}, {"continue", TERM_CONTINUE},
	{"array", TERM_LIST}, {"list", TERM_LIST}, {"slot", TERM_SLOT},
	{"object", TERM_OBJECT}, {"other", TERM_OTHER}};

static struct arena arena;
static struct facts_builder *builder;
static struct text image;
static struct facts facts;
static struct rules rules;
static struct routes_program program;
static const char *names[64], *variables[64];
static uint32_t functions[64];
static size_t nnames, nvariables;

static inline uint32_t name_of(const char *name)
{
	bool is_library = strncmp(name, "str", 3) == 0;

	for (size_t i = 0; i < nnames; i++)
		if (strcmp(names[i], name) == 0)
			return functions[i];
	cr_assert_lt(nnames, sizeof(names) / sizeof(*names));
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

/* "table:command"; without a record it is a text. */
static inline uint32_t variable_of(const char *word)
{
	size_t n = strcspn(word, ":");
	const char *record = word[n] ? word + n + 1 : "";

	for (size_t i = 0; i < nvariables; i++)
		if (strcmp(variables[i], word) == 0)
			return (uint32_t)i;
	cr_assert_lt(nvariables, sizeof(variables) / sizeof(*variables));
	variables[nvariables++] = arena_strdup(&arena, word);
	return facts_add_variable(builder,
		(struct facts_variable){
			.name = facts_intern(builder, arena_copy(&arena, word, n)),
			.record = facts_intern(builder, record),
			.flags = record[0] ? VARIABLE_ARRAY
					   : VARIABLE_TEXT | VARIABLE_POINTER,
		});
}

static inline struct facts_term atom(const char **at)
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
		return (struct facts_term){
			.kind = TERM_VARIABLE, .a = variable_of(word_at(at, " )"))};
	cr_assert_eq(sign, '\'', "what is '%c%s'?", sign, *at);
	return (struct facts_term){
		.kind = TERM_TEXT, .name = facts_intern(builder, word_at(at, "'"))};
}

/* What stands behind the colon of an operator: a name, a number, a field's record. */
static inline void set_operand(struct facts_term *term, const char *operand)
{
	if (term->kind == TERM_OBJECT)
		term->a = variable_of(operand);
	else if (term->kind == TERM_SLOT && isdigit((unsigned char)operand[0]))
		term->a = (uint32_t)strtoul(operand, NULL, 10);
	else
		term->name = facts_intern(builder, operand);
}

static inline struct facts_term opened(const char **at)
{
	const char *word = word_at(at, " )");
	size_t n = strcspn(word, ":");
	struct facts_term term = {0};

	if (word[0] == '.')
		return (struct facts_term){.kind = TERM_FIELD,
			.name = facts_intern(builder,
				arena_copy(&arena, word + 1, n - 1)),
			.a = facts_intern(builder, word[n] ? word + n + 1 : "command")};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strlen(kinds[i].word) == n && strncmp(kinds[i].word, word, n) == 0)
			term = (struct facts_term){
				.kind = kinds[i].kind,
				.a = kinds[i].kind == TERM_CALL
					     ? FACTS_NONE
					     : kinds[i].kind == TERM_LOOP ||
						       word[0] == 'a',
			};
	cr_assert(term.kind, "no term is called '%s'", word);
	if (word[n])
		set_operand(&term, word + n + 1);
	return term;
}

/* Add the terms of `source` below `root`. */
static inline void add_terms(uint32_t root, const char *source)
{
	uint32_t *open = xmalloc((strlen(source) + 1) * sizeof(*open));
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

/* Add function `name` with the statements `source`. */
static inline void body(const char *name, const char *source)
{
	uint32_t function = name_of(name);

	add_terms(facts_add_term(builder,
			  (struct facts_term){.kind = TERM_BODY, .a = function}),
		source);
}

/* Add the variable `name`, "table:command", with its initialiser. */
static inline void object(const char *name, const char *source)
{
	uint32_t variable = variable_of(name);

	add_terms(facts_add_term(builder,
			  (struct facts_term){.kind = TERM_OBJECT, .a = variable}),
		source);
}

static inline void outlined_make(void)
{
	struct error err;

	builder = facts_builder_new();
	facts_add_file(builder,
		(struct facts_file){.path = facts_intern(builder, "/src/a.c")});
	cr_assert(rules_load(&arena, &(struct rules_request){0}, &rules, &err));
}

static inline void outlined_drop(void)
{
	program_release(&program);
	function_table_free(program.functions);
	source_paths_free(program.paths);
	rules_release(&rules);
	text_release(&image);
	arena_release(&arena);
}

static inline void outlined_read(void)
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
}

#endif
