#include "analyzer/routes/tables_rules.h"

#include "analyzer/routes/program.h"
#include "analyzer/routes/rows.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/text.h"
#include "core/trace.h"

#include <inttypes.h>
#include <string.h>

static bool has_value(const struct cell *cell, const char *value)
{
	scoped_text number = {0};

	if (term_is(cell->value, TERM_TEXT))
		return strcmp(term_name(cell->value), value) == 0;
	if (!term_is(cell->value, TERM_NUMBER))
		return false;
	text_printf(&number, "%" PRId32, (int32_t)term_get(cell->value)->a);
	return strcmp(term_name(cell->value), value) == 0 ||
	       strcmp(text_string(&number), value) == 0;
}

bool tables_row_counts(const struct table_rule *rule, const struct row *row)
{
	for (size_t i = 0; rule && i < rule->nwhere; i++) {
		bool holds = false;

		for (size_t c = 0; c < row->ncells; c++)
			holds |= strcmp(row->cells[c].field, rule->where[i].field) == 0 &&
				 has_value(&row->cells[c], rule->where[i].value);
		if (!holds)
			return false;
	}
	return true;
}

const char *tables_role(const struct table_rule *rule, const char *field)
{
	for (size_t i = 0; rule && i < rule->nroles; i++)
		if (rule->roles[i].field && strcmp(rule->roles[i].field, field) == 0)
			return rule->roles[i].role;
	return field;
}

const char *tables_strip(const struct routes_program *program,
	const struct table_rule *rule, const char *name)
{
	size_t length;

	if (!rule || !rule->strip)
		return name;
	name += strspn(name, rule->strip);
	length = strlen(name);
	while (length && strchr(rule->strip, name[length - 1]))
		length--;
	return arena_copy(program->arena, name, length);
}

static void note_call(const struct routes_program *program, struct term call,
	bool *dispatched)
{
	struct term callee = term_first(call);
	const struct dispatcher_rule *rule;
	uint32_t object;

	if (!term_is(callee, TERM_FUNCTION))
		return;
	rule = rules_dispatcher(program->rules,
		program_name(program, program_function(program, callee)));
	if (!rule)
		return;
	object = rows_pointee(program, term_child(call, (unsigned)rule->table + 1));
	if (object != TRACE_NONE)
		dispatched[object] = true;
}

bool *tables_dispatched(const struct routes_program *program)
{
	bool *dispatched = xmalloc(program->nobjects + 1);

	memset(dispatched, 0, program->nobjects);
	if (!program->rules || !program->rules->all.ndispatchers)
		return dispatched;
	for (size_t i = 0; i < program->noutlines; i++) {
		struct term at = program->outlines[i].root;
		uint32_t end = term_get(at)->end;

		for (; at.at < end; at.at++)
			if (term_is(at, TERM_CALL))
				note_call(program, at, dispatched);
	}
	return dispatched;
}
