/* Rows of cells, aligned by what stands in them; the last cell of a row is wrapped. */
#ifndef PCARCH_CLI_TABLE_H
#define PCARCH_CLI_TABLE_H

#include "cli/terminal.h"

struct arena;
struct table_row;

enum {
	TABLE_COLUMNS = 6
};

struct table {
	struct arena *arena; /* of the cells' texts; the only member to set before use */
	struct table_row *rows; /* heap */
	size_t nrows, room;
};

/* Drop the rows. */
void table_release(struct table *table);

/* Begin a row; its first cell stands `indent` columns to the right. */
void table_row(struct table *table, unsigned indent);

/* Add a cell to the newest row. Control characters are escaped as in terminal_print(). */
void table_cell(struct table *table, enum style style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with the path of a file: directories are left out where a line is too short.
 */
void table_path(struct table *table, const char *path);

/*
 * Add a cell to the newest row that may be missed: on a terminal it is cut where the line
 * ends, and left out where next to nothing of it would be seen. The last of its row.
 */
void table_extra(struct table *table, enum style style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* A line that stands in no column: a heading, or "" for an empty line. */
void table_line(struct table *table, unsigned indent, enum style style, const char *fmt,
	...) __attribute__((format(printf, 4, 5)));

/* Print the rows; on a terminal no wider than it. */
void table_print(const struct table *table, FILE *out);

#endif
