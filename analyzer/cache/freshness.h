/* What is newer than the compile database, which then may not know it. */
#ifndef PCARCH_ANALYZER_CACHE_FRESHNESS_H
#define PCARCH_ANALYZER_CACHE_FRESHNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct arena;
struct unit_list;

enum {
	FRESHNESS_MAX_ENTRIES = 500000, /* looked at; beyond, `is_cut` */
	FRESHNESS_MAX_DEPTH = 40,
	FRESHNESS_MAX_NAMES = 3,
};

struct freshness {
	size_t nsources; /* .c files newer than the database that no unit is */
	size_t nbuild_files; /* Makefile, CMakeLists.txt …, newer than the database */
	const char *sources[FRESHNESS_MAX_NAMES]; /* the first by name, from the root */
	const char *build_files[FRESHNESS_MAX_NAMES];
	bool is_cut;
};

/* Look below `root`, but for hidden directories and through no symlink. */
void freshness_look(struct arena *arena, const char *root, time_t database_time,
	const struct unit_list *units, struct freshness *out);

#endif
