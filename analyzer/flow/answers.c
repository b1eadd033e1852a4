/* What was found, for each site. */
#include "analyzer/flow/paths.h"
#include "analyzer/flow/state.h"
#include "core/compare.h"
#include "core/grouping.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* A target of the site at hand, and the node where it arrived. */
struct found {
	struct flow_target target;
	uint32_t node;
};

struct answering {
	struct flow *flow;
	struct arena *arena;
	struct flow_paths *paths;
	struct found *found;
	const char **reasons;
	size_t nfound, found_room, nreasons, reasons_room;
};

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void add_target(struct answering *answering, struct flow_target target,
	uint32_t node)
{
	answering->found = grow(answering->found, answering->nfound,
		&answering->found_room, sizeof(*answering->found));
	answering->found[answering->nfound++] = (struct found){target, node};
}

static void add_reason(struct answering *answering, const char *text)
{
	answering->reasons = grow(answering->reasons, answering->nreasons,
		&answering->reasons_room, sizeof(text));
	answering->reasons[answering->nreasons++] = text;
}

static void read_node(struct answering *answering, uint32_t node)
{
	struct flow *flow = answering->flow;
	uint32_t pair = flow_first_pair(flow, node);

	for (; pair != FLOW_NONE; pair = flow->next_pair[pair]) {
		uint32_t value = flow_pair_at(flow, pair).value;

		if (value & VALUE_REASON)
			add_reason(answering, flow_reason_text(flow, value));
		else if (!(value & VALUE_TEXT))
			add_target(answering, (struct flow_target){.function = value},
				node);
	}
}

int flow_target_compare(const void *left, const void *right)
{
	const struct flow_target *a = left, *b = right;
	int order = compare_u32(a->function, b->function);

	if (!order && a->through != b->through)
		order = strcmp(a->through ? a->through : "",
			b->through ? b->through : "");
	if (!order)
		order = (a->nsteps > b->nsteps) - (a->nsteps < b->nsteps);
	for (size_t i = 0; !order && i < a->nsteps; i++) {
		order = strcmp(a->steps[i].file, b->steps[i].file);
		order = order ? order : compare_u32(a->steps[i].line, b->steps[i].line);
		order = order ? order : strcmp(a->steps[i].to, b->steps[i].to);
	}
	return order;
}

size_t flow_targets_settle(struct flow_target *targets, size_t ntargets)
{
	size_t kept = 0;

	if (ntargets)
		qsort(targets, ntargets, sizeof(*targets), flow_target_compare);
	for (size_t i = 0; i < ntargets; i++)
		if (!kept || targets[i].function != targets[kept - 1].function ||
			targets[i].through != targets[kept - 1].through)
			targets[kept++] = targets[i];
	return kept;
}

static void finish(struct answering *answering, struct flow_answer *out)
{
	size_t ntargets = answering->nfound, nreasons = answering->nreasons;
	struct flow_target *targets =
		arena_alloc(answering->arena, ntargets * sizeof(*targets));
	const char **reasons = arena_alloc(answering->arena, nreasons * sizeof(*reasons));

	for (size_t i = 0; i < ntargets; i++) {
		targets[i] = answering->found[i].target;
		flow_paths_add(answering->paths, answering->found[i].node, &targets[i]);
	}
	if (nreasons) {
		qsort(answering->reasons, nreasons, sizeof(char *), by_text);
		memcpy(reasons, answering->reasons, nreasons * sizeof(*reasons));
	}
	*out = (struct flow_answer){targets, ntargets, reasons, nreasons};
}

static void answer_site(struct answering *answering, uint32_t index,
	struct index_list throughs, struct flow_answer *out)
{
	struct flow *flow = answering->flow;
	uint32_t query = flow->sites[index].query;

	answering->nfound = answering->nreasons = 0;
	if (query != FLOW_NONE)
		read_node(answering, query);
	for (size_t i = 0; i < throughs.count; i++) {
		const struct flow_through *through = &flow->throughs[throughs.items[i]];

		add_target(answering,
			(struct flow_target){
				.function = through->function,
				.through = through->library,
			},
			through->node);
	}
	finish(answering, out);
}

void flow_answers(struct flow *flow, struct arena *arena, struct flow_answers *out)
{
	struct answering answering = {.flow = flow, .arena = arena};
	struct flow_answer *answers = arena_alloc(arena, flow->nsites * sizeof(*answers));
	uint32_t *keys = xmalloc((flow->nthroughs + 1) * sizeof(*keys));
	uint32_t *sites = arena_alloc(arena, flow->nsites * sizeof(*sites));
	struct arena scratch = {0};
	struct grouping throughs;

	for (size_t i = 0; i < flow->nthroughs; i++)
		keys[i] = flow->site_of[flow->throughs[i].site];
	throughs = grouping_by(&scratch, keys, flow->nthroughs, flow->nsites);
	answering.paths = flow_paths_new(flow, arena);
	for (uint32_t i = 0; i < flow->nsites; i++) {
		sites[i] = flow->sites[i].site;
		answer_site(&answering, i, grouping_at(&throughs, i), &answers[i]);
	}
	flow_paths_find(answering.paths);
	for (size_t i = 0; i < flow->nsites; i++)
		answers[i].ntargets =
			flow_targets_settle(answers[i].targets, answers[i].ntargets);
	flow_paths_free(answering.paths);
	arena_release(&scratch);
	free(keys);
	free(answering.found);
	free(answering.reasons);
	*out = (struct flow_answers){
		.answers = answers,
		.sites = sites,
		.count = flow->nsites,
		.of_site = (const uint32_t *)(const void *)arena_copy(arena,
			(const char *)flow->site_of, flow->nsite_of * sizeof(uint32_t)),
		.nsites = flow->nsite_of,
	};
}
