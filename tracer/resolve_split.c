#include "tracer/resolve_split.h"

#include <dwarf.h>
#include <string.h>

bool split_is_lost(Dwarf_Die *unit)
{
	Dwarf_Die split;
	uint8_t type;

	return dwarf_cu_info(unit->cu, NULL, &type, NULL, &split, NULL, NULL, NULL) ==
		       0 &&
	       type == DW_UT_skeleton && dwarf_tag(&split) <= 0;
}

const char *split_unit_name(Dwarf_Die *unit)
{
	const char *name = NULL;
	Dwarf_Files *files;
	size_t n = 0;

	if (dwarf_getsrcfiles(unit, &files, &n) != 0)
		return NULL;
	/* DWARF 5 counts from 0; before, nothing is there: libdw says "???". */
	for (size_t i = 0; i < 2 && i < n && (!name || strcmp(name, "???") == 0); i++)
		name = dwarf_filesrc(files, i, NULL, NULL);
	return name;
}

Dwarf_Line *split_function(Dwarf *dwarf, uint64_t address, Dwarf_Die *unit)
{
	if (!dwarf_addrdie(dwarf, address, unit) || !split_is_lost(unit))
		return NULL;
	return dwarf_getsrc_die(unit, address);
}
