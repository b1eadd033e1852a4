#include "analyzer/link/linkage.h"

#include "analyzer/binary/binary.h"
#include "analyzer/facts/facts.h"
#include "analyzer/link/companions.h"
#include "analyzer/link/selection.h"
#include "core/arena.h"
#include "core/source_paths.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

struct linked_unit {
	const struct facts *facts;
	const char *path;
	bool may_be_shared; /* may be part of a shared object */
	bool has_main;
	bool *in_binary; /* of each binary */
};

struct linkage {
	struct arena arena;
	struct source_paths *paths;
	const struct binary *binaries;
	size_t nbinaries;
	struct linked_unit *units;
	size_t nunits, room;
	size_t nmains;
	bool is_whole; /* every unit was read: what one alone defines, it alone defines */
	struct companions *companions; /* NULL until something is known */
};

struct linkage *linkage_new(struct source_paths *paths, const struct binary *binaries,
	size_t nbinaries)
{
	struct linkage *linkage = xmalloc(sizeof(*linkage));

	*linkage = (struct linkage){
		.paths = paths,
		.binaries = binaries,
		.nbinaries = nbinaries,
		.is_whole = true,
	};
	return linkage;
}

void linkage_free(struct linkage *linkage)
{
	companions_free(linkage->companions);
	arena_release(&linkage->arena);
	free(linkage->units);
	free(linkage);
}

size_t linkage_nunits(const struct linkage *linkage)
{
	return linkage->nunits;
}

const struct facts *linkage_facts(const struct linkage *linkage, uint32_t unit)
{
	return linkage->units[unit].facts;
}

/* Only position independent code goes into shared objects. */
static bool has_word(const char *arguments, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = arguments; (at = strstr(at, word)); at += len)
		if ((at == arguments || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
			return true;
	return false;
}

static uint32_t only_user(const struct linkage *linkage, const char *prefix)
{
	uint32_t user = LINKAGE_NO_UNIT;

	for (uint32_t i = 0; i < linkage->nunits; i++) {
		const struct facts *facts = linkage->units[i].facts;

		if (strcmp(facts_string(facts, facts->unit->prefix), prefix) != 0)
			continue;
		if (user != LINKAGE_NO_UNIT)
			return LINKAGE_NO_UNIT;
		user = i;
	}
	return user;
}

uint32_t linkage_add(struct linkage *linkage, const struct facts *facts)
{
	const char *arguments = facts_string(facts, facts->unit->arguments);
	struct linked_unit unit = {.facts = facts};

	if (facts->unit->kind == FACTS_PREFIX)
		return only_user(linkage, facts_string(facts, facts->unit->prefix));
	unit.path = facts_string(facts, facts->unit->path);
	unit.may_be_shared = has_word(arguments, "-fPIC") || has_word(arguments, "-fpic");
	unit.in_binary = arena_alloc(&linkage->arena, linkage->nbinaries);
	for (size_t i = 0; i < linkage->nbinaries; i++)
		unit.in_binary[i] = selection_has(&linkage->binaries[i], facts);
	linkage->is_whole &= facts->unit->status == UNIT_PARSED;
	linkage->units = grow(linkage->units, linkage->nunits, &linkage->room,
		sizeof(*linkage->units));
	linkage->units[linkage->nunits] = unit;
	return (uint32_t)linkage->nunits++;
}

uint32_t linkage_unit(const struct linkage *linkage, const struct facts *facts)
{
	size_t low = 0, high = linkage->nunits;

	/* Images stand in one array, in which they were added. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (linkage->units[middle].facts < facts)
			low = middle + 1;
		else
			high = middle;
	}
	return low < linkage->nunits && linkage->units[low].facts == facts
		       ? (uint32_t)low
		       : LINKAGE_NO_UNIT;
}

void linkage_add_main(struct linkage *linkage, uint32_t unit)
{
	linkage->nmains += !linkage->units[unit].has_main;
	linkage->units[unit].has_main = true;
}

static struct companions *companions_of(struct linkage *linkage)
{
	if (linkage->companions)
		return linkage->companions;
	linkage->companions = companions_new(linkage->nunits);
	for (uint32_t i = 0; i < linkage->nunits; i++)
		if (linkage->units[i].has_main)
			companions_add_main(linkage->companions, i);
	return linkage->companions;
}

void linkage_add_companion(struct linkage *linkage, uint32_t unit, uint32_t other)
{
	if (linkage->is_whole)
		companions_add(companions_of(linkage), unit, other);
}

void linkage_add_rivals(struct linkage *linkage, uint32_t *units, size_t nunits)
{
	size_t kept = 0;

	/* Between a program and its shared objects, two definitions are no conflict. */
	for (size_t i = 0; i < nunits; i++)
		if (units[i] != LINKAGE_NO_UNIT &&
			!linkage->units[units[i]].may_be_shared)
			units[kept++] = units[i];
	if (kept > 1)
		companions_add_rivals(companions_of(linkage), units, kept);
}

bool linkage_has_programs(const struct linkage *linkage)
{
	return linkage->nmains > 1;
}

bool linkage_has_binaries(const struct linkage *linkage)
{
	return linkage->nbinaries > 0;
}

/* A selection among candidates. */
struct choice {
	struct linkage *linkage;
	const char *symbol;
	uint32_t unit;
	const struct candidate *candidates;
	size_t count;
	bool *is_taken;
	size_t nforeign; /* binaries where a function of another source is meant */
	size_t nunknown; /* binaries that do not tell */
};

static bool is_candidate(const struct choice *choice, const struct candidate *candidate,
	const struct binary *binary, const struct binary_function *fn)
{
	const struct linkage *linkage = choice->linkage;

	if (candidate->unit != LINKAGE_NO_UNIT)
		return binary_unit_is(binary, fn->unit,
			linkage->units[candidate->unit].path);
	return candidate->line == fn->line &&
	       source_paths_shown(linkage->paths, fn->file) == candidate->file;
}

static bool is_known_source(const struct linkage *linkage, const struct binary *binary,
	const struct binary_function *fn)
{
	for (size_t i = 0; i < linkage->nunits; i++)
		if (binary_unit_is(binary, fn->unit, linkage->units[i].path))
			return true;
	return false;
}

/* Take the candidates that `fn` is: of several in one unit, those that its line tells. */
static void take(struct choice *choice, const struct binary *binary,
	const struct binary_function *fn)
{
	bool is_found = false, is_exact = false;

	for (size_t i = 0; i < choice->count; i++) {
		const struct candidate *candidate = &choice->candidates[i];

		if (!is_candidate(choice, candidate, binary, fn))
			continue;
		is_found = true;
		is_exact |= candidate->line == fn->line;
	}
	for (size_t i = 0; is_found && i < choice->count; i++) {
		const struct candidate *candidate = &choice->candidates[i];

		if (is_candidate(choice, candidate, binary, fn) &&
			(!is_exact || candidate->line == fn->line))
			choice->is_taken[i] = true;
	}
	if (is_found)
		return;
	if (is_known_source(choice->linkage, binary, fn))
		choice->nunknown++;
	else
		choice->nforeign++;
}

/* Is the symbol's only code in `binary` inside of other functions? */
static bool may_be_inlined(const struct choice *choice, size_t binary)
{
	for (size_t i = 0; i < choice->count; i++) {
		uint32_t unit = choice->candidates[i].unit;

		if (unit == LINKAGE_NO_UNIT ||
			choice->linkage->units[unit].in_binary[binary])
			return true;
	}
	return false;
}

/* What other files offer; false where none does. */
static bool take_exported(struct choice *choice, size_t own)
{
	const struct linkage *linkage = choice->linkage;
	bool is_found = false;

	for (size_t i = 0; i < linkage->nbinaries; i++) {
		const struct binary *other = &linkage->binaries[i];
		const struct binary_function *fn;

		if (i == own || !binary_exports(other, choice->symbol))
			continue;
		is_found = true;
		fn = binary_definition(other, choice->symbol);
		if (fn)
			take(choice, other, fn);
		else
			choice->nunknown++;
	}
	return is_found;
}

/* What the code of binary `own` means: its own function, or what comes before it. */
static void take_from(struct choice *choice, size_t own)
{
	const struct binary *binary = &choice->linkage->binaries[own];
	const struct binary_function *fn = binary_definition(binary, choice->symbol);

	if (fn) {
		take(choice, binary, fn);
		if (!binary->binds_itself && binary_exports(binary, choice->symbol))
			take_exported(choice, own);
	} else if (may_be_inlined(choice, own)) {
		choice->nunknown++;
	} else if (binary_mentions(binary, choice->symbol)) {
		choice->nunknown += !take_exported(choice, own);
	}
}

/* What was linked. */
static void take_linked(struct choice *choice)
{
	const struct linkage *linkage = choice->linkage;

	for (size_t i = 0; i < linkage->nbinaries; i++)
		if (choice->unit == LINKAGE_NO_UNIT ||
			linkage->units[choice->unit].in_binary[i])
			take_from(choice, i);
}

/* The definition in a unit that every program has which has the one that asks. */
static bool take_companion(struct choice *choice)
{
	struct linkage *linkage = choice->linkage;
	const struct linked_unit *units = linkage->units;
	size_t found = choice->count;

	if (units[choice->unit].may_be_shared)
		return false;
	for (size_t i = 0; i < choice->count; i++) {
		const struct candidate *candidate = &choice->candidates[i];

		if (candidate->is_weak || candidate->unit == LINKAGE_NO_UNIT ||
			units[candidate->unit].may_be_shared ||
			!companions_has(linkage->companions, choice->unit,
				candidate->unit))
			continue;
		if (found < choice->count)
			return false;
		found = i;
	}
	if (found == choice->count)
		return false;
	choice->is_taken[found] = true;
	return true;
}

/* All but those in units of other programs. */
static void take_possible(struct choice *choice)
{
	for (size_t i = 0; i < choice->count; i++) {
		uint32_t unit = choice->candidates[i].unit;

		choice->is_taken[i] = unit == LINKAGE_NO_UNIT ||
				      !companions_are_apart(choice->linkage->companions,
					      choice->unit, unit);
	}
}

static size_t keep_taken(struct choice *choice, struct candidate *candidates)
{
	size_t kept = 0;

	for (size_t i = 0; i < choice->count; i++)
		if (choice->is_taken[i])
			candidates[kept++] = candidates[i];
	return kept;
}

struct narrowing linkage_narrow(struct linkage *linkage, const char *symbol,
	uint32_t unit, struct candidate *candidates, size_t count)
{
	struct choice choice = {.linkage = linkage,
		.symbol = symbol,
		.unit = unit,
		.candidates = candidates,
		.count = count,
		.is_taken = xmalloc(count + 1)};
	struct narrowing result = {.count = count};

	memset(choice.is_taken, 0, count + 1);
	if (linkage->nbinaries) {
		take_linked(&choice);
		result.is_settled = !choice.nunknown;
	} else if (unit != LINKAGE_NO_UNIT && companions_of(linkage)) {
		result.is_settled = take_companion(&choice);
		if (!result.is_settled)
			take_possible(&choice);
	} else {
		memset(choice.is_taken, true, count);
	}
	if (result.is_settled || !linkage->nbinaries)
		result.count = keep_taken(&choice, candidates);
	result.is_foreign = result.is_settled && choice.nforeign;
	if (!result.count && !result.is_foreign)
		result = (struct narrowing){.count = count};
	free(choice.is_taken);
	return result;
}
