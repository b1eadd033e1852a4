/*
 * Names of sources as static.json has them: from the root, without symlinks and dots.
 * Object files hold absolute paths and no root, so one is chosen first.
 */
#ifndef PCARCH_TRACER_SOURCE_NAMES_H
#define PCARCH_TRACER_SOURCE_NAMES_H

#include "core/interner.h"
#include "core/key_table.h"
#include "core/real_path.h"

#include <stddef.h>

struct source_paths;
struct static_trace;

struct source_names {
	struct real_paths real;
	struct source_paths *paths;
	const char *root; /* absolute */
	struct key_table asked; /* files, by pointer */
	const char **shown; /* heap, parallel */
	size_t room;
};

void source_names_release(struct source_names *names);

#define scoped_names __attribute__((cleanup(source_names_release))) struct source_names

/*
 * Choose the root, where names->root is NULL (and only that is to be set before): the
 * directory in which most of `files` are what they are in `program` (may be NULL), or the
 * deepest one that holds all of `files` but those of the system.
 */
void source_names_open(struct source_names *names, struct arena *arena,
	const struct static_trace *program, const char *const *files, size_t nfiles);

/* `file`, as a compiler saw it, and its module: interned. `file` is, too; "" for NULL. */
const char *source_names_file(struct source_names *names, const char *file);
const char *source_names_module(struct source_names *names, const char *shown);

#endif
