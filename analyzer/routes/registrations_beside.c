#include "analyzer/routes/registrations_beside.h"

#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "core/trace.h"

static bool holds(struct term whole, struct term part)
{
	return term_exists(whole) && whole.facts == part.facts && whole.at <= part.at &&
	       part.at < term_get(whole)->end;
}

/* Is the call what an entry runs, or in its body? */
static bool is_of_entry(const struct dispatch *dispatch, struct term call)
{
	for (size_t i = 0; i < dispatch->nentries; i++) {
		const struct dispatch_entry *entry = &dispatch->entries[i];

		if (holds(entry->body, call))
			return true;
		for (size_t h = 0; h < entry->nhandlers; h++)
			if (holds(entry->handlers[h].call, call))
				return true;
	}
	return false;
}

bool dispatch_runs_beside(const struct routes_program *program,
	const struct dispatch *dispatch, uint32_t handler)
{
	const struct outline *outline = NULL;
	struct term at;

	if (dispatch->function != TRACE_NONE && dispatch->function != handler)
		outline = program_outline(program, dispatch->function);
	if (!outline)
		return false;
	for (at = outline->root; at.at < term_get(outline->root)->end; at.at++)
		if (term_is(at, TERM_CALL) && term_is(term_first(at), TERM_FUNCTION) &&
			program_function(program, term_first(at)) == handler &&
			!is_of_entry(dispatch, at))
			return true;
	return false;
}
