#include "cli/table.h"

#include "core/arena.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
	GAP = 2, /* columns between cells */
	WIDEST = 40, /* a wider cell pushes its row aside, not the others */
	LEAST_WRAPPED = 24, /* columns that wrapped text needs to be read */
	HANGING = 8, /* where it continues when it does not have them */
};

struct cell {
	const char *text;
	enum style style;
	unsigned width;
	bool is_extra, is_path;
};

struct table_row {
	struct cell cells[TABLE_COLUMNS];
	unsigned ncells, indent;
	bool is_line;
};

struct layout {
	unsigned starts[TABLE_COLUMNS + 1]; /* of each column */
	unsigned end; /* of the terminal */
};

void table_release(struct table *table)
{
	free(table->rows);
	table->rows = NULL;
	table->nrows = table->room = 0;
}

void table_row(struct table *table, unsigned indent)
{
	table->rows = grow(table->rows, table->nrows, &table->room, sizeof(*table->rows));
	table->rows[table->nrows++] = (struct table_row){.indent = indent};
}

static unsigned width_of(const char *text, size_t len)
{
	unsigned width = 0;
	size_t n;

	for (const char *end = text + len; text < end; text += n)
		width += terminal_character(text, &n);
	return width;
}

static void add_cell(struct table *table, enum style style, const char *raw)
{
	struct table_row *row = &table->rows[table->nrows - 1];
	struct cell *cell = &row->cells[row->ncells++];
	scoped_text text = {0};

	terminal_escape(&text, raw);
	cell->text = arena_strdup(table->arena, text_string(&text));
	cell->style = style;
	cell->width = width_of(cell->text, text.len);
}

void table_cell(struct table *table, enum style style, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	add_cell(table, style, arena_vprintf(table->arena, fmt, args));
	va_end(args);
}

void table_path(struct table *table, const char *path)
{
	struct table_row *row = &table->rows[table->nrows - 1];

	add_cell(table, STYLE_PLACE, path);
	row->cells[row->ncells - 1].is_path = true;
}

void table_extra(struct table *table, enum style style, const char *fmt, ...)
{
	struct table_row *row = &table->rows[table->nrows - 1];
	va_list args;

	va_start(args, fmt);
	add_cell(table, style, arena_vprintf(table->arena, fmt, args));
	va_end(args);
	row->cells[row->ncells - 1].is_extra = true;
}

void table_line(struct table *table, unsigned indent, enum style style, const char *fmt,
	...)
{
	va_list args;

	table_row(table, indent);
	table->rows[table->nrows - 1].is_line = true;
	va_start(args, fmt);
	add_cell(table, style, arena_vprintf(table->arena, fmt, args));
	va_end(args);
}

/* The columns that cell `i` takes of its row, the gap behind it not counted. */
static unsigned taken(const struct table_row *row, unsigned i)
{
	return row->cells[i].width + (i ? 0 : row->indent);
}

static struct layout lay_out(const struct table *table, FILE *out)
{
	struct layout layout = {.end = UINT_MAX};
	unsigned widest = WIDEST, widths[TABLE_COLUMNS] = {0};

	if (terminal_is(out)) {
		layout.end = terminal_columns(out);
		widest = layout.end * 2 / 5;
	}
	for (size_t r = 0; r < table->nrows; r++) {
		const struct table_row *row = &table->rows[r];

		/* Nothing stands behind the last cell: it may be as wide as it is. */
		for (unsigned i = 0; i + 1 < row->ncells && !row->is_line; i++)
			if (taken(row, i) > widths[i] && taken(row, i) <= widest)
				widths[i] = taken(row, i);
	}
	for (unsigned i = 0; i < TABLE_COLUMNS; i++)
		layout.starts[i + 1] =
			layout.starts[i] + widths[i] + (widths[i] ? GAP : 0);
	return layout;
}

static void pad(FILE *out, unsigned column, unsigned to)
{
	if (column < to)
		fprintf(out, "%*s", (int)(to - column), "");
}

/* Up to and with the next comma or before the next space. */
static size_t next_piece(const char *text)
{
	size_t len = text[0] == ' ';

	len += strcspn(text + len, " ,");
	return len + (text[len] == ',');
}

static unsigned left_of(const struct layout *layout, unsigned column)
{
	return layout->end > column ? layout->end - column : 0;
}

/* Whether `text` can be read at `start`, wrapped or not; else it has its own line. */
static bool fits_at(const char *text, unsigned start, const struct layout *layout)
{
	unsigned left = left_of(layout, start);

	if (start <= HANGING || width_of(text, strlen(text)) <= left)
		return true;
	return left >= LEAST_WRAPPED && width_of(text, next_piece(text)) <= left;
}

/* Print from `column` on, and go on under it where the line ends. */
static void print_wrapped(FILE *out, const char *text, unsigned column,
	const struct layout *layout)
{
	unsigned hang = column;

	while (*text) {
		size_t len = next_piece(text);

		if (column > hang && width_of(text, len) > left_of(layout, column)) {
			fputc('\n', out);
			pad(out, 0, hang);
			column = hang;
			len -= *text == ' ';
			text += *text == ' ';
		}
		fwrite(text, 1, len, out);
		column += width_of(text, len);
		text += len;
	}
}

static void print_cell(FILE *out, const struct cell *cell, unsigned column,
	const struct layout *layout)
{
	bool is_plain = cell->style == STYLE_PLAIN;

	if (!is_plain)
		fputs(style_on(out, cell->style), out);
	print_wrapped(out, cell->text, column, layout);
	if (!is_plain)
		fputs(style_off(out), out);
}

/* The path without as many of its directories as it takes to fit at `start`. */
static struct cell cut_path(const struct cell *path, unsigned start,
	const struct layout *layout)
{
	struct cell cell = *path;
	const char *slash;

	while (cell.is_path && cell.width > left_of(layout, start) &&
		(slash = strchr(cell.text, '/'))) {
		cell.text = slash + 1;
		cell.width = width_of(cell.text, strlen(cell.text));
	}
	return cell;
}

/* As much of it as fits behind `column`, if that is worth a look. */
static void print_extra(FILE *out, const struct cell *cell, unsigned column,
	unsigned start, const struct layout *layout)
{
	static const char dots[] = "...";
	size_t len = 0, n;
	unsigned left, width = 0;

	start = start < column + GAP ? column + GAP : start;
	left = left_of(layout, start);
	if (cell->width > left && left < LEAST_WRAPPED)
		return;
	pad(out, column, start);
	fputs(style_on(out, cell->style), out);
	if (cell->width <= left) {
		fputs(cell->text, out);
	} else {
		left -= sizeof(dots) - 1;
		while (width + terminal_character(cell->text + len, &n) <= left) {
			width += terminal_character(cell->text + len, &n);
			len += n;
		}
		fwrite(cell->text, 1, len, out);
		fputs(dots, out);
	}
	fputs(style_off(out), out);
}

static void print_row(FILE *out, const struct table_row *row, const struct layout *layout)
{
	static const struct layout endless = {.end = UINT_MAX};
	unsigned column = 0, last = row->ncells - 1;

	while (last && (row->cells[last].is_extra || !*row->cells[last].text))
		last--;
	for (unsigned i = 0; i <= last; i++) {
		struct cell cell = row->cells[i];
		unsigned start = i ? layout->starts[i] : row->indent;

		if (!*cell.text)
			continue;
		if (i && column && start < column + GAP) /* after a wide cell */
			start = column + GAP;
		cell = cut_path(&cell, start, layout);
		if (i == last && !fits_at(cell.text, start, layout)) {
			fputc('\n', out);
			start = HANGING;
			column = 0;
			cell = cut_path(&row->cells[i], start, layout);
		}
		pad(out, column, start);
		print_cell(out, &cell, start, i == last ? layout : &endless);
		column = start + cell.width;
	}
	last = row->ncells - 1;
	if (last && row->cells[last].is_extra && *row->cells[last].text)
		print_extra(out, &row->cells[last], column, layout->starts[last], layout);
	fputc('\n', out);
}

void table_print(const struct table *table, FILE *out)
{
	struct layout layout = lay_out(table, out);

	for (size_t r = 0; r < table->nrows; r++)
		print_row(out, &table->rows[r], &layout);
}
