#include "analyzer/routes/registrations_unresolved.h"

#include "analyzer/routes/columns.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/fields.h"
#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/trace.h"

#include <string.h>

struct finding_unresolved {
	struct routes_program *program;
	const struct fields *fields;
	struct dispatch_list *out;
	struct term root; /* of the body at hand */
	uint32_t function;
};

static void add(const struct finding_unresolved *finding, struct term at,
	const char *pattern, const char *reason)
{
	struct dispatch_entry *entry =
		arena_alloc(finding->program->arena, sizeof(*entry));

	*entry = (struct dispatch_entry){
		.reason = reason,
		.at = at,
		.parent = DISPATCH_NONE,
		.sub = DISPATCH_NONE,
		.body = term_none(),
	};
	dispatch_add(finding->out, (struct dispatch){
					   .pattern = pattern,
					   .entries = entry,
					   .nentries = 1,
					   .function = finding->function,
					   .object = TRACE_NONE,
					   .subject = term_none(),
				   });
}

static bool in_body(const struct finding_unresolved *finding, struct term at)
{
	return at.at < term_get(finding->root)->end;
}

/* The name of the function that a call names; "". */
static const char *callee_name(const struct finding_unresolved *finding, struct term call)
{
	struct term callee = term_first(call);

	if (!term_is(call, TERM_CALL) || !term_is(callee, TERM_FUNCTION))
		return "";
	return program_name(finding->program, program_function(finding->program, callee));
}

/* The variable behind `&v`, `*v`, `*(void **)&v`; or none. */
static struct term variable_in(struct term value)
{
	while (term_is(value, TERM_ADDRESS) || term_is(value, TERM_DEREF))
		value = term_first(value);
	return term_is(value, TERM_VARIABLE) ? value : term_none();
}

static bool is_same_variable(struct term a, struct term b)
{
	return term_exists(a) && term_exists(b) && term_get(a)->a == term_get(b)->a;
}

/* Is the variable written by a call such as snprintf(symbol, size, "run_%s", word)? */
static bool is_formatted(const struct finding_unresolved *finding, struct term variable)
{
	for (struct term at = finding->root; in_body(finding, at); at.at++) {
		bool has_format = false, has_variable = false;
		struct term argument = term_first(at);

		if (!strstr(callee_name(finding, at), "printf"))
			continue;
		while (term_exists(argument = term_next(at, argument))) {
			has_format |= term_is(argument, TERM_TEXT) &&
				      strstr(term_name(argument), "%s");
			has_variable |= is_same_variable(variable_in(argument), variable);
		}
		if (has_format && has_variable)
			return true;
	}
	return false;
}

/* Is the variable called with the words that follow, a `char **`? */
static bool runs_words(const struct finding_unresolved *finding, struct term variable)
{
	for (struct term at = finding->root; in_body(finding, at); at.at++) {
		const struct facts_site *site;

		if (!term_is(at, TERM_CALL) || term_get(at)->a == FACTS_NONE ||
			!is_same_variable(variable_in(term_first(at)), variable))
			continue;
		site = &at.facts->sites[term_get(at)->a];
		if (strstr(facts_string(at.facts, site->signature), "char **"))
			return true;
	}
	return false;
}

/* `run = dlsym(self, symbol);` */
static void look_at_symbol(const struct finding_unresolved *finding, struct term to,
	struct term call)
{
	struct term symbol = variable_in(term_child(call, 2));
	struct term variable = term_is(to, TERM_OBJECT) ? to : variable_in(to);

	if (strcmp(callee_name(finding, call), "dlsym") == 0 && term_exists(symbol) &&
		term_exists(variable) && is_formatted(finding, symbol) &&
		runs_words(finding, variable))
		add(finding, call, "dlsym", "dlsym");
}

/* Is it an element of an array of functions, `functions[number]`? */
static bool is_function_by_number(const struct finding_unresolved *finding,
	struct term value)
{
	struct term list;
	uint32_t object;

	if (!term_is(value, TERM_ELEMENT) || !term_is(term_first(value), TERM_VARIABLE) ||
		term_is(term_child(value, 1), TERM_NUMBER))
		return false;
	object = program_object(finding->program, term_first(value));
	if (object == TRACE_NONE)
		return false;
	list = term_first(finding->program->objects[object].root);
	return term_is(list, TERM_LIST) &&
	       columns_function(finding->program, term_first(term_first(list))) !=
		       TRACE_NONE;
}

/* Does the body have a library's function write to a word of such a record, as sscanf()
 * does? */
static bool reads_word(const struct finding_unresolved *finding, const char *record)
{
	for (struct term at = finding->root; in_body(finding, at); at.at++) {
		struct term argument = term_first(at);

		if (!callee_name(finding, at)[0] ||
			program_has_body(finding->program,
				program_function(finding->program, argument)))
			continue;
		while (term_exists(argument = term_next(at, argument)))
			if (term_is(argument, TERM_FIELD) &&
				strcmp(facts_string(at.facts, term_get(argument)->a),
					record) == 0 &&
				fields_use(finding->fields, record, term_name(argument))
					.compared)
				return true;
	}
	return false;
}

/* `row->run = functions[number];` beside `sscanf(line, "%s %d", row->name, &number)`. */
static void look_at_row(const struct finding_unresolved *finding, struct term field,
	struct term value)
{
	const char *record;

	if (!term_is(field, TERM_FIELD) || !is_function_by_number(finding, value))
		return;
	record = facts_string(field.facts, term_get(field)->a);
	if (fields_use(finding->fields, record, term_name(field)).called_beside &&
		reads_word(finding, record))
		add(finding, field, "table", "text");
}

void unresolved_find(struct routes_program *program, const struct fields *fields,
	struct dispatch_list *out)
{
	struct finding_unresolved finding = {program, fields, out, term_none(), 0};

	for (size_t i = 0; i < program->noutlines; i++) {
		struct term at = program->outlines[i].root;

		finding.root = at;
		finding.function = program->outlines[i].function;
		for (; in_body(&finding, at); at.at++) {
			struct term to = term_first(at);

			if (term_is(at, TERM_OBJECT) && term_is(to, TERM_CALL))
				look_at_symbol(&finding, at, to);
			if (!term_is(at, TERM_ASSIGN) || !term_exists(to))
				continue;
			look_at_symbol(&finding, to, term_next(at, to));
			look_at_row(&finding, to, term_next(at, to));
		}
	}
}
