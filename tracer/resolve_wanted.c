#include "tracer/resolve_wanted.h"

#include <gelf.h>

bool wanted_is_code(const struct wanted *wanted, uint64_t address)
{
	for (size_t i = 0; i < wanted->ncode; i++)
		if (address >= wanted->code[i].low && address < wanted->code[i].high)
			return true;
	return false;
}

void wanted_read_code(struct wanted *wanted, Elf *elf)
{
	size_t n = 0;

	if (elf_getphdrnum(elf, &n) < 0)
		return;
	for (size_t i = 0; i < n && wanted->ncode < WANTED_MAX_SEGMENTS; i++) {
		GElf_Phdr header;

		if (!gelf_getphdr(elf, (int)i, &header) || header.p_type != PT_LOAD ||
			!(header.p_flags & PF_X))
			continue;
		wanted->code[wanted->ncode].low = header.p_vaddr;
		wanted->code[wanted->ncode].high = header.p_vaddr + header.p_memsz;
		wanted->ncode++;
	}
}

size_t wanted_first(const struct wanted *wanted, uint64_t low)
{
	size_t first = 0, last = wanted->count;

	while (first < last) {
		size_t middle = first + (last - first) / 2;

		if (wanted->addresses[middle] < low)
			first = middle + 1;
		else
			last = middle;
	}
	return first;
}

bool wanted_in(const struct wanted *wanted, uint64_t low, uint64_t high)
{
	size_t first = wanted_first(wanted, low);

	return first < wanted->count && wanted->addresses[first] < high;
}
