/* What the passes over one unit share. */
#ifndef PCARCH_ANALYZER_CLANG_WALK_H
#define PCARCH_ANALYZER_CLANG_WALK_H

#include "analyzer/clang/syntax.h"

#include <clang-c/Index.h>

struct declarations;
struct facts_builder;
struct outlines;
struct place;
struct records;
struct sources;

struct walk {
	struct facts_builder *facts;
	struct sources *sources;
	struct declarations *declarations;
	struct places *places;
	struct tables *tables;
	struct records *records;
	struct outlines *outlines;
	struct syntax syntax; /* of the function at hand */
	CXCursor *pending; /* inline functions of system headers that are used */
	size_t npending, pending_room;
	uint32_t nrows; /* initialisers in braces, so far */
	struct place *errors; /* of diagnostics: functions around them are partial */
	size_t nerrors;
	bool has_nested_function; /* among them */
};

/* A point in a file, for comparing. */
struct place {
	uint32_t file; /* index in the facts */
	unsigned line, column, offset;
};

struct place place_of(struct walk *walk, CXSourceLocation location);

#endif
