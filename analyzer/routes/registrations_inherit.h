/*
 * Rows that are handed over field by field, `put(row->label, row->run)`: what the program
 * does with the fields that they end in, it does with theirs.
 */
#ifndef PCARCH_ANALYZER_ROUTES_REGISTRATIONS_INHERIT_H
#define PCARCH_ANALYZER_ROUTES_REGISTRATIONS_INHERIT_H

struct fields;
struct routes_program;
struct sinks;

void fields_inherit(const struct routes_program *program, const struct sinks *sinks,
	struct fields *fields);

#endif
