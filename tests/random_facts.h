/*
 * Facts of a small program of random content, as units that share headers give them: for
 * property tests and as seeds of the fuzz targets. The same seed makes the same facts.
 */
#ifndef PCARCH_TESTS_RANDOM_FACTS_H
#define PCARCH_TESTS_RANDOM_FACTS_H

#include "analyzer/facts/facts.h"
#include "analyzer/facts/facts_builder.h"
#include "core/text.h"
#include "core/trace.h"
#include "tests/random_flows.h"

#include <stdio.h>

struct random_facts {
	uint64_t state;
	unsigned nfiles, nnames; /* few, so that units have much in common */
};

/* 0 to `below` - 1. Source: splitmix64. */
static inline uint32_t random_facts_below(struct random_facts *random, uint32_t below)
{
	uint64_t z = (random->state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ (z >> 31)) % below);
}

static inline uint32_t random_facts_name(struct random_facts *random,
	struct facts_builder *facts, const char *stem, unsigned count)
{
	char name[64];

	snprintf(name, sizeof(name), "%s%u", stem, random_facts_below(random, count));
	return facts_intern(facts, name);
}

static inline uint32_t random_facts_flags(struct random_facts *random)
{
	static const uint32_t kinds[] = {0, 0, 0, FACTS_DEFINED, FACTS_DEFINED,
		FACTS_DEFINED, FACTS_DEFINED | FACTS_INTERNAL,
		FACTS_DEFINED | FACTS_INTERNAL | FUNCTION_INLINE,
		FACTS_DEFINED | FUNCTION_WEAK, FUNCTION_ALIAS, FUNCTION_IFUNC,
		FUNCTION_WEAK, FACTS_IMPLICIT, FACTS_BY_NAME,
		FACTS_DEFINED | FUNCTION_CONSTRUCTOR,
		FACTS_DEFINED | FACTS_INTERNAL | FACTS_SYSTEM};

	return kinds[random_facts_below(random, sizeof(kinds) / sizeof(*kinds))];
}

static inline void random_facts_function(struct random_facts *random,
	struct facts_builder *facts)
{
	uint32_t flags = random_facts_flags(random);
	uint32_t line = 1 + random_facts_below(random, 20);
	bool has_place = flags != FACTS_BY_NAME && flags != FACTS_IMPLICIT;

	facts_add_function(facts,
		(struct facts_function){
			.name = random_facts_name(random, facts, "name", random->nnames),
			.signature = random_facts_name(random, facts, "int (type", 3),
			.symbol = random_facts_below(random, 12)
					  ? 0
					  : random_facts_name(random, facts, "name",
						    random->nnames),
			.target = flags & (FUNCTION_ALIAS | FUNCTION_IFUNC)
					  ? random_facts_name(random, facts, "name",
						    random->nnames)
					  : 0,
			.file = has_place ? random_facts_below(random, random->nfiles)
					  : (uint32_t)FACTS_NONE,
			.line = has_place ? line : 0,
			.column = has_place ? 5 : 0,
			.offset = has_place ? line * 100 : 0,
			.end_line = flags & FACTS_DEFINED ? line + 3 : 0,
			.arity = random_facts_below(random, 4),
			.flags = flags,
		});
}

static inline void random_facts_site(struct random_facts *random,
	struct facts_builder *facts, uint32_t ordinal)
{
	bool is_direct = random_facts_below(random, 4) > 0;
	bool is_in_macro = !random_facts_below(random, 5);
	uint32_t nfunctions = facts_count_functions(facts);

	facts_add_site(facts,
		(struct facts_site){
			.node = FACTS_NONE,
			.file = random_facts_below(random, random->nfiles),
			.line = 1 + random_facts_below(random, 20),
			.column = 1 + random_facts_below(random, 3),
			.spelling_file =
				is_in_macro ? random_facts_below(random, random->nfiles)
					    : (uint32_t)FACTS_NONE,
			.spelling_line = is_in_macro,
			.spelling_column = is_in_macro,
			.ordinal = ordinal,
			.callee = is_direct ? random_facts_below(random, nfunctions)
					    : (uint32_t)FACTS_NONE,
			.expression =
				is_direct ? CALLEE_NAME
					  : 1 + random_facts_below(random, CALLEE_OTHER),
			.expression_name = is_direct ? 0
						     : random_facts_name(random, facts,
							       "ops.field", 3),
			.signature = is_direct ? 0
					       : random_facts_name(random, facts,
							 "int (type", 3),
			.flags = is_in_macro ? FACTS_SITE_IN_MACRO : 0,
		});
}

/* `owner` FACTS_NONE: outside of functions. */
static inline void random_facts_flows(struct random_facts *random,
	struct facts_builder *facts, uint32_t owner)
{
	struct random_trace own = {.state = random_facts_below(random, 1000)};
	struct random_flows flows = {
		.random = &own,
		.facts = facts,
		.owner = owner,
		.nfunctions = facts_count_functions(facts),
		.file = random_facts_below(random, random->nfiles),
	};

	random_flows(&flows, 8, random_facts_below(random, 12));
}

static inline void random_facts_bodies(struct random_facts *random,
	struct facts_builder *facts)
{
	uint32_t nfunctions = facts_count_functions(facts);

	for (uint32_t i = 0; i < nfunctions; i++) {
		uint32_t nsites = random_facts_below(random, 4);

		if (!(facts_function(facts, i)->flags & FACTS_DEFINED))
			continue;
		facts_function(facts, i)->first_site = facts_count_sites(facts);
		facts_function(facts, i)->nsites = nsites;
		for (uint32_t s = 0; s < nsites; s++)
			random_facts_site(random, facts, s);
		random_facts_flows(random, facts, i);
		if (!random_facts_below(random, 3))
			facts_add_use(facts,
				(struct facts_use){random_facts_below(random, 2)
							   ? i
							   : (uint32_t)FACTS_NONE,
					random_facts_below(random, nfunctions)});
	}
}

/* Append the image of unit `number` to `out`; units 0 and 1 are prefixes when
 * `has_prefixes`. */
static inline void random_facts_image(struct random_facts *random, unsigned number,
	bool has_prefixes, struct text *out)
{
	struct facts_builder *facts = facts_builder_new();
	bool is_prefix = has_prefixes && number < 2;
	char path[64];

	for (unsigned i = 0; i < random->nfiles; i++) {
		snprintf(path, sizeof(path),
			i % 3 ? "/root/src/file%u.c" : "/usr/include/file%u.h", i);
		facts_add_file(facts,
			(struct facts_file){.path = facts_intern(facts, path)});
	}
	for (unsigned i = 0; i < 12; i++)
		random_facts_function(random, facts);
	random_flows_records(facts, 1, 0);
	random_facts_bodies(random, facts);
	random_facts_flows(random, facts, FACTS_NONE);
	if (!random_facts_below(random, 3))
		facts_add_diagnostic(facts,
			(struct facts_diagnostic){.file = 0,
				.line = 1,
				.column = 1,
				.severity = 3,
				.text = facts_intern(facts, "an error")});
	snprintf(path, sizeof(path), "/root/src/unit%u.c", number / 2);
	facts_build(facts,
		(struct facts_unit){
			.kind = is_prefix ? FACTS_PREFIX : FACTS_UNIT,
			.path = facts_intern(facts, path),
			.arguments = facts_intern(facts, number % 2 ? "-DX" : ""),
			.status = is_prefix ? 0 : random_facts_below(random, 3),
			.prefix = facts_intern(facts, !has_prefixes ? ""
						      : number % 2  ? "/tmp/1.pch"
								    : "/tmp/0.pch"),
		},
		out);
	facts_builder_free(facts);
}

#endif
