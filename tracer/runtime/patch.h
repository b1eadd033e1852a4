/* Patchable function entries: no-ops that become calls. */
#ifndef PCARCH_TRACER_RUNTIME_PATCH_H
#define PCARCH_TRACER_RUNTIME_PATCH_H

#include "tracer/runtime/elf.h"
#include "tracer/runtime/stub.h"

#include <stddef.h>
#include <stdint.h>

struct choice;

/*
 * Make entries of the object call `to`, which is in it: those of `choices` that are
 * traced. And tell its stub how far pcarch_lane is from the thread pointer. Its text can
 * be written for so long as this runs, and then not be executed. Returns how many entries
 * are not patched though they should be.
 */
uint64_t patch_entries(const struct elf_image *image, const struct pcarch_stub *stub,
	const void *to, const struct choice *choices, size_t nchoices);

/* What a patched entry pushes: the address behind its call. */
uint64_t patch_return(uint64_t entry);

#endif
