/* The files a unit reads: a number for each, its resolved path, and the list of them. */
#ifndef PCARCH_ANALYZER_CLANG_SOURCES_H
#define PCARCH_ANALYZER_CLANG_SOURCES_H

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stdint.h>

struct extract_output;
struct facts_builder;

/*
 * Resolves symlinks once for each name in the life of a worker, so
 * that two hundred headers do not cost two hundred system calls a unit.
 */
struct sources;

struct sources *sources_new(void);
void sources_free(struct sources *sources);

/* Start a unit: numbers begin anew. `tu` and `facts` stay the caller's until the next
 * one. */
void sources_begin(struct sources *sources, CXTranslationUnit tu,
	struct facts_builder *facts);

/* The index in the facts of `file`; FACTS_NONE for NULL (no place, or pasted by `##`). */
uint32_t sources_index(struct sources *sources, CXFile file);

/* Fill out->paths with all files that the unit read; one may stand twice. */
void sources_list(struct sources *sources, struct extract_output *out);

#endif
