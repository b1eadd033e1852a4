#include "tracer/telemetry/constant.h"

#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct search {
	uintptr_t text;
	bool is_found, is_first;
};

/* Of the program itself, which is never unloaded; 0: not known yet. */
static uintptr_t program_start, program_end;

/* RELRO is written while relocating and read-only afterwards. */
static bool is_constant(const struct dl_phdr_info *info, const ElfW(Phdr) * segment,
	uintptr_t text)
{
	uintptr_t start = info->dlpi_addr + segment->p_vaddr;

	if (segment->p_type != PT_GNU_RELRO &&
		(segment->p_type != PT_LOAD || (segment->p_flags & PF_W)))
		return false;
	return text >= start && text - start < segment->p_memsz;
}

static int visit(struct dl_phdr_info *info, size_t size, void *data)
{
	struct search *search = data;

	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
		uintptr_t start = info->dlpi_addr + segment->p_vaddr;

		if (!is_constant(info, segment, search->text))
			continue;
		search->is_found = true;
		if (!search->is_first || segment->p_type != PT_LOAD)
			continue;
		__atomic_store_n(&program_end, start + segment->p_memsz,
			__ATOMIC_RELAXED);
		__atomic_store_n(&program_start, start, __ATOMIC_RELEASE);
	}
	search->is_first = false;
	return search->is_found;
}

bool constant_holds(const char *text)
{
	struct search search = {(uintptr_t)text, false, true};
	uintptr_t start = __atomic_load_n(&program_start, __ATOMIC_ACQUIRE);

	if (start && search.text >= start &&
		search.text < __atomic_load_n(&program_end, __ATOMIC_RELAXED))
		return true;
	if (text)
		dl_iterate_phdr(visit, &search);
	return search.is_found;
}

bool constant_is_name(const char *text)
{
	static const char also[] = "_.-:/ ";
	size_t n = 0;

	if (!constant_holds(text))
		return false;
	for (; text[n]; n++) {
		char c = text[n];
		bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			       (c >= '0' && c <= '9');

		if (n == 64 || (!is_word && !strchr(also, c)))
			return false;
	}
	return n > 0;
}
