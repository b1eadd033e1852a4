#include "analyzer/routes/registrations_held.h"

#include "analyzer/routes/program.h"
#include "core/arena.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_STEPS = 4
};

/* Each object's first namer, among the initialisers of others. */
static uint32_t *namers_find(const struct routes_program *program)
{
	uint32_t *namer_of =
		arena_alloc(program->arena, (program->nobjects + 1) * sizeof(*namer_of));

	memset(namer_of, 0xff, program->nobjects * sizeof(*namer_of)); /* TRACE_NONE */
	for (uint32_t i = 0; i < program->nobjects; i++) {
		struct term root = program->objects[i].root, at = root;

		for (at.at++; at.at < term_get(root)->end; at.at++) {
			uint32_t named = TRACE_NONE;

			if (term_is(at, TERM_VARIABLE))
				named = program_object(program, at);
			if (named != TRACE_NONE && named != i &&
				namer_of[named] == TRACE_NONE)
				namer_of[named] = i;
		}
	}
	return namer_of;
}

const uint32_t *holders_find(const struct routes_program *program)
{
	const uint32_t *namer_of = namers_find(program);
	uint32_t *holder_of =
		arena_alloc(program->arena, (program->nobjects + 1) * sizeof(*holder_of));

	for (uint32_t i = 0; i < program->nobjects; i++) {
		uint32_t holder = i;

		for (int step = 0; step < MAX_STEPS && holder != TRACE_NONE &&
				   !grouping_at(&program->mentions_of, holder).count;
			step++)
			holder = namer_of[holder];
		if (holder != TRACE_NONE &&
			!grouping_at(&program->mentions_of, holder).count)
			holder = TRACE_NONE;
		holder_of[i] = holder;
	}
	return holder_of;
}
