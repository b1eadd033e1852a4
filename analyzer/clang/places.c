#include "analyzer/clang/places.h"

#include "analyzer/clang/attributes.h"
#include "analyzer/clang/declarations.h"
#include "analyzer/clang/sources.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* By clang's object for the declaration. */
struct known_place {
	UT_hash_handle hh;
	const void *declaration;
	struct place_node place;
};

struct known_record {
	UT_hash_handle hh;
	const void *declaration;
	struct record record;
};

struct places {
	struct arena arena;
	struct known_place *places;
	struct known_record *records;
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
	HASH_CLEAR(hh, places->records);
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

static void remember(struct places *places, const void *declaration,
	struct place_node place)
{
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
		remember(walk->places, parameter.data[0], place);
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
		places->functions[function] = facts_add_node(walk->facts,
			(struct facts_node){
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
	record = places_record(walk, declaration);
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
		if (!known && places_record(walk, parent))
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
	remember(walk->places, declaration.data[0], place);
	return place;
}

struct field_list {
	struct field *items;
	size_t count, room;
};

static enum CXVisitorResult add_field(CXCursor declaration, CXClientData data)
{
	struct field_list *list = data;
	scoped_cxstring name = clang_getCursorSpelling(declaration);

	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count++] = (struct field){
		.declaration = declaration,
		.type = clang_getCanonicalType(clang_getCursorType(declaration)),
		.place = nowhere,
		.is_padding = !clang_getCString(name)[0] &&
			      clang_Cursor_isBitField(declaration),
	};
	return CXVisit_Continue;
}

/*
 * Its tag or typedef. One that clang calls "struct (unnamed at …)" is known by the record
 * around it, with a dot for each level; "" where there is none.
 */
static void add_record_name(struct text *out, CXCursor declaration)
{
	while (clang_isDeclaration(clang_getCursorKind(declaration))) {
		scoped_cxstring name =
			clang_getTypeSpelling(clang_getCursorType(declaration));
		const char *string = clang_getCString(name);

		if (!strchr(string, '(')) {
			if (text_has_prefix(string, "struct ") ||
				text_has_prefix(string, "union "))
				string = strchr(string, ' ') + 1;
			text_add(out, string);
			return;
		}
		text_add_char(out, '.');
		declaration = clang_getCursorSemanticParent(declaration);
	}
	text_clear(out);
}

static uint32_t add_record(struct walk *walk, CXCursor declaration,
	const struct record *record)
{
	struct place place = place_of(walk, clang_getCursorLocation(declaration));
	scoped_text name = {0}, shape = {0};

	add_record_name(&name, declaration);
	for (size_t i = 0; i < record->nfields; i++) {
		scoped_cxstring field =
			clang_getCursorSpelling(record->fields[i].declaration);
		const char *string = clang_getCString(field);

		/* clang's "union ops::(anonymous at …)" holds a path */
		text_printf(&shape, "%s%s", i ? "," : "",
			strchr(string, '(') ? "" : string);
	}
	return facts_add_record(walk->facts,
		(struct facts_record){
			.file = place.file,
			.offset = place.offset,
			.name = facts_intern(walk->facts, text_string(&name)),
			.shape = facts_intern(walk->facts, text_string(&shape)),
			.flags = record->is_system ? RECORD_SYSTEM : 0,
		});
}

static bool is_scalar(CXType type)
{
	return type.kind == CXType_Pointer || type.kind == CXType_Enum ||
	       (type.kind >= CXType_Bool && type.kind <= CXType_Int128);
}

/* In a union an integer or any pointer shares the memory of the function. */
static enum carrier member_carrier(const struct record *record, const struct field *field)
{
	enum carrier carrier = carrier_of(field->type);

	if (carrier == CARRIER_NONE && record->is_union && is_scalar(field->type))
		return CARRIER_RAW;
	return carrier;
}

static bool can_hold(const struct field_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (carrier_of(list->items[i].type) != CARRIER_NONE)
			return true;
	return false;
}

/* What a pointer to functions points to, in words; or 0. */
static uint32_t signature_of(struct walk *walk, CXType type)
{
	CXType pointee = clang_getCanonicalType(clang_getPointeeType(type));
	scoped_text signature = {0};

	if (pointee.kind != CXType_FunctionProto && pointee.kind != CXType_FunctionNoProto)
		return 0;
	declarations_signature(pointee, &signature);
	return facts_intern(walk->facts, text_string(&signature));
}

static void place_fields(struct walk *walk, CXCursor declaration, struct record *record,
	struct field_list *list)
{
	uint32_t shared = FACTS_NONE;

	if (can_hold(list))
		record->index = add_record(walk, declaration, record);
	for (size_t i = 0; i < list->count; i++) {
		struct field *field = &list->items[i];
		struct facts_node node = {.kind = NODE_FIELD, .a = record->index};

		field->place.carrier = record->index == FACTS_NONE
					       ? CARRIER_NONE
					       : member_carrier(record, field);
		if (field->place.carrier == CARRIER_FUNCTION ||
			field->place.carrier == CARRIER_CELL)
			record->has_function = true;
		if (field->place.carrier != CARRIER_NONE) {
			if (record->is_union) {
				node.kind = NODE_UNION;
			} else {
				node.holds = places_holds(field->place.carrier);
				node.b = signature_of(walk, field->type);
				node.name = intern_spelling(walk, field->declaration);
			}
			if (!record->is_union || shared == FACTS_NONE)
				shared = facts_add_node(walk->facts, node);
			field->place.node = shared;
		}
		remember(walk->places, field->declaration.data[0], field->place);
	}
}

/* Do its fields, as deep as they are by value, include a pointer to a function? */
static void look_inside(struct walk *walk, struct record *record)
{
	for (size_t i = 0; i < record->nfields && !record->has_function; i++) {
		CXType type = record->fields[i].type;
		const struct record *inner;

		while (type.kind == CXType_ConstantArray)
			type = clang_getCanonicalType(clang_getArrayElementType(type));
		if (type.kind != CXType_Record)
			continue;
		inner = places_record(walk, clang_getTypeDeclaration(type));
		record->has_function = inner && inner->has_function;
	}
}

static void add_shared(struct walk *walk, uint32_t from, uint32_t to, struct place place)
{
	facts_add_flow(walk->facts,
		(struct facts_flow){
			.from = from,
			.to = to,
			.file = place.file,
			.line = place.line,
			.owner = FACTS_NONE,
		});
}

static const struct record *record_of_field(struct walk *walk, const struct field *field)
{
	if (field->type.kind != CXType_Record)
		return NULL;
	return places_record(walk, clang_getTypeDeclaration(field->type));
}

/* The structs in a union share their memory: what stands at one offset is one thing. */
static void share_members(struct walk *walk, CXCursor definition,
	const struct record *record)
{
	const struct record *first = NULL;
	struct place place = place_of(walk, clang_getCursorLocation(definition));

	for (size_t i = 0; i < record->nfields; i++) {
		const struct record *member = record_of_field(walk, &record->fields[i]);

		if (!member || !member->has_function)
			continue;
		if (first)
			places_share(walk, first, member, place);
		else
			first = member;
	}
}

void places_share(struct walk *walk, const struct record *one, const struct record *other,
	struct place place)
{
	size_t b = 0;

	for (size_t a = 0; a < one->nfields; a++) {
		struct place_node from = one->fields[a].place, to;
		long long offset = clang_Cursor_getOffsetOfField(
			one->fields[a].declaration);

		while (b < other->nfields &&
			clang_Cursor_getOffsetOfField(other->fields[b].declaration) <
				offset)
			b++;
		if (b == other->nfields)
			return;
		to = other->fields[b].place;
		if (clang_Cursor_getOffsetOfField(other->fields[b].declaration) !=
				offset ||
			from.node == FACTS_NONE || to.node == FACTS_NONE ||
			from.node == to.node)
			continue;
		add_shared(walk, from.node, to.node, place);
		add_shared(walk, to.node, from.node, place);
	}
}

const struct record *places_record(struct walk *walk, CXCursor declaration)
{
	struct places *places = walk->places;
	CXCursor definition = clang_getCursorDefinition(declaration);
	struct field_list list = {0};
	struct known_record *known;
	const void *key = definition.data[0];

	if (clang_Cursor_isNull(definition))
		return NULL;
	HASH_FIND_PTR(places->records, &key, known);
	if (known)
		return &known->record;
	known = arena_alloc(&places->arena, sizeof(*known));
	known->declaration = key;
	HASH_ADD_PTR(places->records, declaration, known);
	clang_Type_visitFields(clang_getCursorType(definition), add_field, &list);
	known->record = (struct record){
		.fields = list.items,
		.nfields = list.count,
		.index = FACTS_NONE,
		.is_union = clang_getCursorKind(definition) == CXCursor_UnionDecl,
		.is_system = clang_Location_isInSystemHeader(
			clang_getCursorLocation(definition)),
	};
	place_fields(walk, definition, &known->record, &list);
	known->record.fields = (const struct field *)arena_copy(&places->arena,
		(const char *)list.items, list.count * sizeof(*list.items));
	free(list.items);
	look_inside(walk, &known->record);
	if (known->record.is_union && known->record.has_function &&
		!known->record.is_system)
		share_members(walk, definition, &known->record);
	return &known->record;
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
