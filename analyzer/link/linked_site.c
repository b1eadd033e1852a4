#include "analyzer/link/linked_site.h"

#include "core/compare.h"
#include "core/trace.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int compare_names(const char *a, const char *b)
{
	if (a == b)
		return 0;
	return strcmp(a ? a : "", b ? b : "");
}

/* What two sites are compared by that they do not hold themselves. */
struct ranking {
	const uint32_t *callees;
	const uint32_t *order; /* final index of each function */
};

static int compare_callees(const struct ranking *ranking, const struct linked_site *a,
	const struct linked_site *b)
{
	int order = compare_u32(a->ncallees, b->ncallees);

	for (uint32_t i = 0; !order && i < a->ncallees; i++)
		order = compare_u32(ranking->order[ranking->callees[a->first_callee + i]],
			ranking->order[ranking->callees[b->first_callee + i]]);
	return order;
}

/* By place, then caller; two that are equal here are one. */
static int compare_sites(const void *left, const void *right, void *context)
{
	const struct linked_site *a = left, *b = right;
	const struct ranking *ranking = context;
	int order = compare_names(a->file, b->file);

	order = order ? order : compare_u32(a->line, b->line);
	order = order ? order : compare_u32(a->column, b->column);
	order = order ? order
		      : compare_u32(ranking->order[a->caller], ranking->order[b->caller]);
	order = order ? order : compare_u32(a->ordinal, b->ordinal);
	order = order ? order : compare_names(a->spelling_file, b->spelling_file);
	order = order ? order : compare_u32(a->spelling_line, b->spelling_line);
	order = order ? order : compare_u32(a->spelling_column, b->spelling_column);
	order = order ? order : compare_u32(a->expression, b->expression);
	order = order ? order : compare_names(a->expression_name, b->expression_name);
	order = order ? order : compare_names(a->signature, b->signature);
	return order ? order : compare_callees(ranking, a, b);
}

static bool same_place(const struct linked_site *a, const struct linked_site *b)
{
	return a->caller == b->caller && a->file == b->file && a->line == b->line &&
	       a->column == b->column;
}

/* What flows to one of two sites that are the same flows to both. */
static void add_same(struct site_table *sites, struct linked_site *site, uint32_t number)
{
	sites->same =
		grow(sites->same, sites->nsame, &sites->same_room, sizeof(*sites->same));
	sites->same[sites->nsame] = (struct same_site){number, site->next_same};
	site->next_same = (uint32_t)sites->nsame++;
}

void linked_sites_settle(struct site_table *sites, const uint32_t *order)
{
	struct ranking ranking = {sites->callees, order};
	struct linked_site *all = sites->sites;
	size_t kept = 0;

	for (size_t i = 0; i < sites->nsites; i++) {
		all[i].number = (uint32_t)i;
		all[i].next_same = TRACE_NONE;
		if (order[all[i].caller] != TRACE_NONE)
			all[kept++] = all[i];
	}
	sites->nsites = kept;
	kept = 0;
	if (sites->nsites)
		qsort_r(all, sites->nsites, sizeof(*all), compare_sites, &ranking);
	for (size_t i = 0; i < sites->nsites; i++)
		if (!kept || compare_sites(&all[i], &all[kept - 1], &ranking) != 0)
			all[kept++] = all[i];
		else
			add_same(sites, &all[kept - 1], all[i].number);
	sites->nsites = kept;
	for (size_t i = 0; i < kept; i++)
		all[i].ordinal = i && same_place(&all[i], &all[i - 1])
					 ? all[i - 1].ordinal + 1
					 : 0;
}
