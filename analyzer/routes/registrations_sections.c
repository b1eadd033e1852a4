#include "analyzer/routes/registrations_sections.h"

#include "analyzer/routes/columns.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/fields.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/rows.h"
#include "analyzer/routes/tables.h"
#include "analyzer/routes/words.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* Below it, the linker collects something else: tests, drivers, parameters. */
#define LEAST_WEIGHT 0.55

struct finding_sections {
	struct routes_program *program;
	const struct fields *fields;
	struct dispatch_list *out;
	const struct row_list **kept; /* heap; records that a section holds, by type */
	size_t nkept, room;
};

static uint32_t flags_of(struct term object)
{
	return object.facts->variables[term_get(object)->a].flags;
}

bool sections_mark(const struct routes_program *program, bool *is_kept)
{
	bool has_any = false;

	for (size_t i = 0; i < program->nobjects; i++) {
		struct term root = program->objects[i].root;
		struct term value = term_first(root);
		uint32_t pointee = TRACE_NONE;

		if (!(flags_of(root) & VARIABLE_SECTION))
			continue;
		if (term_is(value, TERM_LIST))
			pointee = (uint32_t)i;
		else if (term_exists(value))
			pointee = rows_pointee(program, value);
		if (pointee == TRACE_NONE)
			continue;
		is_kept[pointee] = true;
		has_any = true;
	}
	return has_any;
}

static int compare_lists(const void *left, const void *right)
{
	const struct row_list *a = *(const struct row_list *const *)left;
	const struct row_list *b = *(const struct row_list *const *)right;
	int order = strcmp(a->record, b->record);

	return order ? order : (a->object > b->object) - (a->object < b->object);
}

/* The entry of the record that a field of this one leads up to; DISPATCH_NONE. */
static uint32_t entry_above(const struct finding_sections *finding, const struct row *row,
	const struct dispatch *dispatch, const char *field)
{
	for (size_t i = 0; i < row->ncells; i++) {
		uint32_t object;

		if (strcmp(row->cells[i].field, field) != 0)
			continue;
		object = rows_pointee(finding->program, row->cells[i].value);
		for (uint32_t e = 0; object != TRACE_NONE && e < dispatch->nentries;
			e++) {
			struct term root = finding->program->objects[object].root;

			if (dispatch->entries[e].at.facts == root.facts &&
				dispatch->entries[e].at.at == root.at)
				return e;
		}
	}
	return DISPATCH_NONE;
}

/* "parent", "section", "group": not "next", of a list that the source has linked. */
static bool leads_up(const char *field)
{
	static const char *const names[] = {
		"parent", "section", "group", "super", "up", "owner", "menu", "category"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcasestr(field, names[i]))
			return true;
	return false;
}

static void nest(const struct finding_sections *finding, const struct columns *columns,
	struct dispatch *dispatch, const struct row *const *rows)
{
	struct dispatch_entry *entries = (struct dispatch_entry *)dispatch->entries;

	for (size_t c = 0; c < columns->count; c++) {
		const struct column *column = &columns->all[c];

		if (!column->lists || !leads_up(column->field))
			continue;
		for (size_t e = 0; e < dispatch->nentries; e++) {
			uint32_t above =
				entry_above(finding, rows[e], dispatch, column->field);

			if (above != e && above != DISPATCH_NONE)
				entries[e].parent = above;
		}
		return;
	}
}

static void add_type(const struct finding_sections *finding,
	const struct columns *columns, size_t first, size_t end)
{
	struct arena *arena = finding->program->arena;
	struct dispatch dispatch = {
		.pattern = "registration",
		.function = columns->word->use.comparing,
		.object = TRACE_NONE,
		.subject = term_none(),
	};
	size_t count = 0;
	struct dispatch_entry *entries;
	const struct row **rows;

	for (size_t i = first; i < end; i++)
		count += finding->kept[i]->nrows;
	entries = arena_alloc(arena, count * sizeof(*entries));
	rows = arena_alloc(arena, count * sizeof(void *));
	for (size_t i = first; i < end; i++)
		for (size_t r = 0; r < finding->kept[i]->nrows; r++) {
			const struct row *row = &finding->kept[i]->rows[r];
			struct dispatch_entry *entry = &entries[dispatch.nentries];

			tables_read_entry(finding->program, columns, row, entry);
			rows[dispatch.nentries] = row;
			dispatch.nentries += entry->nwords > 0;
		}
	dispatch.entries = entries;
	nest(finding, columns, &dispatch, rows);
	dispatch_add(finding->out, dispatch);
}

static void judge_type(const struct finding_sections *finding, size_t first, size_t end)
{
	struct columns *columns = arena_alloc(finding->program->arena, sizeof(*columns));
	struct row_list whole = *finding->kept[first];

	for (size_t i = first; i < end; i++)
		columns_read(finding->program, finding->kept[i], columns);
	columns_settle(finding->program, finding->fields, columns);
	whole.object = TRACE_NONE;
	whole.at = term_none();
	/* What the linker collects for many uses is compared and called by its one. */
	if (columns->word && columns->word->use.compared && columns->handler &&
		columns->handler->use.called &&
		columns_weight(finding->program, finding->fields, &whole, columns) >=
			LEAST_WEIGHT)
		add_type(finding, columns, first, end);
}

void sections_find(struct routes_program *program, const struct fields *fields,
	struct dispatch_list *out)
{
	struct finding_sections finding = {program, fields, out, NULL, 0, 0};
	struct row_list *lists;
	size_t nlists;
	bool *is_kept = xmalloc(program->nobjects + 1), has_any;

	memset(is_kept, 0, program->nobjects);
	has_any = sections_mark(program, is_kept);
	lists = has_any ? rows_read(program, &nlists) : NULL;
	for (size_t i = 0; has_any && i < nlists; i++) {
		if (!is_kept[lists[i].object])
			continue;
		finding.kept =
			grow(finding.kept, finding.nkept, &finding.room, sizeof(void *));
		finding.kept[finding.nkept++] = &lists[i];
	}
	if (finding.nkept)
		qsort(finding.kept, finding.nkept, sizeof(void *), compare_lists);
	for (size_t i = 0; i < finding.nkept;) {
		size_t start = i;

		while (i < finding.nkept &&
			strcmp(finding.kept[i]->record, finding.kept[start]->record) == 0)
			i++;
		judge_type(&finding, start, i);
	}
	free(finding.kept);
	free(is_kept);
	free(lists);
}
