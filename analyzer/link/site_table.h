/*
 * The call sites of a whole program. A function that many units hold, such as an inline
 * one, gives its sites once; where units disagree (other macros), all of them are kept.
 */
#ifndef PCARCH_ANALYZER_LINK_SITE_TABLE_H
#define PCARCH_ANALYZER_LINK_SITE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct facts;
struct function_table;
struct keep_pairs;
struct source_paths;
struct static_trace;

struct site_table;

struct site_table *site_table_new(struct source_paths *paths,
	struct function_table *functions);
void site_table_free(struct site_table *sites);

/* Add the sites of everything that the image defines. */
void site_table_add(struct site_table *sites, const struct facts *facts);

/* Add who calls whom. */
void site_table_pairs(const struct site_table *sites, struct keep_pairs *out);

/*
 * Put the sites in order and write them and their calls to `out`; `order[f]` is the final
 * index of function f, or TRACE_NONE: its sites are dropped.
 */
void site_table_write(struct site_table *sites, struct arena *arena,
	const uint32_t *order, struct static_trace *out);

#endif
