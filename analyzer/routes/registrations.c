#include "analyzer/routes/registrations.h"

#include "analyzer/routes/columns.h"
#include "analyzer/routes/comparers_locals.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations_said.h"
#include "analyzer/routes/tables.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* Below it, what is registered are options, events, tests. */
#define LEAST_WEIGHT 0.55

struct term registered_value(const struct locals *locals, struct term value)
{
	struct term only = term_none();

	value = locals_source(locals, value);
	while (term_is(value, TERM_ADDRESS) || term_is(value, TERM_DEREF))
		value = term_first(value);
	if (!term_is(value, TERM_CALL))
		return value;
	/* strdup("word"), gettext("help") */
	for (struct term part = term_first(value); term_exists(part);
		part = term_next(value, part)) {
		if (!term_is(part, TERM_TEXT))
			continue;
		if (term_exists(only))
			return value;
		only = part;
	}
	return term_exists(only) ? only : value;
}

bool registrations_is_given(const struct routes_program *program, uint32_t object)
{
	struct index_list mentions = grouping_at(&program->mentions_of, object);

	for (size_t i = 0; i < mentions.count; i++) {
		struct term at = program->mentions[mentions.items[i]].at;

		at.at--;
		if (term_is(at, TERM_ADDRESS))
			at.at--;
		if (!term_is(at, TERM_RETURN))
			return true;
	}
	return false;
}

void registered_add(struct registered_list *list, const struct routes_program *program,
	const struct registered *registered)
{
	const struct row *row = &registered->row;
	bool has_text = false, has_function = false;
	struct cell *cells;

	for (size_t i = 0; i < row->ncells; i++) {
		has_text |= term_is(row->cells[i].value, TERM_TEXT);
		has_function |= term_is(row->cells[i].value, TERM_FUNCTION);
	}
	if (!has_text || !has_function)
		return;
	cells = arena_alloc(program->arena, row->ncells * sizeof(*cells));
	memcpy(cells, row->cells, row->ncells * sizeof(*cells));
	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count] = *registered;
	list->items[list->count].row.cells = cells;
	list->items[list->count].number = (uint32_t)list->count;
	list->count++;
}

/* By type, and within one in the order in which they stand. */
static int compare_records(const void *left, const void *right)
{
	const struct registered *a = left, *b = right;
	int order = strcmp(a->record, b->record);

	if (!order)
		order = (a->function > b->function) - (a->function < b->function);
	return order ? order : (a->number > b->number) - (a->number < b->number);
}

/* "refs/" is where something lies. */
static bool is_path(const char *word)
{
	size_t len = strlen(word);

	return len > 1 && word[len - 1] == '/';
}

struct finding_registered {
	struct routes_program *program;
	const struct fields *fields;
	struct dispatch_list *out;
	const struct registered *items;
};

/* The table that is registered as what the handler works with. */
static uint32_t level_of(const struct finding_registered *finding, const struct row *row)
{
	for (size_t i = 0; i < row->ncells; i++) {
		uint32_t object = rows_pointee(finding->program, row->cells[i].value);

		for (uint32_t d = 0; object != TRACE_NONE && d < finding->out->count; d++)
			if (finding->out->items[d].object == object)
				return d;
	}
	return DISPATCH_NONE;
}

/* What one function registers, of one type: from `first` to `end` - 1. */
static void add_dispatch(const struct finding_registered *finding,
	const struct columns *columns, size_t first, size_t end, double weight)
{
	struct arena *arena = finding->program->arena;
	struct dispatch_entry *entries =
		arena_alloc(arena, (end - first) * sizeof(*entries));
	size_t count = 0;

	for (size_t i = first; i < end; i++) {
		struct dispatch_entry *entry = &entries[count];

		tables_read_entry(finding->program, columns, &finding->items[i].row,
			entry);
		entry->sub = level_of(finding, &finding->items[i].row);
		count += !entry->reason && entry->nwords > 0 && !is_path(entry->words[0]);
	}
	if (count)
		dispatch_add(finding->out,
			(struct dispatch){
				.pattern = "registration",
				.entries = entries,
				.nentries = count,
				.function = finding->items[first].function,
				.object = TRACE_NONE,
				.subject = term_none(),
				.weight = weight,
			});
}

/* The records of one type: they are commands together, or none is. */
static void judge_type(const struct finding_registered *finding, size_t first, size_t end)
{
	const struct registered *items = finding->items;
	struct columns *columns = arena_alloc(finding->program->arena, sizeof(*columns));
	double weight;

	for (size_t i = first; i < end; i++)
		columns_read(finding->program,
			&(struct row_list){.rows = &items[i].row, .nrows = 1}, columns);
	columns_settle(finding->program, finding->fields, columns);
	weight = columns_weight(finding->program, finding->fields,
		&(struct row_list){
			.at = term_none(),
			.record = items[first].record,
			.object = TRACE_NONE,
			.name = items[first].name,
		},
		columns);
	if (weight < LEAST_WEIGHT ||
		(columns->word->use.compared &&
			registrations_said(finding->program, columns->word->use.comparing,
				columns->word->record, columns->word->field)))
		return;
	for (size_t i = first; i < end;) {
		size_t start = i;

		while (i < end && items[i].function == items[start].function)
			i++;
		add_dispatch(finding, columns, start, i, weight);
	}
}

void registrations_find(struct routes_program *program, const struct fields *fields,
	const struct sinks *sinks, struct dispatch_list *out)
{
	struct registered_list list = {0};
	struct finding_registered finding = {program, fields, out, NULL};

	registered_by_calls(program, sinks, &list);
	registered_by_assignments(program, &list);
	if (list.count)
		qsort(list.items, list.count, sizeof(*list.items), compare_records);
	finding.items = list.items;
	for (size_t i = 0; i < list.count;) {
		size_t start = i;

		while (i < list.count &&
			strcmp(list.items[i].record, list.items[start].record) == 0)
			i++;
		judge_type(&finding, start, i);
	}
	free(list.items);
}
