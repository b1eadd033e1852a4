/* Objects in braces, as lists and slots. */
#include "analyzer/clang/initialiser.h"
#include "analyzer/clang/outlining.h"
#include "analyzer/clang/records.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/syntax.h"
#include "core/arena.h"

#include <stdlib.h>

enum {
	MAX_DEPTH = 32 /* of compound literals in each other */
};

/* The slots that are open, from the whole object on. */
struct listing {
	struct walk *walk;
	CXCursor list;
	size_t *open; /* field or element of each level */
	size_t nopen, room;
};

static void close_slots(struct listing *listing, size_t kept)
{
	while (listing->nopen > kept) {
		outline_close(listing->walk->outlines); /* the slot */
		outline_close(listing->walk->outlines); /* its list */
		listing->nopen--;
	}
}

static struct facts_term list_term(struct walk *walk,
	const struct initialiser_level *level)
{
	bool is_array = carrier_is_array(level->type);

	return (struct facts_term){
		.kind = TERM_LIST,
		.a = is_array,
		.name = is_array ? 0 : outline_record(walk, level->type),
	};
}

static struct facts_term slot_term(struct walk *walk,
	const struct initialiser_level *level)
{
	struct facts_term slot = {.kind = TERM_SLOT, .a = (uint32_t)level->at};

	if (level->record && level->at < level->record->nfields) {
		scoped_cxstring name =
			clang_getCursorSpelling(level->record->fields[level->at]
							.declaration);

		slot.name = outline_intern(walk, clang_getCString(name));
	}
	return slot;
}

static void open_slot(struct listing *listing, const struct initialised *found, size_t i)
{
	CXCursor at = listing->walk->syntax.nodes[found->value].cursor;

	outline_open(listing->walk, slot_term(listing->walk, &found->levels[i]), at);
	listing->open[i] = found->levels[i].at;
}

static void open_slots(struct listing *listing, const struct initialised *found)
{
	CXCursor at = listing->walk->syntax.nodes[found->value].cursor;

	while (listing->nopen < found->nlevels) {
		size_t i = listing->nopen;

		outline_open(listing->walk, list_term(listing->walk, &found->levels[i]),
			at);
		listing->open = grow(listing->open, listing->nopen, &listing->room,
			sizeof(*listing->open));
		listing->nopen++;
		open_slot(listing, found, i);
	}
}

static void add_value(void *context, const struct initialised *found)
{
	struct listing *listing = context;
	size_t same = 0;

	while (same < listing->nopen && same < found->nlevels &&
		listing->open[same] == found->levels[same].at)
		same++;
	if (same < listing->nopen && same < found->nlevels) {
		/* Another slot of a list that is open. */
		close_slots(listing, same + 1);
		outline_close(listing->walk->outlines);
		open_slot(listing, found, same);
	} else {
		close_slots(listing, same);
	}
	open_slots(listing, found);
	outline_range(listing->walk, found->value,
		listing->walk->syntax.nodes[found->value].end);
}

/* Is there anything but numbers in it? */
static bool says_something(const struct syntax *syntax, uint32_t list)
{
	for (uint32_t node = list + 1; node < syntax->nodes[list].end; node++) {
		enum CXCursorKind kind = syntax_kind(syntax, node);

		if (kind == CXCursor_StringLiteral || kind == CXCursor_DeclRefExpr)
			return true;
	}
	return false;
}

void outline_list(struct walk *walk, uint32_t list, CXType type)
{
	const struct place_node nowhere = {FACTS_NONE, CARRIER_NONE, 0};
	struct listing listing = {.walk = walk};
	struct initialiser_visitor visitor = {add_value, &listing};

	if (walk->outlines->depth == MAX_DEPTH || !says_something(&walk->syntax, list))
		return;
	walk->outlines->depth++;
	initialiser_read(walk, list, type, nowhere, &visitor);
	close_slots(&listing, 0);
	walk->outlines->depth--;
	free(listing.open);
}
