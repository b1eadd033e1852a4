#include "diff/compare/linked_functions.h"

#include "core/arena.h"
#include "diff/compare/comparing.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of all runs, sorted; heap. NULL: of one they are not known, or nothing ran. */
static const char **all_sources(const struct dynamic_trace *run, size_t *out)
{
	const char **sources;
	size_t n = 0;

	for (size_t i = 0; i < run->nruns; i++) {
		if (!run->runs[i].nsources)
			return NULL;
		n += run->runs[i].nsources;
	}
	if (!n)
		return NULL;
	sources = xmalloc(n * sizeof(*sources));
	*out = 0;
	for (size_t i = 0; i < run->nruns; i++)
		for (size_t k = 0; k < run->runs[i].nsources; k++)
			sources[(*out)++] = run->runs[i].sources[k];
	qsort(sources, n, sizeof(*sources), by_name);
	return sources;
}

/* The scan's units that are in none of the programs, sorted; heap. */
static const char **other_units(const struct static_trace *scan, const char **sources,
	size_t nsources, size_t *out)
{
	const char **units = xmalloc((scan->nunits + 1) * sizeof(*units));
	size_t n = 0;

	for (size_t i = 0; i < scan->nunits; i++)
		if (!bsearch(&scan->units[i].file, sources, nsources, sizeof(*sources),
			    by_name))
			units[n++] = scan->units[i].file;
	/* None is: then it was built elsewhere, under other names. */
	if (n == scan->nunits)
		n = 0;
	qsort(units, n, sizeof(*units), by_name);
	*out = n;
	return units;
}

/*
 * Whatever the file is called there: something of the module ran, and debug information
 * says so.
 */
static bool *modules_that_ran(const struct comparing *all)
{
	bool *has_run = arena_alloc(all->arena, all->program->nmodules + 1);

	for (size_t i = 0; i < all->run->nfunctions; i++) {
		uint32_t at = all->functions.scanned[i];

		if (at != TRACE_NONE && all->run->functions[i].file[0])
			has_run[all->program->module_of[at]] = true;
	}
	return has_run;
}

/* Something ran that has no name: of a stripped object, any function may have. */
static bool has_nameless(const struct dynamic_trace *run)
{
	for (size_t i = 0; i < run->nfunctions; i++)
		if (run->functions[i].name[0] == '+')
			return true;
	return false;
}

bool *linked_functions_find(const struct comparing *all)
{
	size_t n = all->scan->nfunctions, nsources = 0, nothers = 0;
	bool *is_linked = arena_alloc(all->arena, n + 1);
	const bool *has_run = modules_that_ran(all);
	bool is_nameless = has_nameless(all->run);
	const char **sources = all_sources(all->run, &nsources), **others = NULL;

	if (sources)
		others = other_units(all->scan, sources, nsources, &nothers);
	for (size_t i = 0; i < n; i++)
		is_linked[i] = has_run[all->program->module_of[i]] ||
			       (!is_nameless &&
				       !(nothers && bsearch(&all->scan->functions[i].file,
							    others, nothers,
							    sizeof(*others), by_name)));
	free(sources);
	free(others);
	return is_linked;
}
