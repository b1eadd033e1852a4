/* The insides of the site table: what collects sites and what writes them share it. */
#ifndef PCARCH_ANALYZER_LINK_LINKED_SITE_H
#define PCARCH_ANALYZER_LINK_LINKED_SITE_H

#include "core/arena.h"

#include <stddef.h>
#include <stdint.h>

struct body;
struct function_table;
struct source_paths;

/* A site with its callees; strings are interned, so that equal sites are equal bytes. */
struct linked_site {
	const char *file, *spelling_file, *expression_name, *signature;
	uint32_t caller;
	uint32_t line, column, spelling_line, spelling_column, ordinal;
	uint32_t expression, flags;
	uint32_t first_callee, ncallees; /* in `callees` */
	uint32_t number; /* as it was added; not part of what it is */
	uint32_t next_same; /* in `same`; TRACE_NONE */
};

/* A site that turned out to be the same as another. */
struct same_site {
	uint32_t number, next;
};

struct site_table {
	struct arena arena;
	struct source_paths *paths;
	struct function_table *functions;
	struct body *bodies;
	struct linked_site *sites;
	uint32_t *callees;
	struct same_site *same;
	size_t nsites, ncallees, nsame, sites_room, callees_room, same_room;
};

/*
 * Drop sites whose caller is not shown (`order` gives its final index, or TRACE_NONE) and
 * repeated ones, put the others in order, and number those at one place anew.
 */
void linked_sites_settle(struct site_table *sites, const uint32_t *order);

#endif
