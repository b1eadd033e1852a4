/*
 * Strings in DWARF, known to end. libdw 0.188 takes it for granted that they do, which a
 * file from a stranger need not keep to.
 */
#ifndef PCARCH_ANALYZER_BINARY_DEBUG_STRINGS_H
#define PCARCH_ANALYZER_BINARY_DEBUG_STRINGS_H

#include <elfutils/libdw.h>
#include <stdbool.h>

struct error;

/* Do the tables of strings of `dwarf`, which is part of the file `path`, end with one? */
bool debug_strings_check(Dwarf *dwarf, const char *path, struct error *err);

/*
 * Attribute `name` of `die`, or of what it is made from; NULL: it has none. Points into
 * the file, whose tables have been checked.
 */
const char *debug_string(Dwarf_Die *die, unsigned name);

#endif
