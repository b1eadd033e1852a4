#include "analyzer/routes/rows.h"

#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_DEPTH = 16 /* of records and arrays in each other */
};

struct reading {
	struct routes_program *program;
	struct row_list *lists; /* heap, and those below */
	struct row *rows;
	struct cell *cells;
	size_t nlists, lists_room, nrows, rows_room, ncells, cells_room;
	uint32_t object;
};

static bool is_array(struct term list)
{
	return term_is(list, TERM_LIST) && term_get(list)->a;
}

static bool is_record(struct term list)
{
	return term_is(list, TERM_LIST) && !term_get(list)->a;
}

uint32_t rows_pointee(const struct routes_program *program, struct term value)
{
	while (term_is(value, TERM_ADDRESS) || term_is(value, TERM_ELEMENT) ||
		term_is(value, TERM_FIELD))
		value = term_first(value);
	return term_is(value, TERM_VARIABLE) ? program_object(program, value)
					     : TRACE_NONE;
}

static void add_cell(struct reading *reading, struct cell cell)
{
	reading->cells =
		grow(reading->cells, reading->ncells, &reading->cells_room, sizeof(cell));
	reading->cells[reading->ncells++] = cell;
}

/* The elements of an array of values are cells of its field. */
static void add_elements(struct reading *reading, struct term array, struct cell cell)
{
	for (struct term slot = term_first(array); term_exists(slot);
		slot = term_next(array, slot)) {
		cell.value = term_first(slot);
		if (term_exists(cell.value))
			add_cell(reading, cell);
	}
}

/* The array of texts that a value points to, as mk_cmds makes for the names of a command;
 * or none. */
static struct term words_behind(const struct routes_program *program, struct term value)
{
	uint32_t object = TRACE_NONE;
	struct term list;

	if (term_is(value, TERM_VARIABLE))
		object = program_object(program, value);
	if (object == TRACE_NONE)
		return term_none();
	list = term_first(program->objects[object].root);
	return is_array(list) && term_is(term_first(term_first(list)), TERM_TEXT)
		       ? list
		       : term_none();
}

/* The cells of a record, and of records in it; arrays of records are rows of their own.
 */
static void add_cells(struct reading *reading, struct term record, unsigned depth)
{
	for (struct term slot = term_first(record); term_exists(slot);
		slot = term_next(record, slot)) {
		struct term value = term_first(slot);
		struct cell cell = {term_name(record), term_name(slot), value, depth};

		if (is_record(value) && depth < MAX_DEPTH)
			add_cells(reading, value, depth + 1);
		else if (is_array(value) && !is_record(term_first(term_first(value))))
			add_elements(reading, value, cell);
		else if (term_exists(words_behind(reading->program, value)))
			add_elements(reading, words_behind(reading->program, value),
				cell);
		else if (term_exists(value))
			add_cell(reading, cell);
	}
}

static struct row read_row(struct reading *reading, struct term at, struct term record,
	uint32_t object)
{
	struct row row = {.at = at, .object = object};
	struct cell *cells;

	reading->ncells = 0;
	add_cells(reading, record, 0);
	cells = arena_alloc(reading->program->arena, reading->ncells * sizeof(*cells));
	if (reading->ncells)
		memcpy(cells, reading->cells, reading->ncells * sizeof(*cells));
	row.cells = cells;
	row.ncells = reading->ncells;
	return row;
}

static void add_row(struct reading *reading, struct row row)
{
	reading->rows =
		grow(reading->rows, reading->nrows, &reading->rows_room, sizeof(row));
	reading->rows[reading->nrows++] = row;
}

/* The record that an element of an array is or points to; `object` is where it stands. */
static struct term element_record(struct reading *reading, struct term value,
	uint32_t *object)
{
	uint32_t pointee;
	struct term list;

	if (is_record(value))
		return value;
	if (!term_is(value, TERM_ADDRESS) && !term_is(value, TERM_VARIABLE))
		return term_none();
	pointee = rows_pointee(reading->program, value);
	if (pointee == TRACE_NONE)
		return term_none();
	list = term_first(reading->program->objects[pointee].root);
	if (!is_record(list))
		return term_none();
	*object = pointee;
	return list;
}

/* Move the rows from `first` on into a list. */
static void end_list(struct reading *reading, size_t first, struct term at,
	struct term record, uint32_t holder)
{
	size_t count = reading->nrows - first;
	struct row *rows;

	if (!count)
		return;
	rows = arena_alloc(reading->program->arena, count * sizeof(*rows));
	memcpy(rows, reading->rows + first, count * sizeof(*rows));
	reading->nrows = first;
	reading->lists = grow(reading->lists, reading->nlists, &reading->lists_room,
		sizeof(*reading->lists));
	reading->lists[reading->nlists++] = (struct row_list){
		.record = term_exists(record) ? term_name(record) : "",
		.object = reading->object,
		.at = at,
		.rows = rows,
		.nrows = count,
		.holder = holder,
	};
}

static void read_array(struct reading *reading, struct term array, uint32_t holder)
{
	struct term record = term_none();
	size_t first = reading->nrows;

	for (struct term slot = term_first(array); term_exists(slot);
		slot = term_next(array, slot)) {
		uint32_t object = reading->object;
		struct term row = element_record(reading, term_first(slot), &object);

		if (!term_exists(row))
			continue;
		record = row;
		add_row(reading, read_row(reading,
					 object == reading->object
						 ? slot
						 : reading->program->objects[object].root,
					 row, object));
	}
	end_list(reading, first, array, record, holder);
}

/* Arrays of records in a record: a group's own. */
static void read_groups(struct reading *reading, struct term record, uint32_t holder,
	unsigned depth)
{
	for (struct term slot = term_first(record); term_exists(slot);
		slot = term_next(record, slot)) {
		struct term value = term_first(slot);

		if (is_array(value))
			read_array(reading, value, holder);
		else if (is_record(value) && depth < MAX_DEPTH)
			read_groups(reading, value, holder, depth + 1);
	}
}

static void read_object(struct reading *reading, struct term root)
{
	struct term list = term_first(root);

	if (is_array(list)) {
		size_t before = reading->nlists;

		read_array(reading, list, TRACE_NONE);
		if (reading->nlists == before)
			return;
		for (struct term slot = term_first(list); term_exists(slot);
			slot = term_next(list, slot))
			if (is_record(term_first(slot)))
				read_groups(reading, term_first(slot), (uint32_t)before,
					0);
	} else if (is_record(list)) {
		size_t first = reading->nrows;

		add_row(reading, read_row(reading, root, list, reading->object));
		end_list(reading, first, list, list, TRACE_NONE);
		read_groups(reading, list, (uint32_t)reading->nlists - 1, 0);
	}
}

struct row_list *rows_read(struct routes_program *program, size_t *count)
{
	struct reading reading = {.program = program};

	for (uint32_t i = 0; i < program->nobjects; i++) {
		reading.object = i;
		read_object(&reading, program->objects[i].root);
	}
	free(reading.rows);
	free(reading.cells);
	*count = reading.nlists;
	return reading.lists;
}
