#include "analyzer/binary/debug_strings.h"

#include "core/error.h"

#include <dwarf.h>
#include <gelf.h>
#include <string.h>

static const char *section_name(Elf *elf, Elf_Scn *scn)
{
	const char *name = NULL;
	size_t names = 0;
	GElf_Shdr section;

	if (elf_getshdrstrndx(elf, &names) == 0 && gelf_getshdr(scn, &section) &&
		section.sh_type != SHT_NOBITS)
		name = elf_strptr(elf, names, section.sh_name);
	return name ? name : "";
}

/* ".debug_str", ".zdebug_line_str", ".debug_str.dwo", … */
static bool is_string_table(const char *name)
{
	size_t len;

	name += name[0] == '.';
	name += name[0] == 'z';
	len = strcspn(name, ".");
	return (len == strlen("debug_str") && strncmp(name, "debug_str", len) == 0) ||
	       (len == strlen("debug_line_str") &&
		       strncmp(name, "debug_line_str", len) == 0);
}

bool debug_strings_check(Dwarf *dwarf, const char *path, struct error *err)
{
	Elf *elf = dwarf_getelf(dwarf);
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(elf, scn))) {
		const Elf_Data *data = NULL;
		const char *bytes;

		if (is_string_table(section_name(elf, scn)))
			data = elf_getdata(scn, NULL);
		bytes = data ? data->d_buf : NULL;
		if (bytes && data->d_size && bytes[data->d_size - 1] != '\0')
			return error_set(err, (struct location){.file = path},
				"its debug information is damaged: a string never ends");
	}
	return true;
}

/* Does a string that stands among the entries end before they do? */
static bool is_terminated(const Dwarf_Attribute *attribute)
{
	Elf *elf = dwarf_getelf(dwarf_cu_getdwarf(attribute->cu));
	Elf_Scn *scn = NULL;

	while ((scn = elf_nextscn(elf, scn))) {
		const Elf_Data *data = NULL;
		const unsigned char *start;

		if (strstr(section_name(elf, scn), "debug_"))
			data = elf_getdata(scn, NULL);
		start = data ? data->d_buf : NULL;
		if (start && attribute->valp >= start &&
			attribute->valp < start + data->d_size)
			return memchr(attribute->valp, '\0',
				       (size_t)(start + data->d_size -
						attribute->valp)) != NULL;
	}
	return false;
}

const char *debug_string(Dwarf_Die *die, unsigned name)
{
	Dwarf_Attribute attribute;

	if (!dwarf_attr_integrate(die, name, &attribute) ||
		(dwarf_whatform(&attribute) == DW_FORM_string &&
			!is_terminated(&attribute)))
		return NULL;
	return dwarf_formstring(&attribute);
}
