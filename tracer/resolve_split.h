/*
 * Split debug information that is not there: .dwo files that were removed, or packed into
 * one .dwp, which libdw reads from 0.191 on only. The program itself still has the lines.
 */
#ifndef PCARCH_TRACER_RESOLVE_SPLIT_H
#define PCARCH_TRACER_RESOLVE_SPLIT_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stdint.h>

/* The split unit is missing whose skeleton `unit` is. */
bool split_is_lost(Dwarf_Die *unit);

/* The source file that the unit is compiled from, as far as its lines tell; or NULL. */
const char *split_unit_name(Dwarf_Die *unit);

/* The row of the function that begins at `address` in such a unit; NULL: it does not. */
Dwarf_Line *split_function(Dwarf *dwarf, uint64_t address, Dwarf_Die *unit);

#endif
