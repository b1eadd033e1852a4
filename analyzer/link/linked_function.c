#include "analyzer/link/linked_function.h"

#include "analyzer/facts/facts.h"
#include "analyzer/link/linkage.h"
#include "core/source_paths.h"

#include <string.h>

bool linked_function_is_definition(const struct facts_function *fn)
{
	return fn->flags & (FACTS_DEFINED | FUNCTION_ALIAS | FUNCTION_IFUNC);
}

const char *linked_function_symbol(const struct facts *facts,
	const struct facts_function *fn)
{
	return facts_string(facts, fn->symbol ? fn->symbol : fn->name);
}

bool linked_function_is_main(const struct facts *facts, const struct facts_function *fn)
{
	return !(fn->flags & (FACTS_INTERNAL | FUNCTION_WEAK)) &&
	       strcmp(linked_function_symbol(facts, fn), "main") == 0;
}

static enum function_type type_of(const struct facts_function *fn, const char *file)
{
	if (fn->flags & FACTS_INTERNAL)
		return FUNCTION_PRIVATE;
	if (!linked_function_is_definition(fn))
		return fn->flags & FACTS_IMPLICIT ? FUNCTION_UNKNOWN : FUNCTION_EXTERNAL;
	/* A library's inline function is the library's. */
	return file[0] == '<' ? FUNCTION_EXTERNAL : FUNCTION_PUBLIC;
}

struct linked_function linked_function_of(struct source_paths *paths,
	const struct facts *facts, const struct facts_function *fn, uint32_t unit)
{
	const char *file =
		fn->file == FACTS_NONE
			? ""
			: source_paths_shown(paths,
				  facts_string(facts, facts->files[fn->file].path));
	const char *signature = facts_string(facts, fn->signature);
	const char *target = facts_string(facts, fn->target);

	return (struct linked_function){
		.function =
			{
				.module = source_paths_module(paths, file),
				.name = source_paths_intern(paths,
					facts_string(facts, fn->name)),
				.file = file,
				.signature = source_paths_intern(paths, signature),
				.arity = fn->arity,
				.line = fn->line,
				.column = fn->column,
				.end_line = fn->end_line,
				.type = type_of(fn, file),
				.flags = fn->flags & (FACTS_DEFINED - 1),
			},
		.offset = fn->offset,
		.target = target[0] ? source_paths_intern(paths, target) : NULL,
		.is_defined = linked_function_is_definition(fn),
		.is_implicit = fn->flags & FACTS_IMPLICIT,
		.is_system = fn->flags & FACTS_SYSTEM,
		.unit = unit,
	};
}

/* Which of two records of a function is shown, whatever the order they come in. */
static int compare_records(const struct linked_function *a,
	const struct linked_function *b)
{
	int order = (int)a->is_implicit - (int)b->is_implicit;

	order = order ? order : !a->function.file[0] - !b->function.file[0];
	order = order ? order : strcmp(a->function.file, b->function.file);
	if (!order && a->function.line != b->function.line)
		return a->function.line < b->function.line ? -1 : 1;
	if (!order && a->function.arity != b->function.arity)
		return a->function.arity > b->function.arity ? -1 : 1;
	return order ? order : strcmp(a->function.signature, b->function.signature);
}

void linked_function_merge(struct linked_function *old,
	const struct linked_function *other)
{
	unsigned flags = old->function.flags | other->function.flags;
	const char *target = old->target ? old->target : other->target;
	bool is_system = old->is_system && other->is_system;
	uint32_t unit = old->unit == other->unit ? old->unit : LINKAGE_NO_UNIT;

	/* What one unit needs, the linker must find for all. */
	if (!(old->function.flags & other->function.flags & FUNCTION_WEAK) &&
		!old->is_defined)
		flags &= ~(unsigned)FUNCTION_WEAK;
	if (compare_records(other, old) < 0)
		*old = *other;
	old->function.flags = flags;
	old->target = target;
	old->is_system = is_system;
	old->unit = unit;
}
