/* Entry points that calls of libraries register, or that are stored in their records. */
#include "analyzer/entry/calls.h"
#include "analyzer/entry/entry_points.h"
#include "analyzer/entry/relays.h"
#include "analyzer/entry/search.h"
#include "analyzer/flow/flow.h"
#include "analyzer/link/function_table.h"
#include "core/arena.h"
#include "core/compare.h"

#include <stdlib.h>
#include <string.h>

/* Registrations of one call and callback: first to end - 1 of the sorted ones. */
struct group {
	size_t first, end;
};

struct registering {
	struct entry_search *search;
	struct flow_registration *sorted;
	size_t count;
	struct site_terms sites;
};

static int by_call(const void *left, const void *right)
{
	const struct flow_registration *a = left, *b = right;
	int order = compare_u32(a->site, b->site);

	order = order ? order : compare_u32(a->callback, b->callback);
	return order ? order : compare_u32(a->function, b->function);
}

/* A value that stands for no handler: ["SIG_IGN"]. */
static bool is_ignored(const struct entry_search *search,
	const struct flow_registration *from)
{
	const char *name = function_table_get(search->program->functions, from->function)
				   ->function.name;
	const char *const *ignore =
		from->rule ? from->rule->ignore : from->assignment->ignore;
	size_t count = from->rule ? from->rule->nignore : from->assignment->nignore;

	for (size_t i = 0; i < count; i++)
		if (strcmp(ignore[i], name) == 0)
			return true;
	return false;
}

/* "field 'sigaction.sa_handler'" without its quotes: nothing follows the name. */
static const char *plain(struct arena *arena, const char *owner)
{
	char *copy = arena_strdup(arena, owner), *to = copy;

	for (const char *from = copy; *from; from++)
		if (*from != '\'')
			*to++ = *from;
	*to = '\0';
	return copy;
}

/* In a field or variable: the last step of its way there says where. */
static void add_stored(struct entry_search *search, const struct flow_registration *from)
{
	struct entry entry = {
		.kind = from->assignment->kind,
		.is_weak = true,
		.by = plain(search->arena, from->library),
	};

	if (from->nsteps) {
		entry.file = from->steps[from->nsteps - 1].file;
		entry.line = from->steps[from->nsteps - 1].line;
	}
	entry_add(search, entry, from->function);
}

/* The group's functions, in the arena; returns how many. */
static size_t handlers_of(const struct registering *registering, struct group group,
	const uint32_t **out)
{
	uint32_t *functions = arena_alloc(registering->search->arena,
		(group.end - group.first) * sizeof(*functions));
	size_t count = 0;

	for (size_t i = group.first; i < group.end; i++)
		if (!is_ignored(registering->search, &registering->sorted[i]))
			functions[count++] = registering->sorted[i].function;
	*out = functions;
	return count;
}

/* A call that registers what the flow says. */
static void add_group_call(struct registering *registering, struct group group)
{
	struct entry_search *search = registering->search;
	const struct flow_registration *from = &registering->sorted[group.first];
	const struct term_at *call = site_terms_get(&registering->sites, from->site);
	const struct call_rule *rule = from->rule;
	struct relay relay = {
		.library = from->library,
		.rule = rule,
		.handler = FACTS_NONE,
		.name = FACTS_NONE,
		.entry = {.kind = rule->kind, .by = from->library, .is_weak = true},
	};
	struct entry *entry = &relay.entry;

	relay.nfunctions = handlers_of(registering, group, &relay.functions);
	if (call)
		entry_place(search, entry, *call);
	if (from->callback < rule->ncallbacks)
		entry_describe(entry, "role", rule->callbacks[from->callback].role);
	if (call)
		entry_describe_call(search, entry, rule, *call);
	/* The flow knows more than the call alone: whatever the argument's value is. */
	for (size_t i = 0; i < relay.nfunctions; i++)
		entry_add(search, *entry, relay.functions[i]);
	if (from->callback < rule->ncallbacks)
		relay.handler = (uint32_t)rule->callbacks[from->callback].argument;
	if (rule->name != RULE_NO_ARGUMENT)
		relay.name = (uint32_t)rule->name;
	if (call)
		relays_read(search->relays, &relay, *call);
}

static bool is_of_call(const struct registering *registering, size_t i,
	const struct flow_registration *first)
{
	return i < registering->count && registering->sorted[i].site == first->site &&
	       registering->sorted[i].callback == first->callback &&
	       registering->sorted[i].rule == first->rule;
}

static void add_all(struct registering *registering)
{
	struct group group;

	for (group.first = 0; group.first < registering->count; group.first = group.end) {
		const struct flow_registration *first = &registering->sorted[group.first];

		group.end = group.first + 1;
		if (first->site == TRACE_NONE) {
			if (!is_ignored(registering->search, first))
				add_stored(registering->search, first);
			continue;
		}
		while (is_of_call(registering, group.end, first))
			group.end++;
		add_group_call(registering, group);
	}
}

void entry_find_registered(struct entry_search *search)
{
	const struct flow_registrations *all = search->program->registrations;
	struct registering registering = {
		.search = search,
		.sorted = xmalloc((all->count + 1) * sizeof(*registering.sorted)),
		.count = all->count,
	};

	site_terms_init(&registering.sites);
	for (size_t i = 0; i < all->count; i++) {
		registering.sorted[i] = all->items[i];
		if (all->items[i].site != TRACE_NONE)
			site_terms_want(&registering.sites, all->items[i].site);
	}
	if (all->count)
		qsort(registering.sorted, all->count, sizeof(*registering.sorted),
			by_call);
	site_terms_find(&registering.sites, &search->outlines);
	add_all(&registering);
	site_terms_release(&registering.sites);
	free(registering.sorted);
}
