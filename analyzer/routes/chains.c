#include "analyzer/routes/chains.h"

#include "analyzer/link/function_table.h"
#include "analyzer/routes/chains_body.h"
#include "analyzer/routes/chains_sources.h"
#include "analyzer/routes/choices.h"
#include "analyzer/routes/dispatch.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* Judge and weigh, from the innermost chains out. */
static bool judge_all(struct body *body)
{
	size_t nterms = term_get(body->root)->end - body->root.at;
	bool has_any = false;

	body->taken = xmalloc(nterms);
	memset(body->taken, 0, nterms);
	for (size_t i = body->ngroups; i-- > 0;) {
		struct arm_group *group = &body->groups[i];
		struct arm *arm;

		for (uint32_t b = group->first; b != ARM_NONE; b = arm->next) {
			arm = &body->arms[b];
			if (!arm->only_words)
				body_judge(body, arm);
		}
		group->weight = body_weigh(body, group);
		if (group->weight < CHAIN_LEAST)
			continue;
		has_any = true;
		for (uint32_t b = group->first; b != ARM_NONE; b = arm->next) {
			arm = &body->arms[b];
			if (!arm->only_words && !arm->is_rest)
				memset(body->taken + (arm->body.from - body->root.at), 1,
					arm->body.end - arm->body.from);
		}
	}
	return has_any;
}

static bool *known_places(const struct routes_program *program,
	const struct dispatch_list *list)
{
	size_t count = function_table_count(program->functions);
	bool *known = xmalloc(count + 1);

	memset(known, 0, count + 1);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].function != TRACE_NONE)
			known[list->items[i].function] = true;
	return known;
}

void chains_find(struct routes_program *program, struct dispatch_list *list)
{
	struct sources sources;
	struct choices *choices;
	bool *known;

	sources_read(program, &sources);
	choices = choices_new(program, &sources);
	choices_of_tables(choices, list);
	known = known_places(program, list);
	for (size_t i = 0; i < program->noutlines; i++) {
		struct body body;

		body_open(&body, program, &sources, &program->outlines[i]);
		body.has_dispatch = known[body.function];
		body_walk(&body);
		if (body.narms && judge_all(&body))
			body_dispatches(&body, list);
		choices_note(choices, &body);
		body_close(&body);
	}
	choices_of_chains(choices, list);
	choices_free(choices);
	free(known);
}
