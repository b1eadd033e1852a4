#include "analyzer/link/site_table.h"

#include "analyzer/facts/facts.h"
#include "analyzer/link/function_table.h"
#include "analyzer/link/keep.h"
#include "analyzer/link/linked_site.h"
#include "core/arena.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* A body that has been seen: its caller and what it calls from where. */
struct body {
	UT_hash_handle hh;
	XXH128_hash_t hash;
};

struct site_table *site_table_new(struct source_paths *paths,
	struct function_table *functions)
{
	struct site_table *sites = xmalloc(sizeof(*sites));

	*sites = (struct site_table){.paths = paths, .functions = functions};
	return sites;
}

void site_table_free(struct site_table *sites)
{
	HASH_CLEAR(hh, sites->bodies);
	arena_release(&sites->arena);
	free(sites->sites);
	free(sites->callees);
	free(sites->same);
	free(sites);
}

static const char *shown_file(struct site_table *sites, const struct facts *facts,
	uint32_t file)
{
	if (file == FACTS_NONE)
		return NULL;
	return source_paths_shown(sites->paths,
		facts_string(facts, facts->files[file].path));
}

static void add_callees(struct site_table *sites, struct linked_site *linked,
	const struct facts *facts, uint32_t user, uint32_t callee)
{
	struct definitions found =
		function_table_resolve_from(sites->functions, facts, user, callee);

	linked->first_callee = (uint32_t)sites->ncallees;
	linked->ncallees = (uint32_t)found.count;
	for (size_t i = 0; i < found.count; i++) {
		sites->callees = grow(sites->callees, sites->ncallees,
			&sites->callees_room, sizeof(uint32_t));
		sites->callees[sites->ncallees++] = found.functions[i];
	}
}

static const char *interned_or_null(struct site_table *sites, const struct facts *facts,
	uint32_t string)
{
	const char *text = facts_string(facts, string);

	return text[0] ? source_paths_intern(sites->paths, text) : NULL;
}

/* `user` is the image's number of the caller. */
static void add_site(struct site_table *sites, const struct facts *facts, uint32_t caller,
	uint32_t user, const struct facts_site *site)
{
	struct linked_site linked = {
		.caller = caller,
		.file = shown_file(sites, facts, site->file),
		.line = site->line,
		.column = site->column,
		.spelling_file = shown_file(sites, facts, site->spelling_file),
		.spelling_line = site->spelling_line,
		.spelling_column = site->spelling_column,
		.ordinal = site->ordinal,
		.expression = site->expression,
		.flags = site->flags,
		.expression_name = interned_or_null(sites, facts, site->expression_name),
		.signature = interned_or_null(sites, facts, site->signature),
	};

	if (site->callee != FACTS_NONE)
		add_callees(sites, &linked, facts, user, site->callee);
	sites->sites = grow(sites->sites, sites->nsites, &sites->sites_room,
		sizeof(*sites->sites));
	sites->sites[sites->nsites++] = linked;
}

/* Everything about a body that ends up in the program. */
static XXH128_hash_t hash_body(const struct site_table *sites, size_t first,
	uint32_t caller, uint32_t flow_hash)
{
	XXH3_state_t state;

	XXH3_128bits_reset(&state);
	XXH3_128bits_update(&state, &caller, sizeof(caller));
	XXH3_128bits_update(&state, &flow_hash, sizeof(flow_hash));
	for (size_t i = first; i < sites->nsites; i++) {
		struct linked_site site = sites->sites[i];

		if (site.ncallees)
			XXH3_128bits_update(&state, sites->callees + site.first_callee,
				site.ncallees * sizeof(uint32_t));
		site.first_callee = 0;
		XXH3_128bits_update(&state, &site, sizeof(site));
	}
	return XXH3_128bits_digest(&state);
}

/* False for a body that was there before. */
static bool note_body(struct site_table *sites, XXH128_hash_t hash)
{
	struct body *body;

	HASH_FIND(hh, sites->bodies, &hash, sizeof(hash), body);
	if (body)
		return false;
	body = arena_alloc(&sites->arena, sizeof(*body));
	body->hash = hash;
	HASH_ADD(hh, sites->bodies, hash, sizeof(hash), body);
	return true;
}

/* The number of the body's first site; TRACE_NONE: it was there before. */
static uint32_t add_body(struct site_table *sites, const struct facts *facts,
	uint32_t local)
{
	const struct facts_function *fn = &facts->functions[local];
	uint32_t caller = function_table_definition(sites->functions, facts, local);
	size_t nsites = sites->nsites, ncallees = sites->ncallees;

	for (uint32_t s = 0; s < fn->nsites; s++)
		add_site(sites, facts, caller, local, &facts->sites[fn->first_site + s]);
	if (note_body(sites, hash_body(sites, nsites, caller, fn->flow_hash)))
		return (uint32_t)nsites;
	sites->nsites = nsites;
	sites->ncallees = ncallees;
	return TRACE_NONE;
}

void site_table_add(struct site_table *sites, const struct facts *facts, uint32_t *bodies)
{
	for (uint32_t i = 0; i < facts->nfunctions; i++) {
		const struct facts_function *fn = &facts->functions[i];

		bodies[i] = TRACE_NONE;
		if (!fn->nsites && !(fn->flow_hash && (fn->flags & FACTS_DEFINED)))
			continue;
		bodies[i] = add_body(sites, facts, i);
	}
}

size_t site_table_count(const struct site_table *sites)
{
	return sites->nsites;
}

struct index_list site_table_callees(const struct site_table *sites, uint32_t site)
{
	const struct linked_site *from = &sites->sites[site];

	if (!from->ncallees)
		return (struct index_list){0};
	return (struct index_list){sites->callees + from->first_callee, from->ncallees};
}

uint32_t site_table_caller(const struct site_table *sites, uint32_t site)
{
	return sites->sites[site].caller;
}

void site_table_pairs(const struct site_table *sites, struct keep_pairs *out)
{
	for (size_t i = 0; i < sites->nsites; i++) {
		const struct linked_site *site = &sites->sites[i];

		for (uint32_t c = 0; c < site->ncallees; c++)
			keep_pairs_add(out, site->caller,
				sites->callees[site->first_callee + c]);
	}
}
