#include "analyzer/clang/walk.h"

#include "analyzer/clang/sources.h"

struct place place_of(struct walk *walk, CXSourceLocation location)
{
	struct place place;
	CXFile file;

	clang_getExpansionLocation(location, &file, &place.line, &place.column,
		&place.offset);
	place.file = sources_index(walk->sources, file);
	return place;
}
