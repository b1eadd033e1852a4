#include "analyzer/clang/initialiser.h"

#include "analyzer/clang/records.h"
#include "analyzer/clang/syntax.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts.h"
#include "core/arena.h"

#include <stdint.h>
#include <stdlib.h>

/* One brace-enclosed list: its levels begin at `base`. */
struct braces {
	uint32_t list, child; /* syntax nodes; `child` 0: done */
	size_t base;
	uint32_t row; /* its number in the unit */
};

struct filling {
	struct walk *walk;
	const struct initialiser_visitor *visitor;
	struct initialiser_level *levels;
	size_t nlevels, levels_room;
	struct braces *braces;
	size_t nbraces, braces_room;
};

/* What is to be initialised next. */
struct slot {
	CXType type; /* canonical */
	struct place_node place;
};

static bool is_aggregate(CXType type)
{
	return carrier_is_array(type) || type.kind == CXType_Record;
}

static void push_level(struct filling *filling, struct slot slot)
{
	struct initialiser_level level = {.type = slot.type, .place = slot.place};

	if (slot.type.kind == CXType_Record) {
		level.record =
			records_find(filling->walk, clang_getTypeDeclaration(slot.type));
		level.limit = level.record ? level.record->nfields : 0;
	} else if (carrier_is_array(slot.type)) {
		long long size = clang_getArraySize(slot.type);

		level.limit = size < 0 ? SIZE_MAX : (size_t)size;
	}
	filling->levels = grow(filling->levels, filling->nlevels, &filling->levels_room,
		sizeof(level));
	filling->levels[filling->nlevels++] = level;
}

static struct slot slot_of_field(const struct field *field)
{
	return (struct slot){field->type, field->place};
}

static struct slot slot_of_element(const struct initialiser_level *level)
{
	CXType element = clang_getArrayElementType(level->type);
	struct place_node place = level->place;

	place.carrier = carrier_of(element);
	if (!carrier_is_array(element)) /* rows of an array are the array itself */
		place.shift--;
	return (struct slot){clang_getCanonicalType(element), place};
}

static void skip_padding(struct initialiser_level *level)
{
	while (level->record && level->next < level->limit &&
		level->record->fields[level->next].is_padding)
		level->next++;
}

/* Has the innermost object room for one more value? */
static bool has_room(struct initialiser_level *level)
{
	skip_padding(level);
	return level->next < level->limit;
}

/*
 * Take the next slot of the innermost object, leaving those that are full; false when a
 * list has more values than there are slots.
 */
static bool take_slot(struct filling *filling, size_t base, struct slot *out)
{
	struct initialiser_level *level;

	while (filling->nlevels > base + 1 &&
		!has_room(&filling->levels[filling->nlevels - 1]))
		filling->nlevels--;
	level = &filling->levels[filling->nlevels - 1];
	if (!has_room(level))
		return false;
	*out = level->record ? slot_of_field(&level->record->fields[level->next])
			     : slot_of_element(level);
	level->at = level->next;
	level->next =
		level->record && level->record->is_union ? level->limit : level->at + 1;
	return true;
}

/* The slot of member `declaration` in the innermost object. */
static bool take_field(struct filling *filling, CXCursor declaration, struct slot *out)
{
	struct initialiser_level *level = &filling->levels[filling->nlevels - 1];

	for (size_t i = 0; level->record && i < level->record->nfields; i++) {
		const struct field *field = &level->record->fields[i];

		if (!clang_equalCursors(field->declaration, declaration))
			continue;
		*out = slot_of_field(field);
		level->at = i;
		level->next = level->record->is_union ? level->limit : i + 1;
		return true;
	}
	return false;
}

/* The slot at the index that the expression `node` gives; its value matters little. */
static bool take_element(struct filling *filling, uint32_t node, struct slot *out)
{
	struct initialiser_level *level = &filling->levels[filling->nlevels - 1];
	CXEvalResult index;

	if (!carrier_is_array(level->type))
		return false;
	index = clang_Cursor_Evaluate(filling->walk->syntax.nodes[node].cursor);
	if (index) {
		long long value = clang_EvalResult_getAsLongLong(index);

		level->at = value < 0 ? 0 : (size_t)value;
		level->next = level->at + 1;
		clang_EvalResult_dispose(index);
	}
	*out = slot_of_element(level);
	return true;
}

/*
 * A designated value shows its designators as children before it: members by reference,
 * array indexes as expressions. Returns the value, and its slot; or 0.
 */
static uint32_t follow_designators(struct filling *filling, uint32_t node, size_t base,
	struct slot *out)
{
	const struct syntax *syntax = &filling->walk->syntax;
	uint32_t value = syntax_last(syntax, node), child = syntax_first(syntax, node);
	bool is_first = true;

	filling->nlevels = base + 1;
	for (; child && child != value; child = syntax_next(syntax, node, child)) {
		CXCursor cursor = syntax->nodes[child].cursor;
		bool is_member = clang_getCursorKind(cursor) == CXCursor_MemberRef;

		if (!is_first && is_aggregate(out->type) &&
			(is_member || carrier_is_array(out->type)))
			push_level(filling, *out);
		is_first = false;
		if (is_member ? !take_field(filling, clang_getCursorReferenced(cursor),
					out)
			      : !take_element(filling, child, out))
			return 0;
	}
	return value;
}

static bool is_designated(const struct syntax *syntax, uint32_t node,
	const struct initialiser_level *level)
{
	uint32_t first = syntax_first(syntax, node);

	if (syntax_kind(syntax, node) != CXCursor_UnexposedExpr || !first ||
		!syntax_next(syntax, node, first))
		return false;
	return syntax_kind(syntax, first) == CXCursor_MemberRef ||
	       carrier_is_array(level->type);
}

/* Does an expression fill an aggregate by itself: a struct, a string? */
static bool fills(const struct syntax *syntax, uint32_t node, CXType type)
{
	CXType own;

	if (carrier_is_array(type))
		return syntax_kind(syntax, syntax_bare(syntax, node)) ==
			       CXCursor_StringLiteral &&
		       !is_aggregate(
			       clang_getCanonicalType(clang_getArrayElementType(type)));
	own = clang_getCursorType(syntax->nodes[node].cursor);
	return clang_getCanonicalType(own).kind == CXType_Record;
}

/* Descend to the first scalar that an expression without braces can be for. */
static bool elide_braces(struct filling *filling, uint32_t node, struct slot *slot)
{
	const struct syntax *syntax = &filling->walk->syntax;

	while (is_aggregate(slot->type) && !fills(syntax, node, slot->type)) {
		push_level(filling, *slot);
		if (!take_slot(filling, filling->nlevels - 1, slot))
			return false;
	}
	return true;
}

static void open_braces(struct filling *filling, uint32_t list, struct slot slot)
{
	struct braces braces = {.list = list,
		.child = syntax_first(&filling->walk->syntax, list),
		.base = filling->nlevels,
		.row = ++filling->walk->nrows};

	push_level(filling, slot);
	filling->braces = grow(filling->braces, filling->nbraces, &filling->braces_room,
		sizeof(braces));
	filling->braces[filling->nbraces++] = braces;
}

static void fill_one(struct filling *filling, uint32_t node, size_t base, uint32_t row)
{
	const struct syntax *syntax = &filling->walk->syntax;
	struct slot slot = {.place = {FACTS_NONE, CARRIER_NONE, 0}};
	uint32_t value = node;

	if (is_designated(syntax, node, &filling->levels[base]))
		value = follow_designators(filling, node, base, &slot);
	else if (!take_slot(filling, base, &slot)) {
		/* `{ f }` for a scalar: the object itself. */
		slot.type = filling->levels[base].type;
		slot.place = filling->levels[base].place;
	}
	if (!value)
		return;
	if (syntax_kind(syntax, value) == CXCursor_InitListExpr)
		open_braces(filling, value, slot);
	else if (elide_braces(filling, value, &slot))
		filling->visitor->found(filling->visitor->context,
			&(struct initialised){
				.value = value,
				.to = slot.place,
				.row = row,
				.levels = filling->levels,
				.nlevels = filling->nlevels,
			});
}

void initialiser_read(struct walk *walk, uint32_t list, CXType type,
	struct place_node whole, const struct initialiser_visitor *visitor)
{
	struct filling filling = {.walk = walk, .visitor = visitor};

	open_braces(&filling, list, (struct slot){clang_getCanonicalType(type), whole});
	while (filling.nbraces) {
		struct braces *braces = &filling.braces[filling.nbraces - 1];
		uint32_t node = braces->child;

		if (!node) {
			filling.nlevels = braces->base;
			filling.nbraces--;
			continue;
		}
		braces->child = syntax_next(&walk->syntax, braces->list, node);
		fill_one(&filling, node, braces->base, braces->row);
	}
	free(filling.levels);
	free(filling.braces);
}
