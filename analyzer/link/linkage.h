/*
 * Which of several definitions of a symbol a unit means: by the binaries that it was
 * linked into, or else by which units can be in one program. What is not known for
 * certain is left in.
 */
#ifndef PCARCH_ANALYZER_LINK_LINKAGE_H
#define PCARCH_ANALYZER_LINK_LINKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct binary;
struct facts;
struct source_paths;

/* In place of a unit's number. */
enum {
	LINKAGE_NO_UNIT = UINT32_MAX, /* several, or not known which */
};

/* One definition with external linkage. */
struct candidate {
	uint32_t function; /* the caller's */
	uint32_t unit; /* that defines it */
	const char *file; /* as shown */
	unsigned line;
	bool is_weak;
};

struct linkage;

struct linkage *linkage_new(struct source_paths *paths, const struct binary *binaries,
	size_t nbinaries);
void linkage_free(struct linkage *linkage);

/* Number the unit of `facts`; of a prefix, the unit that is alone in using it. */
uint32_t linkage_add(struct linkage *linkage, const struct facts *facts);

/* The unit's number again. */
uint32_t linkage_unit(const struct linkage *linkage, const struct facts *facts);
size_t linkage_nunits(const struct linkage *linkage);
const struct facts *linkage_facts(const struct linkage *linkage, uint32_t unit);

/*
 * What is known without binaries, in this order, after all units: `unit` defines `main`;
 * it refers to what only `other` defines; `units`, which are put in order, define one
 * symbol.
 */
void linkage_add_main(struct linkage *linkage, uint32_t unit);
void linkage_add_companion(struct linkage *linkage, uint32_t unit, uint32_t other);
void linkage_add_rivals(struct linkage *linkage, uint32_t *units, size_t nunits);

/* May units belong to different programs? */
bool linkage_has_programs(const struct linkage *linkage);

/* Are the binaries known? Then a unit's own definition may give way to another file's. */
bool linkage_has_binaries(const struct linkage *linkage);

/* What is left of some candidates. */
struct narrowing {
	size_t count; /* they come first */
	bool is_settled; /* these are what was linked, weak or not */
	bool is_foreign; /* besides, or instead: a function of a source that is not here
			  */
};

/* Put those candidates first that `unit`, or anyone (LINKAGE_NO_UNIT), may mean. */
struct narrowing linkage_narrow(struct linkage *linkage, const char *symbol,
	uint32_t unit, struct candidate *candidates, size_t count);

#endif
