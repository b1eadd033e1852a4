/* What rules with a kind say of functions: these are entry points. */
#include "analyzer/flow/paths.h"
#include "analyzer/flow/state.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"

#include <stdlib.h>

void flow_register(struct flow *flow, struct flow_registered registered)
{
	enum rule_kind kind = registered.assignment ? registered.assignment->kind
						    : registered.rule->kind;

	if (kind == RULE_NO_KIND)
		return;
	flow->registered = grow(flow->registered, flow->nregistered,
		&flow->registered_room, sizeof(registered));
	flow->registered[flow->nregistered++] = registered;
}

void flow_registrations(struct flow *flow, struct arena *arena,
	struct flow_registrations *out)
{
	size_t count = flow->nregistered;
	struct flow_registration *items = arena_alloc(arena, count * sizeof(*items));
	struct flow_target *targets = xmalloc((count + 1) * sizeof(*targets));
	struct flow_paths *paths = flow_paths_new(flow, arena);

	for (size_t i = 0; i < count; i++) {
		const struct flow_registered *from = &flow->registered[i];

		targets[i] = (struct flow_target){.function = from->function};
		if (from->node != FLOW_NONE)
			flow_paths_add(paths, from->node, &targets[i]);
	}
	flow_paths_find(paths);
	for (size_t i = 0; i < count; i++) {
		const struct flow_registered *from = &flow->registered[i];

		items[i] = (struct flow_registration){
			.function = from->function,
			.site = from->site,
			.rule = from->rule,
			.callback = from->callback,
			.assignment = from->assignment,
			.library = from->library,
			.steps = targets[i].steps,
			.nsteps = targets[i].nsteps,
		};
	}
	flow_paths_free(paths);
	free(targets);
	*out = (struct flow_registrations){items, count};
}
