/* Rows of tables: records in initialisers, as cells with the place of their field. */
#ifndef PCARCH_ANALYZER_ROUTES_ROWS_H
#define PCARCH_ANALYZER_ROUTES_ROWS_H

#include "analyzer/routes/term.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct routes_program;

/* A value of a row; of records within the row, too. */
struct cell {
	const char *record, *field; /* of the record it stands in */
	struct term value; /* an element where the field is an array */
	unsigned depth; /* 0: a field of the row itself */
};

/* A row: one record. */
struct row {
	struct term at; /* where it stands: its slot, or the object */
	uint32_t object; /* that holds it */
	const struct cell *cells;
	size_t ncells;
};

/* Records of one type, one after another: what a table is. */
struct row_list {
	const char *record; /* tag or typedef of its rows; "" where rows are no records */
	uint32_t object; /* that the list is in; TRACE_NONE */
	struct term at; /* TERM_LIST of the array, or of the one record */
	const struct row *rows;
	size_t nrows;
	const char *name; /* of what makes the rows, where there is no object; or NULL */
	uint32_t holder; /* the row list with the row that the list is in, as a group's
			  * flexible array is; TRACE_NONE */
};

/*
 * All row lists of the program's objects: arrays of records, arrays of pointers to them,
 * and single records. In the program's arena.
 */
struct row_list *rows_read(struct routes_program *program, size_t *count);

/* The object that a value points to: `&x`, `x`, `&x[0]`, `&x.member`; or TRACE_NONE. */
uint32_t rows_pointee(const struct routes_program *program, struct term value);

#endif
