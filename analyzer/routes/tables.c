#include "analyzer/routes/tables.h"

#include "analyzer/routes/columns.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/fields.h"
#include "analyzer/routes/options.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations.h"
#include "analyzer/routes/registrations_sections.h"
#include "analyzer/routes/rows.h"
#include "analyzer/routes/tables_rules.h"
#include "analyzer/routes/words.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#define LEAST_WEIGHT 0.58

/* All lists of one type of record. */
struct table_type {
	UT_hash_handle hh;
	const char *record;
	struct columns columns;
	struct dispatch_entry *singles; /* heap: records that are registered one by one */
	size_t nsingles, room;
	uint32_t first_single; /* list */
};

struct finding_tables {
	struct routes_program *program;
	const struct fields *fields;
	struct row_list *lists;
	size_t nlists;
	struct dispatch_list *out;
	uint32_t *dispatch_of; /* each list; DISPATCH_NONE */
	uint32_t *list_of; /* each object: its first; TRACE_NONE */
	struct table_type *types;
	struct table_type **type_of; /* each list */
	bool *is_dispatched; /* each object: a rule says so */
	bool *is_in_list; /* each object: an array of pointers has it */
	const struct columns *columns; /* of the list at hand */
};

/* The words of one row: of the name, and of what are other names. */
static void read_words(struct finding_tables *finding, const struct row *row,
	struct dispatch_entry *entry)
{
	const struct columns *columns = finding->columns;
	struct arena *arena = finding->program->arena;
	const char **words = NULL;
	size_t nwords = 0, room = 0;

	for (size_t c = 0; c < columns->count; c++) {
		const struct column *column = &columns->all[c];

		if (column != columns->word && !columns_is_alias(columns, column))
			continue;
		for (size_t i = 0; i < row->ncells; i++) {
			const struct cell *cell = &row->cells[i];
			const char **parts;
			size_t nparts;

			if (!term_is(cell->value, TERM_TEXT) ||
				strcmp(cell->field, column->field) != 0 ||
				strcmp(cell->record, column->record) != 0)
				continue;
			parts = words_split(arena, term_name(cell->value),
				columns->rule && columns->rule->split
					? columns->rule->split
					: WORDS_SEPARATORS,
				&nparts);
			for (size_t p = 0; p < nparts; p++) {
				words = grow(words, nwords, &room, sizeof(*words));
				words[nwords++] = tables_strip(finding->program,
					columns->rule, parts[p]);
			}
		}
	}
	entry->words = arena_alloc(arena, nwords * sizeof(*words));
	if (nwords)
		memcpy((void *)entry->words, words, nwords * sizeof(*words));
	entry->nwords = nwords;
	free(words);
}

static const struct cell *cell_at(const struct row *row, const struct column *column)
{
	for (size_t i = 0; column && i < row->ncells; i++)
		if (strcmp(row->cells[i].field, column->field) == 0 &&
			strcmp(row->cells[i].record, column->record) == 0)
			return &row->cells[i];
	return NULL;
}

static void add_handler(struct finding_tables *finding, const struct row *row,
	const struct column *column, struct dispatch_handler *handlers, size_t *count)
{
	const struct cell *cell = cell_at(row, column);
	uint32_t function =
		cell ? columns_function(finding->program, cell->value) : TRACE_NONE;
	bool is_first;

	if (function == TRACE_NONE)
		return;
	is_first = !*count && columns_is_handler(finding->columns, column);
	handlers[(*count)++] = (struct dispatch_handler){
		.function = function,
		.role = is_first ? NULL
				 : tables_role(finding->columns->rule, column->field),
		.call = term_none(),
	};
}

static void read_handlers(struct finding_tables *finding, const struct row *row,
	struct dispatch_entry *entry)
{
	const struct columns *columns = finding->columns;
	struct dispatch_handler *handlers = arena_alloc(finding->program->arena,
		(columns->count + 1) * sizeof(*handlers));
	size_t count = 0;
	bool has_handler;

	add_handler(finding, row, columns->handler, handlers, &count);
	for (size_t i = 0; i < columns->count; i++)
		if (&columns->all[i] != columns->handler &&
			columns_is_handler(columns, &columns->all[i]))
			add_handler(finding, row, &columns->all[i], handlers, &count);
	has_handler = count > 0;
	for (size_t i = 0; i < columns->count; i++)
		if (!columns_is_handler(columns, &columns->all[i]))
			add_handler(finding, row, &columns->all[i], handlers, &count);
	entry->handlers = handlers;
	entry->nhandlers = count;
	entry->reason = has_handler ? NULL : "no_handler";
}

/* The list that a cell leads to, or a list in a record that it leads to; or TRACE_NONE.
 */
static uint32_t list_behind(struct finding_tables *finding, struct term value)
{
	uint32_t object = rows_pointee(finding->program, value);
	uint32_t list;

	if (term_is(value, TERM_LIST)) {
		for (uint32_t i = 0; i < finding->nlists; i++)
			if (finding->lists[i].at.facts == value.facts &&
				finding->lists[i].at.at == value.at)
				return i;
		return TRACE_NONE;
	}
	if (object == TRACE_NONE)
		return TRACE_NONE;
	list = finding->list_of[object];
	if (list == TRACE_NONE || term_get(finding->lists[list].at)->a)
		return list;
	for (uint32_t i = list + 1; i < finding->nlists; i++) {
		if (finding->lists[i].object != object)
			break;
		if (finding->lists[i].holder == list)
			return i;
	}
	return TRACE_NONE;
}

static void add_entry(struct finding_tables *finding, const struct row *row,
	struct dispatch_entry *entry)
{
	const struct cell *help = cell_at(row, finding->columns->help);

	*entry = (struct dispatch_entry){
		.at = row->at,
		.parent = DISPATCH_NONE,
		.sub = DISPATCH_NONE,
		.body = term_none(),
	};
	read_words(finding, row, entry);
	read_handlers(finding, row, entry);
	if (help && term_is(help->value, TERM_TEXT))
		entry->help = term_name(help->value);
	entry->match = finding->columns->rule && finding->columns->rule->match
			       ? finding->columns->rule->match
			       : finding->columns->word->use.match;
}

static struct table_type *type_of(struct finding_tables *finding,
	const struct row_list *list)
{
	struct arena *arena = finding->program->arena;
	const char *key = list->record;
	struct table_type *type;

	/* Each variable of a struct without a name has a type of its own. */
	if (!key[0])
		key = arena_printf(arena, "%s:%u",
			finding->program->objects[list->object].file,
			term_get(list->at)->line);
	HASH_FIND_STR(finding->types, key, type);
	if (type)
		return type;
	type = arena_alloc(arena, sizeof(*type));
	type->record = key;
	HASH_ADD_KEYPTR(hh, finding->types, type->record, strlen(type->record), type);
	return type;
}

static bool is_array(const struct row_list *list)
{
	return term_get(list->at)->a;
}

/* Sort the lists by types, and see what each type's fields are for. */
static void read_types(struct finding_tables *finding)
{
	struct table_type *type, *next;

	for (uint32_t i = 0; i < finding->nlists; i++) {
		const struct row_list *list = &finding->lists[i];

		type = type_of(finding, list);
		finding->type_of[i] = type;
		columns_read(finding->program, list, &type->columns);
		type->columns.is_told_apart |=
			fields_object(finding->fields, list->object).compared;
		for (size_t r = 0; r < list->nrows; r++)
			if (list->rows[r].object != list->object)
				finding->is_in_list[list->rows[r].object] = true;
	}
	HASH_ITER(hh, finding->types, type, next)
	{
		columns_settle(finding->program, finding->fields, &type->columns);
	}
}

static double weight_of(struct finding_tables *finding, uint32_t index)
{
	const struct row_list *list = &finding->lists[index];

	finding->columns = &finding->type_of[index]->columns;
	if (finding->is_dispatched[list->object] && finding->columns->word &&
		finding->columns->handler)
		return 1;
	return columns_weight(finding->program, finding->fields, list, finding->columns);
}

static void drop_entry(struct dispatch_entry *entry)
{
	entry->nwords = entry->nhandlers = 0;
	entry->reason = "no_handler";
}

static void add_table(struct finding_tables *finding, uint32_t index)
{
	const struct row_list *list = &finding->lists[index];
	double weight = weight_of(finding, index);
	struct dispatch_entry *entries;
	size_t with_handler = 0;

	if (weight < LEAST_WEIGHT)
		return;
	entries = arena_alloc(finding->program->arena, list->nrows * sizeof(*entries));
	for (size_t i = 0; i < list->nrows; i++) {
		add_entry(finding, &list->rows[i], &entries[i]);
		if (!tables_row_counts(finding->columns->rule, &list->rows[i]))
			drop_entry(&entries[i]);
		with_handler += !entries[i].reason;
	}
	if (!with_handler)
		return;
	finding->dispatch_of[index] = dispatch_add(finding->out,
		(struct dispatch){
			.pattern = columns_is_generated(finding->columns) ? "generated"
									  : "table",
			.entries = entries,
			.nentries = list->nrows,
			.function = TRACE_NONE,
			.object = list->object,
			.rule = finding->columns->rule,
			.subject = term_none(),
			.weight = weight,
		});
}

/* A record that is given to a function, `register(&command)`. */
static void add_single(struct finding_tables *finding, uint32_t index)
{
	const struct row_list *list = &finding->lists[index];
	struct table_type *type = finding->type_of[index];

	if (finding->is_in_list[list->object] ||
		!registrations_is_given(finding->program, list->object) ||
		weight_of(finding, index) < LEAST_WEIGHT)
		return;
	if (!type->nsingles)
		type->first_single = index;
	type->singles =
		grow(type->singles, type->nsingles, &type->room, sizeof(*type->singles));
	add_entry(finding, &list->rows[0], &type->singles[type->nsingles]);
	/* A lone record without a name is no row: it is what stands for none. */
	type->nsingles += type->singles[type->nsingles].nwords > 0;
}

static void add_registered(struct finding_tables *finding, struct table_type *type)
{
	size_t size = type->nsingles * sizeof(struct dispatch_entry);
	struct dispatch_entry *entries = arena_alloc(finding->program->arena, size);

	if (size)
		memcpy(entries, type->singles, size);
	free(type->singles);
	if (!type->nsingles)
		return;
	dispatch_add(finding->out,
		(struct dispatch){
			.pattern = "registration",
			.entries = entries,
			.nentries = type->nsingles,
			.function = TRACE_NONE,
			.object = finding->lists[type->first_single].object,
			.subject = term_none(),
			.weight = weight_of(finding, type->first_single),
		});
}

/* The table that one of the row's fields leads to. */
static uint32_t level_below(struct finding_tables *finding, const struct row *row)
{
	for (size_t i = 0; i < row->ncells; i++) {
		uint32_t list = list_behind(finding, row->cells[i].value);

		if (list != TRACE_NONE && finding->dispatch_of[list] != DISPATCH_NONE)
			return finding->dispatch_of[list];
	}
	return DISPATCH_NONE;
}

/* Rows that end a table, and say nothing, go; and those that are no commands. */
static void drop_others(struct dispatch *dispatch, bool is_mixed)
{
	struct dispatch_entry *entries = (struct dispatch_entry *)dispatch->entries;
	size_t kept = 0;

	for (size_t i = 0; i < dispatch->nentries; i++) {
		bool is_command = !entries[i].reason || entries[i].sub != DISPATCH_NONE;

		if (is_command || (entries[i].nwords && !is_mixed))
			entries[kept++] = entries[i];
	}
	dispatch->nentries = kept;
}

static void link_levels(struct finding_tables *finding)
{
	for (uint32_t i = 0; i < finding->nlists; i++) {
		uint32_t number = finding->dispatch_of[i];
		const struct row_list *list = &finding->lists[i];
		struct dispatch_entry *entries;

		if (number == DISPATCH_NONE)
			continue;
		entries = (struct dispatch_entry *)finding->out->items[number].entries;
		for (size_t r = 0; r < list->nrows; r++)
			entries[r].sub = level_below(finding, &list->rows[r]);
		drop_others(&finding->out->items[number],
			columns_is_mixed(finding->program, list,
				&finding->type_of[i]->columns));
	}
}

enum {
	MAX_KEPT =
		16 /* tables whose words were kept before; each is a look at all code */
};

/* Tables of words that are the value of an option. */
static void place_behind_options(struct finding_tables *finding)
{
	size_t looked = 0;

	for (uint32_t i = 0; i < finding->nlists && looked < MAX_KEPT; i++) {
		const struct columns *columns = &finding->type_of[i]->columns;
		uint32_t number = finding->dispatch_of[i];
		const char *option;

		if (number == DISPATCH_NONE || !columns->word ||
			!term_exists(columns->word->use.subject))
			continue;
		looked++;
		option = options_before(finding->program, columns->word->use.subject);
		if (option)
			options_wrap(finding->program, finding->out, number, option);
	}
}

static void release(struct finding_tables *finding)
{
	HASH_CLEAR(hh, finding->types);
	free(finding->is_in_list);
	free(finding->is_dispatched);
	free(finding->type_of);
	free(finding->list_of);
	free(finding->dispatch_of);
	free(finding->lists);
}

void tables_read_entry(struct routes_program *program, const struct columns *columns,
	const struct row *row, struct dispatch_entry *entry)
{
	struct finding_tables finding = {.program = program, .columns = columns};

	add_entry(&finding, row, entry);
}

void tables_find(struct routes_program *program, const struct fields *fields,
	struct dispatch_list *out)
{
	struct finding_tables finding = {
		.program = program, .fields = fields, .out = out};
	struct table_type *type, *next;

	finding.lists = rows_read(program, &finding.nlists);
	finding.dispatch_of = xmalloc((finding.nlists + 1) * sizeof(uint32_t));
	finding.type_of = xmalloc((finding.nlists + 1) * sizeof(void *));
	finding.list_of = xmalloc((program->nobjects + 1) * sizeof(uint32_t));
	finding.is_in_list = xmalloc(program->nobjects + 1);
	memset(finding.is_in_list, 0, program->nobjects);
	sections_mark(program, finding.is_in_list);
	memset(finding.list_of, 0xff, program->nobjects * sizeof(uint32_t));
	for (uint32_t i = 0; i < finding.nlists; i++) {
		finding.dispatch_of[i] = DISPATCH_NONE;
		if (finding.list_of[finding.lists[i].object] == TRACE_NONE)
			finding.list_of[finding.lists[i].object] = i;
	}
	finding.is_dispatched = tables_dispatched(program);
	read_types(&finding);
	for (uint32_t i = 0; i < finding.nlists; i++) {
		if (is_array(&finding.lists[i]))
			add_table(&finding, i);
		else
			add_single(&finding, i);
	}
	HASH_ITER(hh, finding.types, type, next)
	{
		add_registered(&finding, type);
	}
	link_levels(&finding);
	place_behind_options(&finding);
	release(&finding);
}
