/* The compilers of a list of units: which may be asked, and once each. */
#ifndef PCARCH_ANALYZER_COMPILE_TOOLCHAIN_LIST_H
#define PCARCH_ANALYZER_COMPILE_TOOLCHAIN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct error;
struct scan_unit;
struct toolchain;
struct toolchain_policy;
struct unit_list;

enum {
	TOOLCHAIN_MAX = 64, /* asked for one list; a stranger's could name 50,000 */
	TOOLCHAIN_NONE = UINT32_MAX,
};

/*
 * Find the program that `unit`'s compiler is and fill the question. Fails, with the
 * reason, when it must not be run: it is not there, is not called like a C compiler, lies
 * within the root or the database's directory, or someone else could have written it.
 * clang is never asked: its name alone gives the target.
 */
bool toolchain_find(struct arena *arena, const struct toolchain_policy *policy,
	const struct scan_unit *unit, struct toolchain *out, struct error *err);

/* The distinct toolchains of a list of units. */
struct toolchain_list {
	struct toolchain *toolchains;
	size_t ntoolchains;
	uint32_t *of_unit; /* for each unit its toolchain, or TOOLCHAIN_NONE */
};

/*
 * The three steps for all units. Between the first and the second a caller may fill
 * answers that it has in a cache. What could not be asked is added to the notes of
 * `units`.
 */
void toolchains_find(struct arena *arena, const struct toolchain_policy *policy,
	struct unit_list *units, struct toolchain_list *out);
void toolchains_ask(struct arena *arena, const struct toolchain_policy *policy,
	struct toolchain_list *list, struct unit_list *units);
void toolchains_apply(struct arena *arena, const struct toolchain_list *list,
	struct unit_list *units);

#endif
