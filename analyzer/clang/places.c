#include "analyzer/clang/places.h"

#include "analyzer/clang/attributes.h"
#include "analyzer/clang/declarations.h"
#include "analyzer/clang/records.h"
#include "analyzer/clang/sources.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"

#include <stdlib.h>
#include <uthash.h>

/* By clang's object for the declaration. */
struct known_place {
	UT_hash_handle hh;
	const void *declaration;
	struct place_node place;
};

struct places {
	struct arena arena;
	struct known_place *places;
	uint32_t *functions; /* NODE_FUNCTION of each function */
	size_t nfunctions, functions_room;
};

struct places *places_new(void)
{
	struct places *places = xmalloc(sizeof(*places));

	*places = (struct places){0};
	return places;
}

void places_free(struct places *places)
{
	HASH_CLEAR(hh, places->places);
	arena_release(&places->arena);
	free(places->functions);
	free(places);
}

static const struct place_node nowhere = {FACTS_NONE, CARRIER_NONE, 0};

uint16_t places_holds(enum carrier carrier)
{
	switch (carrier) {
	case CARRIER_FUNCTION:
		return HOLDS_ADDRESS;
	case CARRIER_TEXT:
	case CARRIER_CELL:
		return HOLDS_MEMORY;
	default:
		return HOLDS_ADDRESS | HOLDS_MEMORY;
	}
}

static struct known_place *find_place(struct places *places, const void *declaration)
{
	struct known_place *known;

	HASH_FIND_PTR(places->places, &declaration, known);
	return known;
}

void places_remember(struct places *places, CXCursor cursor, struct place_node place)
{
	const void *declaration = cursor.data[0];
	struct known_place *known = arena_alloc(&places->arena, sizeof(*known));

	known->declaration = declaration;
	known->place = place;
	HASH_ADD_PTR(places->places, declaration, known);
}

static uint32_t intern_spelling(struct walk *walk, CXCursor cursor)
{
	scoped_cxstring name = clang_getCursorSpelling(cursor);

	return facts_intern(walk->facts, clang_getCString(name));
}

/* What the linker calls a variable: an alias is what it stands for. */
static uint32_t symbol_of(struct walk *walk, CXCursor variable)
{
	struct attributes attributes;
	CXCursor label = clang_getNullCursor();

	if (!clang_Cursor_hasAttrs(variable))
		return intern_spelling(walk, variable);
	clang_visitChildren(variable, declarations_find_label, &label);
	if (!clang_Cursor_isNull(label))
		return intern_spelling(walk, label);
	attributes_read(variable, &attributes);
	return attributes.target[0] ? facts_intern(walk->facts, attributes.target)
				    : intern_spelling(walk, variable);
}

static struct facts_node variable_node(struct walk *walk, CXCursor variable)
{
	struct facts_node node = {.name = intern_spelling(walk, variable)};
	enum CXLinkageKind linkage = clang_getCursorLinkage(variable);
	struct place place;

	if (linkage == CXLinkage_External) {
		node.kind = NODE_GLOBAL;
		node.name = symbol_of(walk, variable);
		return node;
	}
	if (linkage == CXLinkage_NoLinkage &&
		clang_Cursor_getStorageClass(variable) != CX_SC_Static) {
		node.kind = NODE_LOCAL;
		return node;
	}
	place = place_of(walk, clang_getCursorLocation(variable));
	node.kind = place.file == FACTS_NONE ? NODE_LOCAL : NODE_STATIC;
	node.a = place.file == FACTS_NONE ? 0 : place.file;
	node.b = place.offset;
	return node;
}

static struct place_node variable_place(struct walk *walk, CXCursor variable)
{
	enum carrier carrier = carrier_of(clang_getCursorType(variable));
	struct facts_node node;

	if (carrier == CARRIER_NONE)
		return nowhere;
	node = variable_node(walk, variable);
	node.holds = places_holds(carrier);
	return (struct place_node){facts_add_node(walk->facts, node), carrier, 0};
}

void places_enter(struct walk *walk, CXCursor definition, uint32_t function)
{
	int count = clang_Cursor_getNumArguments(definition);

	for (int i = 0; i < count; i++) {
		CXCursor parameter = clang_Cursor_getArgument(definition, (unsigned)i);
		struct place_node place = {
			FACTS_NONE, carrier_of(clang_getCursorType(parameter)), 0};

		if (place.carrier == CARRIER_NONE ||
			find_place(walk->places, parameter.data[0]))
			continue;
		place.node = facts_add_node(walk->facts,
			(struct facts_node){
				.kind = NODE_PARAMETER,
				.holds = places_holds(place.carrier),
				.a = function,
				.b = (uint32_t)i,
				.name = intern_spelling(walk, parameter),
			});
		places_remember(walk->places, parameter, place);
	}
}

struct place_node places_function(struct walk *walk, uint32_t function)
{
	struct places *places = walk->places;

	while (places->nfunctions <= function) {
		places->functions = grow(places->functions, places->nfunctions,
			&places->functions_room, sizeof(uint32_t));
		places->functions[places->nfunctions++] = FACTS_NONE;
	}
	if (places->functions[function] == FACTS_NONE)
		places->functions[function] =
			facts_add_node(walk->facts, (struct facts_node){
							    .kind = NODE_FUNCTION,
							    .holds = HOLDS_ADDRESS,
							    .a = function,
						    });
	return (struct place_node){places->functions[function], CARRIER_FUNCTION, 0};
}

/* Which fields a record variable has, in case that no unit defines it. */
static void note_record(struct walk *walk, CXCursor variable)
{
	CXCursor declaration = carrier_record(clang_getCursorType(variable));
	struct facts_node node = {.kind = NODE_GLOBAL};
	const struct record *record;
	struct place place;
	uint32_t index;

	if (clang_Cursor_isNull(declaration) ||
		clang_getCursorLinkage(variable) != CXLinkage_External ||
		clang_Location_isInSystemHeader(clang_getCursorLocation(variable)))
		return;
	record = records_find(walk, declaration);
	if (!record || !record->has_function)
		return;
	node.name = symbol_of(walk, variable);
	index = facts_add_node(walk->facts, node);
	place = place_of(walk, clang_getCursorLocation(variable));
	for (size_t i = 0; i < record->nfields; i++)
		if (record->fields[i].place.carrier == CARRIER_FUNCTION)
			facts_add_flow(walk->facts,
				(struct facts_flow){
					.from = record->fields[i].place.node,
					.to = index,
					.file = place.file,
					.line = place.line,
					.owner = FACTS_NONE,
					.flags = FLOW_POINTEE,
				});
}

struct place_node places_of(struct walk *walk, CXCursor declaration)
{
	enum CXCursorKind kind = clang_getCursorKind(declaration);
	struct known_place *known;
	struct place_node place = nowhere;

	if (kind == CXCursor_FieldDecl) {
		CXCursor parent = clang_getCursorSemanticParent(declaration);

		known = find_place(walk->places, declaration.data[0]);
		if (!known && records_find(walk, parent))
			known = find_place(walk->places, declaration.data[0]);
		return known ? known->place : nowhere;
	}
	if (kind != CXCursor_VarDecl && kind != CXCursor_ParmDecl)
		return nowhere;
	declaration = clang_getCanonicalCursor(declaration);
	known = find_place(walk->places, declaration.data[0]);
	if (known)
		return known->place;
	place = variable_place(walk, declaration);
	if (place.node == FACTS_NONE && kind == CXCursor_VarDecl)
		note_record(walk, declaration);
	places_remember(walk->places, declaration, place);
	return place;
}

void places_define(struct walk *walk, CXCursor variable)
{
	struct facts_node node = {.kind = NODE_GLOBAL, .a = 1};

	if (clang_getCursorLinkage(variable) != CXLinkage_External ||
		(clang_Cursor_getStorageClass(variable) == CX_SC_Extern &&
			clang_Cursor_isNull(
				clang_Cursor_getVarDeclInitializer(variable))))
		return;
	if (carrier_of(clang_getCursorType(variable)) == CARRIER_NONE &&
		clang_Cursor_isNull(carrier_record(clang_getCursorType(variable))))
		return;
	node.name = symbol_of(walk, variable);
	facts_add_node(walk->facts, node);
}
