/* Random names and numbers, of which random_trace.h and its kin make their content. */
#ifndef PCARCH_TESTS_RANDOM_NAME_H
#define PCARCH_TESTS_RANDOM_NAME_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct random_trace {
	struct arena *arena;
	uint64_t state;
	bool is_hostile; /* names that hurt: quotes, control characters, bad UTF-8 */
};

/* 0 to `below` - 1. Source: splitmix64. */
static inline size_t random_below(struct random_trace *random, size_t below)
{
	uint64_t z = (random->state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (size_t)((z ^ (z >> 31)) % below);
}

static inline const char *random_name(struct random_trace *random, const char *stem)
{
	static const char *const hurting[] = {"", "\"", "\\", "\n\t\x01", "\xc3\xa9",
		"\xff\xfe", "\xed\xa0\x80", "</script>", "%s%n", "\xf0\x9f\x98\x80",
		"a\x7f\x62"};

	if (random->is_hostile && random_below(random, 4) == 0)
		return arena_printf(random->arena, "%s%s", stem,
			hurting[random_below(random,
				sizeof(hurting) / sizeof(*hurting))]);
	return arena_printf(random->arena, "%s_%zu", stem, random_below(random, 1000));
}

static inline const char *random_optional(struct random_trace *random, const char *stem)
{
	return random_below(random, 2) ? random_name(random, stem) : NULL;
}

static inline unsigned random_number(struct random_trace *random)
{
	static const unsigned limits[] = {2, 100, 5000, UINT32_MAX};

	return (unsigned)random_below(random, limits[random_below(random, 4)]);
}

#endif
