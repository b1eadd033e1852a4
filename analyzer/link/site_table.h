/*
 * The call sites of a whole program. A function that many units hold, such as an inline
 * one, gives its sites once; where units disagree (other macros), all of them are kept.
 */
#ifndef PCARCH_ANALYZER_LINK_SITE_TABLE_H
#define PCARCH_ANALYZER_LINK_SITE_TABLE_H

#include "core/grouping.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct facts;
struct function_table;
struct keep_pairs;
struct source_paths;

struct site_table;

struct site_table *site_table_new(struct source_paths *paths,
	struct function_table *functions);
void site_table_free(struct site_table *sites);

/*
 * Add the sites of everything that the image defines. bodies[f], for each of its
 * functions, becomes the number of its first site here; TRACE_NONE where the same body,
 * its flows included, was added before.
 */
void site_table_add(struct site_table *sites, const struct facts *facts,
	uint32_t *bodies);

size_t site_table_count(const struct site_table *sites);

/* The functions that a direct site names; none at an indirect one. */
struct index_list site_table_callees(const struct site_table *sites, uint32_t site);

uint32_t site_table_caller(const struct site_table *sites, uint32_t site);

/* Add who calls whom by name. */
void site_table_pairs(const struct site_table *sites, struct keep_pairs *out);

#endif
