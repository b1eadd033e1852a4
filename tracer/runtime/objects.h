/* The files that are mapped into this process, as far as calls lead into or out of them.
 */
#ifndef PCARCH_TRACER_RUNTIME_OBJECTS_H
#define PCARCH_TRACER_RUNTIME_OBJECTS_H

#include "tracer/runtime/elf.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Enter an instrumented object that was loaded; its index, or RECORDING_NO_OBJECT.
 * Objects that were mapped in its place are retired.
 */
unsigned objects_register(const struct elf_image *image);

/* Index of the object that holds `address`, or RECORDING_NO_OBJECT; nothing is entered.
 */
unsigned objects_find(uint64_t address);

/*
 * The same, and a file that was not known is entered, or takes the place of one that has
 * gone. Keeps every register: a first call may come from anywhere.
 */
unsigned objects_find_or_enter(uint64_t address);

/* Whether the object is the C library. */
bool object_is_libc(unsigned object);

#endif
