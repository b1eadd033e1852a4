/* Where in a JSON text a value stands: for messages about files that people write. */
#ifndef PCARCH_CORE_JSON_PLACE_H
#define PCARCH_CORE_JSON_PLACE_H

#include "core/error.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The byte at which the value that the JSON pointer names stands: a member begins with
 * its key. The text must have been read as JSON. What is not there gives the byte of the
 * innermost value on the way to it.
 */
uint64_t json_place_find(const char *bytes, size_t size, const char *pointer);

/* Line and column of a byte. */
struct location json_place_of(const char *file, const char *bytes, uint64_t offset);

#endif
