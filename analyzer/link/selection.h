/*
 * Which units belong to the binaries. Debug information tells; of code that was built
 * without, the symbol table does, by names: then a unit too many is taken, never one too
 * few.
 */
#ifndef PCARCH_ANALYZER_LINK_SELECTION_H
#define PCARCH_ANALYZER_LINK_SELECTION_H

#include <stdbool.h>
#include <stddef.h>

struct binary;
struct facts;

/* Is the unit of `facts` part of the binary? */
bool selection_has(const struct binary *binary, const struct facts *facts);

/*
 * Drop the units that are in none of the binaries, and the prefixes that only these use;
 * returns how many images stay. They are in the order of link_order(), and keep it.
 * Without binaries all stay.
 */
size_t selection_keep(struct facts *images, size_t nimages, const struct binary *binaries,
	size_t nbinaries);

#endif
