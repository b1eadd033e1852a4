#include "analyzer/link/references.h"

#include "analyzer/facts/facts.h"
#include "core/arena.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

/* Functions whose code is in the object, and what they refer to. */
struct walk {
	const struct facts *facts;
	bool *is_referred;
	bool *is_emitted;
	uint32_t *queue;
	size_t count;
};

/* What headers define may be dropped, or belong to what units share. */
static bool is_own(const struct facts *facts, const struct facts_function *fn)
{
	return (fn->flags & FACTS_DEFINED) && fn->file != FACTS_NONE &&
	       strcmp(facts_string(facts, facts->files[fn->file].path),
		       facts_string(facts, facts->unit->path)) == 0;
}

static void emit(struct walk *walk, uint32_t function)
{
	if (walk->is_emitted[function] ||
		!is_own(walk->facts, &walk->facts->functions[function]))
		return;
	walk->is_emitted[function] = true;
	walk->queue[walk->count++] = function;
}

static void refer(struct walk *walk, uint32_t function)
{
	walk->is_referred[function] = true;
	emit(walk, function);
}

static void follow_calls(struct walk *walk, const struct facts_function *fn)
{
	for (uint32_t i = 0; i < fn->nsites; i++) {
		const struct facts_site *site = &walk->facts->sites[fn->first_site + i];

		if (site->callee != FACTS_NONE)
			refer(walk, site->callee);
	}
}

bool *references_find(const struct facts *facts)
{
	struct walk walk = {
		.facts = facts,
		.is_referred = xmalloc(facts->nfunctions + 1),
		.is_emitted = xmalloc(facts->nfunctions + 1),
		.queue = xmalloc((facts->nfunctions + 1) * sizeof(uint32_t)),
	};

	memset(walk.is_referred, 0, facts->nfunctions);
	memset(walk.is_emitted, 0, facts->nfunctions);
	for (uint32_t i = 0; i < facts->nfunctions; i++) {
		unsigned flags = facts->functions[i].flags;

		if (!(flags & (FACTS_INTERNAL | FUNCTION_INLINE)))
			emit(&walk, i);
	}
	for (size_t i = 0; i < walk.count; i++)
		follow_calls(&walk, &facts->functions[walk.queue[i]]);
	free(walk.queue);
	free(walk.is_emitted);
	return walk.is_referred;
}
