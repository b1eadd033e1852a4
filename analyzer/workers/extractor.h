/*
 * The extractor: one translation unit in, facts out. It lives in a module of its own
 * (analyzer/clang, libpcarch-clang.so), so that only workers load libclang.
 */
#ifndef PCARCH_ANALYZER_WORKERS_EXTRACTOR_H
#define PCARCH_ANALYZER_WORKERS_EXTRACTOR_H

#include "core/text.h"

#include <stdbool.h>
#include <stddef.h>

struct error;

/* The caller's working directory is where the compiler ran. */
struct extract_input {
	const char *file; /* absolute */
	const char *const *arguments; /* struct scan_unit */
	size_t narguments;
	bool is_prefix; /* no unit: what several begin with, to precompile */
	const char *pch; /* path, to write for a prefix, to read for a unit; or NULL */
};

struct extract_output {
	struct text facts; /* an image: analyzer/facts/facts.h */
	struct text paths; /* of the files read, each with its NUL: absolute, resolved */
	size_t npaths; /* one path may stand twice */
	bool pch_failed; /* the unit has errors with the pch: extract it without */
};

void extract_output_release(struct extract_output *out);

/* What the module exports as `pcarch_extractor`. */
struct extractor {
	const char *(*version)(void); /* of libclang, as its distribution says it */
	const char *(*library)(void); /* its path */
	/* Parse `#include <stddef.h>`: false when libclang's own headers are missing. */
	bool (*probe)(struct error *err);
	/* Fails only when nothing could be read at all, with the reason. */
	bool (*extract)(const struct extract_input *input, struct extract_output *out,
		struct error *err);
};

/* Load the module once; NULL and `err` when it is missing or its libclang is. */
const struct extractor *extractor_load(struct error *err);

/* The path of the module, as module_path() gives it. */
bool extractor_find(struct text *path);

#endif
