#include "analyzer/routes/options.h"

#include "analyzer/routes/comparers.h"
#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/surroundings.h"
#include "core/arena.h"
#include "core/trace.h"

#include <string.h>

/* The literal with a dash that the condition compares something with; or NULL. */
static const char *option_in(const struct routes_program *program, struct term condition)
{
	struct term at = condition;

	for (; at.at < term_get(condition)->end; at.at++) {
		struct comparison comparison;

		if (!term_is(at, TERM_CALL) || !comparer_of(program, at, &comparison))
			continue;
		for (unsigned i = 0; i < 2; i++)
			if (term_is(comparison.operands[i], TERM_TEXT) &&
				term_name(comparison.operands[i])[0] == '-' &&
				term_name(comparison.operands[i])[1])
				return term_name(comparison.operands[i]);
	}
	return NULL;
}

/* The option whose branch the term stands in: the innermost. */
static const char *guard_of(const struct routes_program *program, struct term root,
	struct term term)
{
	struct surroundings around = {0};
	const char *found = NULL;
	uint32_t child = term.at, at;

	surroundings_read(&around, root);
	while (!found && child != root.at) {
		struct term parent;

		at = around.parents[child - root.at];
		parent = (struct term){root.facts, at};
		if (term_is(parent, TERM_IF) && term_child(parent, 1).at == child)
			found = option_in(program, term_first(parent));
		child = at;
	}
	surroundings_release(&around);
	return found;
}

static bool is_field(struct term term, struct term kept)
{
	return term_is(term, TERM_FIELD) &&
	       strcmp(term_name(term), term_name(kept)) == 0 &&
	       strcmp(facts_string(term.facts, term_get(term)->a),
		       facts_string(kept.facts, term_get(kept)->a)) == 0;
}

/* The option in whose branch a function is called. */
static const char *option_of_calls(const struct routes_program *program,
	uint32_t function)
{
	for (size_t i = 0; i < program->noutlines; i++) {
		struct term root = program->outlines[i].root, at = root;

		for (; at.at < term_get(root)->end; at.at++) {
			const char *option;

			if (!term_is(at, TERM_CALL) ||
				!term_is(term_first(at), TERM_FUNCTION) ||
				program_function(program, term_first(at)) != function)
				continue;
			option = guard_of(program, root, at);
			if (option)
				return option;
		}
	}
	return NULL;
}

const char *options_before(const struct routes_program *program, struct term kept)
{
	for (size_t i = 0; i < program->noutlines; i++) {
		const struct outline *outline = &program->outlines[i];
		struct term at = outline->root;

		for (; at.at < term_get(outline->root)->end; at.at++) {
			const char *option;

			if (!term_is(at, TERM_ASSIGN) || !is_field(term_first(at), kept))
				continue;
			option = guard_of(program, outline->root, at);
			if (!option && term_is(term_child(at, 1), TERM_PARAMETER))
				option = option_of_calls(program, outline->function);
			if (option)
				return option;
		}
	}
	return NULL;
}

void options_wrap(const struct routes_program *program, struct dispatch_list *list,
	uint32_t number, const char *option)
{
	const struct dispatch inner = list->items[number];
	struct dispatch_entry *entry = arena_alloc(program->arena, sizeof(*entry));
	const char **word = arena_alloc(program->arena, sizeof(*word));

	if (!inner.nentries)
		return;
	*word = option;
	*entry = (struct dispatch_entry){
		.words = word,
		.nwords = 1,
		.match = RULE_EXACT,
		.reason = "option",
		.at = inner.entries[0].at,
		.parent = DISPATCH_NONE,
		.sub = number,
		.body = term_none(),
	};
	dispatch_add(list, (struct dispatch){
				   .pattern = inner.pattern,
				   .entries = entry,
				   .nentries = 1,
				   .function = TRACE_NONE,
				   .object = inner.object,
				   .subject = term_none(),
				   .weight = inner.weight,
			   });
}
