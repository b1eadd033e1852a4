#include "tracer/telemetry/stack.h"

#include "tracer/telemetry/line.h"
#include "tracer/telemetry/process.h"
#include "tracer/telemetry/settings.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
	MAX_FRAMES = 50,
	MAX_OWN = 8, /* frames of this library between an error and the program */
	BUILD_ID_BYTES = 8,
};

struct place {
	uintptr_t address;
	uintptr_t base; /* what was found */
	const char *path;
	uint8_t build_id[BUILD_ID_BYTES];
	bool has_build_id, is_found;
};

/* A note segment of an object: three words, the name, the bytes; each padded to four. */
static void read_notes(struct place *place, const uint8_t *notes, size_t length)
{
	while (length >= sizeof(ElfW(Nhdr))) {
		ElfW(Nhdr) note;
		size_t name, bytes;

		memcpy(&note, notes, sizeof(note));
		name = ((size_t)note.n_namesz + 3) & ~(size_t)3;
		bytes = ((size_t)note.n_descsz + 3) & ~(size_t)3;
		if (name + bytes > length - sizeof(note))
			return;
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
			note.n_descsz >= BUILD_ID_BYTES &&
			memcmp(notes + sizeof(note), "GNU", 4) == 0) {
			memcpy(place->build_id, notes + sizeof(note) + name,
				BUILD_ID_BYTES);
			place->has_build_id = true;
			return;
		}
		notes += sizeof(note) + name + bytes;
		length -= sizeof(note) + name + bytes;
	}
}

static int visit(struct dl_phdr_info *info, size_t size, void *data)
{
	struct place *place = data;

	(void)size;
	for (size_t i = 0; i < info->dlpi_phnum && !place->is_found; i++) {
		uintptr_t start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;

		place->is_found = info->dlpi_phdr[i].p_type == PT_LOAD &&
				  place->address >= start &&
				  place->address - start < info->dlpi_phdr[i].p_memsz;
	}
	if (!place->is_found)
		return 0;
	place->base = info->dlpi_addr;
	place->path = info->dlpi_name;
	for (size_t i = 0; i < info->dlpi_phnum && !place->has_build_id; i++)
		if (info->dlpi_phdr[i].p_type == PT_NOTE)
			// NOLINTNEXTLINE(performance-no-int-to-ptr)
			read_notes(place,
				(const uint8_t *)(info->dlpi_addr +
						  info->dlpi_phdr[i].p_vaddr),
				info->dlpi_phdr[i].p_memsz);
	return 1;
}

static void write_frame(struct line *line, const struct place *place)
{
	char text[160], id[2 * BUILD_ID_BYTES + 1] = "";
	const char *name = place->path && *place->path ? strrchr(place->path, '/') : NULL;
	int length;

	name = name ? name + 1 : place->path;
	if (!name || !*name)
		name = process_settings()->program;
	for (size_t i = 0; place->has_build_id && i < BUILD_ID_BYTES; i++)
		snprintf(id + 2 * i, 3, "%02x", place->build_id[i]);
	length = snprintf(text, sizeof(text), "%.100s[%s]+0x%lx", name, id,
		(unsigned long)(place->address - place->base));
	line_comma(line);
	line_text(line, text, (size_t)length);
}

void stack_prepare(void)
{
	void *frame[1];

	backtrace(frame, 1);
}

void stack_write(struct line *line, const void *caller)
{
	void *frames[MAX_FRAMES + MAX_OWN];
	struct place own = {.address = (uintptr_t)stack_write};
	int count = backtrace(frames, MAX_FRAMES + MAX_OWN), nwritten = 0, first = 0;
	bool is_inside = true;

	while (first < count && frames[first] != caller)
		first++;
	first = first < count ? first : 0;

	dl_iterate_phdr(visit, &own);
	line_open(line, "stack", '[');
	for (int i = first; i < count && nwritten < MAX_FRAMES; i++) {
		struct place place = {.address = (uintptr_t)frames[i]};

		dl_iterate_phdr(visit, &place);
		/* Linked into the program, its own frames are told apart by `caller`
		 * alone. */
		is_inside = is_inside && place.is_found && place.base == own.base &&
			    own.path && *own.path;
		if (is_inside || !place.is_found)
			continue;
		write_frame(line, &place);
		nwritten++;
	}
	line_close(line, ']');
}
