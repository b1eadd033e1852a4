/*
 * The extractor: one translation unit in, facts out. It lives in a module of its own
 * (analyzer/clang, libpcarch-clang.so), so that only workers load libclang.
 */
#ifndef PCARCH_ANALYZER_EXTRACTOR_H
#define PCARCH_ANALYZER_EXTRACTOR_H

#include "core/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;

struct extract_input {
	const char
		*directory; /* where the compiler ran; the caller has made it the cwd */
	const char *file; /* absolute */
	const char *const *arguments; /* struct scan_unit */
	size_t narguments;
	const char
		*prefix; /* text to precompile as what units begin with; NULL: a unit */
	const char *pch; /* path: to write for a prefix, to read for a unit; NULL: none */
};

/* A file that was read, as the parser saw it. */
struct source_file {
	const char *path; /* absolute, symlinks resolved */
	uint64_t size, hash[2]; /* XXH3-128 of the content, low word first */
};

struct extract_output {
	struct text facts; /* an image: analyzer/facts.h */
	struct source_file
		*sources; /* the main file first, then in the order of reading */
	size_t nsources;
	struct text paths; /* what `sources` point into */
	bool pch_failed; /* for a unit with a pch: errors; extract it again without */
};

void extract_output_release(struct extract_output *out);

/* What the module exports as `pcarch_extractor`. */
struct extractor {
	const char *(*version)(void); /* of libclang: "19.1.7", distribution suffix
					 included */
	const char *(*library)(void); /* its path */
	/* Parse `#include <stddef.h>`: false when libclang's own headers are missing. */
	bool (*probe)(struct error *err);
	/* Fails only when nothing could be read at all, with the reason. */
	bool (*extract)(const struct extract_input *input, struct extract_output *out,
		struct error *err);
};

/* Load the module once; NULL and `err` when it is missing or its libclang is. */
const struct extractor *extractor_load(struct error *err);

#endif
