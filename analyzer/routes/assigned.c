/* Records whose fields are assigned: `c.name = "file"; c.run = file_f; add(&c);`. */
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations.h"
#include "analyzer/routes/words.h"
#include "core/arena.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_OPEN = 64, /* records that are filled in at the same time */
	MAX_CELLS = 48, /* of one record */
};

/* A record that is being filled in. */
struct filling {
	struct term base; /* `c` of `c.name`, `cmds[2]` of `cmds[2].name` */
	struct term at; /* the first assignment */
	const char *record;
	struct cell cells[MAX_CELLS];
	size_t ncells;
};

struct reading_assignments {
	const struct routes_program *program;
	struct registered_list *list;
	const struct outline *outline;
	struct locals locals;
	bool has_locals;
	struct filling open[MAX_OPEN];
	size_t nopen;
};

static const char *name_of(struct term base)
{
	while (term_is(base, TERM_ADDRESS) || term_is(base, TERM_DEREF) ||
		term_is(base, TERM_ELEMENT))
		base = term_first(base);
	if (!term_is(base, TERM_VARIABLE))
		return "";
	return facts_string(base.facts, base.facts->variables[term_get(base)->a].name);
}

/* The variable bears the name of its command: it can only speak for it. */
static void close(struct reading_assignments *reading, struct filling *filling)
{
	const char *name = name_of(filling->base);

	registered_add(reading->list, reading->program,
		&(struct registered){
			.row = {filling->at, TRACE_NONE, filling->cells, filling->ncells},
			.record = filling->record,
			.function = reading->outline->function,
			.name = words_hint(name) > 0 ? name : "",
		});
}

static bool has_field(const struct filling *filling, const char *field)
{
	for (size_t i = 0; i < filling->ncells; i++)
		if (strcmp(filling->cells[i].field, field) == 0)
			return true;
	return false;
}

/* The place for what is assigned to a field of `base`; a field that is assigned again is
 * that of the next record. */
static struct filling *filling_for(struct reading_assignments *reading, struct term field)
{
	struct term base = term_first(field);
	const char *record = facts_string(field.facts, term_get(field)->a);
	struct filling *filling = NULL;

	for (size_t i = 0; i < reading->nopen && !filling; i++)
		if (terms_mean_same(reading->open[i].base, base) &&
			strcmp(reading->open[i].record, record) == 0)
			filling = &reading->open[i];
	if (filling && !has_field(filling, term_name(field)) &&
		filling->ncells < MAX_CELLS)
		return filling;
	if (filling)
		close(reading, filling);
	else if (reading->nopen < MAX_OPEN)
		filling = &reading->open[reading->nopen++];
	else
		return NULL;
	filling->base = base;
	filling->at = field;
	filling->record = record;
	filling->ncells = 0;
	return filling;
}

static void read_assignment(struct reading_assignments *reading, struct term assignment)
{
	struct term field = term_first(assignment), value;
	struct filling *filling;

	if (!term_is(field, TERM_FIELD) || !term_exists(term_first(field)))
		return;
	if (!reading->has_locals)
		locals_read(&reading->locals, reading->outline->root);
	reading->has_locals = true;
	value = registered_value(&reading->locals, term_next(assignment, field));
	if (!term_is(value, TERM_TEXT) && !term_is(value, TERM_FUNCTION))
		return;
	filling = filling_for(reading, field);
	if (filling)
		filling->cells[filling->ncells++] = (struct cell){
			.record = filling->record,
			.field = term_name(field),
			.value = value,
		};
}

static void read_body(struct reading_assignments *reading)
{
	struct term at = reading->outline->root;
	uint32_t end = term_get(at)->end;

	reading->locals = (struct locals){0};
	reading->has_locals = false;
	reading->nopen = 0;
	for (; at.at < end; at.at++)
		if (term_is(at, TERM_ASSIGN))
			read_assignment(reading, at);
	for (size_t i = 0; i < reading->nopen; i++)
		close(reading, &reading->open[i]);
	locals_release(&reading->locals);
}

void registered_by_assignments(const struct routes_program *program,
	struct registered_list *list)
{
	struct reading_assignments *reading =
		arena_alloc(program->arena, sizeof(*reading));

	reading->program = program;
	reading->list = list;
	for (size_t i = 0; i < program->noutlines; i++) {
		reading->outline = &program->outlines[i];
		read_body(reading);
	}
}
