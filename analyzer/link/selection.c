#include "analyzer/link/selection.h"

#include "analyzer/binary/binary.h"
#include "analyzer/facts/facts.h"
#include "analyzer/link/linked_function.h"

#include <string.h>

bool selection_has(const struct binary *binary, const struct facts *facts)
{
	const char *path = facts_string(facts, facts->unit->path);

	if (binary_has_unit(binary, path) || binary_has_bare_unit(binary, path))
		return true;
	for (size_t i = 0; binary->has_bare && i < facts->nfunctions; i++) {
		const struct facts_function *fn = &facts->functions[i];

		if (!(fn->flags & FACTS_INTERNAL) && linked_function_is_definition(fn) &&
			binary_has_bare(binary, linked_function_symbol(facts, fn)))
			return true;
	}
	return false;
}

static bool is_in_any(const struct facts *facts, const struct binary *binaries,
	size_t nbinaries)
{
	for (size_t i = 0; i < nbinaries; i++)
		if (selection_has(&binaries[i], facts))
			return true;
	return false;
}

static bool has_user(const struct facts *prefix, const struct facts *units, size_t nunits)
{
	const char *name = facts_string(prefix, prefix->unit->prefix);

	for (size_t i = 0; i < nunits; i++)
		if (strcmp(facts_string(&units[i], units[i].unit->prefix), name) == 0)
			return true;
	return false;
}

size_t selection_keep(struct facts *images, size_t nimages, const struct binary *binaries,
	size_t nbinaries)
{
	size_t nunits = 0, kept = 0, i = 0;

	if (!nbinaries)
		return nimages;
	for (; i < nimages && images[i].unit->kind == FACTS_UNIT; i++)
		if (is_in_any(&images[i], binaries, nbinaries))
			images[nunits++] = images[i];
	for (kept = nunits; i < nimages; i++)
		if (has_user(&images[i], images, nunits))
			images[kept++] = images[i];
	return kept;
}
