#include "analyzer/routes/registrations_inherit.h"

#include "analyzer/routes/fields.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations_sinks.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* What is in one field comes to be in another. */
struct link {
	const char *from_record, *from, *to_record, *to;
};

struct inheriting {
	const struct routes_program *program;
	const struct sinks *sinks;
	struct fields *fields;
	struct link *links; /* heap; of the body at hand */
	size_t nlinks, room;
};

static const char *record_of(struct term field)
{
	return facts_string(field.facts, term_get(field)->a);
}

static void add_link(struct inheriting *inheriting, struct term from, const char *record,
	const char *field)
{
	struct link link = {record_of(from), term_name(from), record, field};

	if (strcmp(link.from_record, record) == 0)
		return;
	inheriting->links = grow(inheriting->links, inheriting->nlinks, &inheriting->room,
		sizeof(link));
	inheriting->links[inheriting->nlinks++] = link;
}

static void read_call(struct inheriting *inheriting, struct term call)
{
	struct term argument = term_first(call);
	uint32_t function = TRACE_NONE, number = 0;

	if (!term_is(argument, TERM_FUNCTION))
		return;
	for (struct term callee = argument;
		term_exists(argument = term_next(call, argument)); number++) {
		const struct sink *sink;

		if (!term_is(argument, TERM_FIELD))
			continue;
		if (function == TRACE_NONE)
			function = program_function(inheriting->program, callee);
		if (function == TRACE_NONE)
			return;
		sink = sinks_of(inheriting->sinks, function, number);
		for (; sink; sink = sink->next)
			add_link(inheriting, argument, sink->record, sink->field);
	}
}

/* `c->name = row->name`, `c->name = strdup(row->name)` */
static void read_assignment(struct inheriting *inheriting, struct term assignment)
{
	struct term to = term_first(assignment), value;

	if (!term_is(to, TERM_FIELD))
		return;
	value = term_next(assignment, to);
	if (term_is(value, TERM_CALL))
		value = term_child(value, 1);
	if (term_is(value, TERM_FIELD))
		add_link(inheriting, value, record_of(to), term_name(to));
}

/* A field alone that is copied says nothing: a row has a word and a function. */
static bool is_of_row(const struct inheriting *inheriting, const struct link *link)
{
	for (size_t i = 0; i < inheriting->nlinks; i++) {
		const struct link *other = &inheriting->links[i];

		if (strcmp(other->from_record, link->from_record) == 0 &&
			strcmp(other->to_record, link->to_record) == 0 &&
			strcmp(other->from, link->from) != 0 &&
			strcmp(other->to, link->to) != 0)
			return true;
	}
	return false;
}

static void read_body(struct inheriting *inheriting, struct term root)
{
	inheriting->nlinks = 0;
	for (struct term at = root; at.at < term_get(root)->end; at.at++) {
		if (term_is(at, TERM_CALL))
			read_call(inheriting, at);
		else if (term_is(at, TERM_ASSIGN))
			read_assignment(inheriting, at);
	}
	for (size_t i = 0; i < inheriting->nlinks; i++) {
		const struct link *link = &inheriting->links[i];

		if (is_of_row(inheriting, link))
			fields_add(inheriting->fields, link->from_record, link->from,
				fields_use(inheriting->fields, link->to_record,
					link->to));
	}
}

void fields_inherit(const struct routes_program *program, const struct sinks *sinks,
	struct fields *fields)
{
	struct inheriting inheriting = {
		.program = program,
		.sinks = sinks,
		.fields = fields,
	};

	for (size_t i = 0; i < program->noutlines; i++)
		read_body(&inheriting, program->outlines[i].root);
	free(inheriting.links);
}
