/* How the units of a database and the binaries that are made of them fit together. */
#ifndef PCARCH_ANALYZER_BINARY_LINKED_UNITS_H
#define PCARCH_ANALYZER_BINARY_LINKED_UNITS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct binary;
struct error;

/* What one binary and the sources say of each other. */
struct binary_fit {
	const char *missing; /* a C unit of it that is no source here; NULL: none */
	size_t nmissing;
	const char
		*newer; /* a source of it that changed after it was built; NULL: none */
	size_t nnewer;
};

struct binary_list {
	const struct binary *items;
	size_t count;
};

/* Absolute and real paths. */
struct source_list {
	const char *const *paths;
	size_t count;
};

struct linked_units {
	bool *may_be_linked; /* each source: what it defines may have to tell */
	struct binary_fit *fits; /* of each binary */
};

/*
 * Find which sources may be units of one of the binaries; everything in `arena`. Fails
 * where debug information has none of them in a binary.
 */
bool linked_units_find(struct arena *arena, struct binary_list binaries,
	struct source_list sources, struct linked_units *out, struct error *err);

#endif
