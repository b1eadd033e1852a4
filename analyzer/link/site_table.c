#include "analyzer/link/site_table.h"

#include "analyzer/facts/facts.h"
#include "analyzer/link/function_table.h"
#include "analyzer/link/keep.h"
#include "analyzer/link/source_paths.h"
#include "core/arena.h"
#include "core/compare.h"
#include "core/trace.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

/* Of a call that is made only where a library defines the function. */
static const double UNKNOWN_WEAK_CONFIDENCE = 0.3;

/* A site with its callees; strings are interned, so that equal sites are equal bytes. */
struct linked_site {
	const char *file, *spelling_file, *expression_name, *signature;
	uint32_t caller;
	uint32_t line, column, spelling_line, spelling_column, ordinal;
	uint32_t expression, flags;
	uint32_t first_callee, ncallees; /* in `callees` */
};

/* A body that has been seen: its caller and what it calls from where. */
struct body {
	UT_hash_handle hh;
	XXH128_hash_t hash;
};

struct site_table {
	struct arena arena;
	struct source_paths *paths;
	struct function_table *functions;
	struct body *bodies;
	struct linked_site *sites;
	uint32_t *callees;
	size_t nsites, ncallees, sites_room, callees_room;
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
	uint32_t caller)
{
	XXH3_state_t state;

	XXH3_128bits_reset(&state);
	XXH3_128bits_update(&state, &caller, sizeof(caller));
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

/* True when the sites from `first` on are new; otherwise they are taken back. */
static bool keep_body(struct site_table *sites, size_t first, uint32_t caller)
{
	XXH128_hash_t hash = hash_body(sites, first, caller);
	struct body *body;

	HASH_FIND(hh, sites->bodies, &hash, sizeof(hash), body);
	if (body)
		return false;
	body = arena_alloc(&sites->arena, sizeof(*body));
	body->hash = hash;
	HASH_ADD(hh, sites->bodies, hash, sizeof(hash), body);
	return true;
}

void site_table_add(struct site_table *sites, const struct facts *facts)
{
	for (uint32_t i = 0; i < facts->nfunctions; i++) {
		const struct facts_function *fn = &facts->functions[i];
		size_t nsites = sites->nsites, ncallees = sites->ncallees;
		uint32_t caller;

		if (!fn->nsites)
			continue;
		caller = function_table_definition(sites->functions, facts, i);
		for (uint32_t s = 0; s < fn->nsites; s++)
			add_site(sites, facts, caller, i,
				&facts->sites[fn->first_site + s]);
		if (keep_body(sites, nsites, caller))
			continue;
		sites->nsites = nsites;
		sites->ncallees = ncallees;
	}
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

/* Drop sites without a caller and repeated ones, and number those at one place anew. */
static void settle(struct site_table *sites, const uint32_t *order)
{
	struct ranking ranking = {sites->callees, order};
	struct linked_site *all = sites->sites;
	size_t kept = 0;

	for (size_t i = 0; i < sites->nsites; i++)
		if (order[all[i].caller] != TRACE_NONE)
			all[kept++] = all[i];
	sites->nsites = kept;
	kept = 0;
	if (sites->nsites)
		qsort_r(all, sites->nsites, sizeof(*all), compare_sites, &ranking);
	for (size_t i = 0; i < sites->nsites; i++)
		if (!kept || compare_sites(&all[i], &all[kept - 1], &ranking) != 0)
			all[kept++] = all[i];
	sites->nsites = kept;
	for (size_t i = 0; i < kept; i++)
		all[i].ordinal = i && same_place(&all[i], &all[i - 1])
					 ? all[i - 1].ordinal + 1
					 : 0;
}

static const char *const *reason(struct arena *arena, const char *text)
{
	const char **reasons = arena_alloc(arena, sizeof(char *));

	reasons[0] = text;
	return reasons;
}

struct writing {
	struct site_table *sites;
	struct arena *arena;
	const uint32_t *order;
	struct call *calls;
	size_t ncalls;
	const char *const *unresolved; /* the reasons of every indirect site */
};

static void add_call(struct writing *writing, uint32_t site,
	const struct linked_site *from, struct call call)
{
	call.site = site;
	call.caller = writing->order[from->caller];
	call.callee = writing->order[call.callee];
	assert(call.callee != TRACE_NONE); /* kept: its caller is */
	writing->calls[writing->ncalls++] = call;
}

/* Is it a name that may be nothing at all, when no library brings it? */
static bool is_perhaps_nothing(const struct linked_function *fn)
{
	return !fn->is_defined && (fn->function.flags & FUNCTION_WEAK);
}

/* One function that the site's name may mean; an alias leads on to what it stands for. */
static void add_target(struct writing *writing, uint32_t site,
	const struct linked_site *from, uint32_t callee)
{
	struct function_table *functions = writing->sites->functions;
	const struct linked_function *fn = function_table_get(functions, callee);
	struct definitions targets = {0};
	const char *via = from->flags & FACTS_SITE_CLEANUP ? "cleanup" : "direct";

	if (is_perhaps_nothing(fn)) {
		add_call(writing, site, from,
			(struct call){.callee = callee,
				.via = "weak",
				.confidence = UNKNOWN_WEAK_CONFIDENCE});
		return;
	}
	if (fn->function.flags & FUNCTION_ALIAS)
		targets = function_table_target(functions, callee);
	if (targets.count != 1) {
		add_call(writing, site, from,
			(struct call){.callee = callee,
				.via = via,
				.confidence = 1.0 / from->ncallees});
		return;
	}
	add_call(writing, site, from,
		(struct call){.callee = targets.functions[0],
			.via = "alias",
			.confidence = 1.0 / from->ncallees});
}

static void set_state(struct writing *writing, const struct linked_site *from,
	struct call_site *site)
{
	const struct linked_function *callee;

	site->state = SITE_OPEN;
	site->nreasons = 1;
	if (from->expression != CALLEE_NAME) {
		site->reasons = writing->unresolved;
		return;
	}
	callee = function_table_get(writing->sites->functions,
		writing->sites->callees[from->first_callee]);
	if (from->ncallees > 1) {
		site->reasons = reason(writing->arena,
			arena_printf(writing->arena, "%u definitions of '%s'",
				from->ncallees, callee->function.name));
	} else if (callee->function.flags & FUNCTION_IFUNC) {
		site->reasons = reason(writing->arena,
			arena_printf(writing->arena,
				"ifunc: '%s' chooses when the program is loaded",
				callee->target ? callee->target : "a resolver"));
	} else if (is_perhaps_nothing(callee)) {
		site->reasons = reason(writing->arena,
			arena_printf(writing->arena,
				"weak, defined nowhere: '%s' is nothing, unless a library brings it",
				callee->function.name));
	} else {
		site->state = SITE_CLOSED;
		site->nreasons = 0;
	}
}

static int by_callee(const void *left, const void *right)
{
	const struct call *a = left, *b = right;
	int order = compare_u32(a->callee, b->callee);

	return order ? order : strcmp(a->via, b->via);
}

static void write_site(struct writing *writing, uint32_t index,
	const struct linked_site *from, struct call_site *site)
{
	const uint32_t *callees = writing->sites->callees + from->first_callee;
	size_t first = writing->ncalls;

	*site = (struct call_site){
		.caller = writing->order[from->caller],
		.file = from->file,
		.line = from->line,
		.column = from->column,
		.ordinal = from->ordinal,
		.spelling_file = from->spelling_file,
		.spelling_line = from->spelling_line,
		.spelling_column = from->spelling_column,
		.is_direct = from->expression == CALLEE_NAME,
		.expression = from->expression,
		.expression_name = from->expression_name,
		.signature = from->signature,
	};
	set_state(writing, from, site);
	for (uint32_t i = 0; i < from->ncallees; i++)
		add_target(writing, index, from, callees[i]);
	qsort(writing->calls + first, writing->ncalls - first, sizeof(struct call),
		by_callee);
}

void site_table_write(struct site_table *sites, struct arena *arena,
	const uint32_t *order, struct static_trace *out)
{
	struct call_site *written;
	struct writing writing = {.sites = sites, .arena = arena, .order = order};

	settle(sites, order);
	writing.unresolved =
		reason(arena, "function pointer: its values are not followed");
	writing.calls = arena_alloc(arena, sites->ncallees * sizeof(struct call));
	written = arena_alloc(arena, sites->nsites * sizeof(*written));
	for (size_t i = 0; i < sites->nsites; i++)
		write_site(&writing, (uint32_t)i, &sites->sites[i], &written[i]);
	out->sites = written;
	out->nsites = sites->nsites;
	out->calls = writing.calls;
	out->ncalls = writing.ncalls;
}
