#include "analyzer/clang/records.h"

#include "analyzer/clang/declarations.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

enum {
	MAX_DEPTH = 1000 /* of records within records: each is a call within a call */
};

/* By clang's object for the declaration. */
struct known_record {
	UT_hash_handle hh;
	const void *declaration;
	struct record record;
	uint32_t loaded;
};

struct records {
	struct arena arena;
	struct known_record *known;
	unsigned depth; /* of the record at hand, among records within records */
};

struct records *records_new(void)
{
	struct records *records = xmalloc(sizeof(*records));

	*records = (struct records){0};
	return records;
}

void records_free(struct records *records)
{
	HASH_CLEAR(hh, records->known);
	arena_release(&records->arena);
	free(records);
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
		.place = {FACTS_NONE, CARRIER_NONE, 0},
		.is_padding = !clang_getCString(name)[0] &&
			      clang_Cursor_isBitField(declaration),
	};
	return CXVisit_Continue;
}

void records_name(CXCursor declaration, struct text *out)
{
	size_t start = out->len;

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
	out->len = start;
	if (out->bytes)
		out->bytes[start] = '\0';
}

static uint32_t add_record(struct walk *walk, CXCursor declaration,
	const struct record *record)
{
	struct place place = place_of(walk, clang_getCursorLocation(declaration));
	scoped_text name = {0}, shape = {0};

	records_name(declaration, &name);
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
			.flags = (record->is_system ? RECORD_SYSTEM : 0) |
				 (record->is_private ? RECORD_PRIVATE : 0),
		});
}

static bool is_scalar(CXType type)
{
	return type.kind == CXType_Pointer || type.kind == CXType_Enum ||
	       (type.kind >= CXType_Bool && type.kind <= CXType_Int128);
}

/* An address, a name or padding: nobody keeps functions there. */
static bool is_system_text(const struct record *record, const struct field *field)
{
	return record->is_system && carrier_is_array(field->type) &&
	       carrier_of(field->type) == CARRIER_TEXT;
}

/* In a union an integer or any pointer shares the memory of the function. */
static enum carrier member_carrier(const struct record *record, const struct field *field)
{
	enum carrier carrier = carrier_of(field->type);

	if (is_system_text(record, field))
		return CARRIER_NONE;
	if (carrier == CARRIER_NONE && record->is_union && is_scalar(field->type))
		return CARRIER_RAW;
	return carrier;
}

static bool can_hold(const struct record *record, const struct field_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (carrier_of(list->items[i].type) != CARRIER_NONE &&
			!is_system_text(record, &list->items[i]))
			return true;
	return false;
}

/* What a pointer to functions points to, in words; or 0. */
static uint32_t signature_of(struct walk *walk, CXType type)
{
	CXType pointee = clang_getCanonicalType(clang_getPointeeType(type));
	scoped_text signature = {0};

	if (pointee.kind != CXType_FunctionProto &&
		pointee.kind != CXType_FunctionNoProto)
		return 0;
	declarations_signature(pointee, &signature);
	return facts_intern(walk->facts, text_string(&signature));
}

static uint32_t name_of(struct walk *walk, CXCursor field)
{
	scoped_cxstring name = clang_getCursorSpelling(field);

	return facts_intern(walk->facts, clang_getCString(name));
}

static void place_fields(struct walk *walk, CXCursor declaration, struct record *record,
	struct field_list *list)
{
	uint32_t shared = FACTS_NONE;

	if (can_hold(record, list))
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
				node.name = name_of(walk, field->declaration);
			}
			if (!record->is_union || shared == FACTS_NONE)
				shared = facts_add_node(walk->facts, node);
			field->place.node = shared;
		}
		places_remember(walk->places, field->declaration, field->place);
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
		inner = records_find(walk, clang_getTypeDeclaration(type));
		record->has_function = inner && inner->has_function;
	}
}

static void add_shared(struct walk *walk, uint32_t from, uint32_t to, struct place place)
{
	facts_add_flow(walk->facts, (struct facts_flow){
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
	return records_find(walk, clang_getTypeDeclaration(field->type));
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
			records_share(walk, first, member, place);
		else
			first = member;
	}
}

void records_share(struct walk *walk, const struct record *one,
	const struct record *other, struct place place)
{
	size_t b = 0;

	for (size_t a = 0; a < one->nfields; a++) {
		struct place_node from = one->fields[a].place, to;
		long long offset =
			clang_Cursor_getOffsetOfField(one->fields[a].declaration);

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
			from.node == to.node ||
			!clang_equalTypes(one->fields[a].type, other->fields[b].type))
			continue;
		add_shared(walk, from.node, to.node, place);
		add_shared(walk, to.node, from.node, place);
	}
}

const struct record *records_find(struct walk *walk, CXCursor declaration)
{
	struct records *records = walk->records;
	CXCursor definition = clang_getCursorDefinition(declaration);
	struct field_list list = {0};
	struct known_record *known;
	const void *key = definition.data[0];

	if (clang_Cursor_isNull(definition))
		return NULL;
	HASH_FIND_PTR(records->known, &key, known);
	if (known)
		return &known->record;
	known = arena_alloc(&records->arena, sizeof(*known));
	known->declaration = key;
	known->loaded = FACTS_NONE;
	HASH_ADD_PTR(records->known, declaration, known);
	clang_Type_visitFields(clang_getCursorType(definition), add_field, &list);
	known->record = (struct record){
		.fields = list.items,
		.nfields = list.count,
		.index = FACTS_NONE,
		.loaded = &known->loaded,
		.is_union = clang_getCursorKind(definition) == CXCursor_UnionDecl,
		.is_system = clang_Location_isInSystemHeader(
			clang_getCursorLocation(definition)),
		.is_private = clang_Location_isFromMainFile(
			clang_getCursorLocation(definition)),
	};
	place_fields(walk, definition, &known->record, &list);
	known->record.fields = (const struct field *)arena_copy(&records->arena,
		(const char *)list.items, list.count * sizeof(*list.items));
	free(list.items);
	if (records->depth == MAX_DEPTH) {
		known->record.has_function = true; /* there may be */
		return &known->record;
	}
	records->depth++;
	look_inside(walk, &known->record);
	if (known->record.is_union && known->record.has_function &&
		!known->record.is_system)
		share_members(walk, definition, &known->record);
	records->depth--;
	return &known->record;
}

const struct record *records_inner(struct walk *walk, const struct record *record,
	size_t number)
{
	struct field *field = (struct field *)(uintptr_t)&record->fields[number];
	CXCursor declaration;

	if (field->knows_inner)
		return field->inner;
	declaration = carrier_record(field->type);
	field->inner =
		clang_Cursor_isNull(declaration) ? NULL : records_find(walk, declaration);
	field->knows_inner = true;
	return field->inner;
}

void records_expose(struct walk *walk, CXType type)
{
	CXCursor declaration = carrier_record(type);
	struct record *record;

	if (clang_Cursor_isNull(declaration) ||
		!clang_Location_isFromMainFile(clang_getCursorLocation(declaration)))
		return;
	record = (struct record *)(uintptr_t)records_find(walk, declaration);
	if (!record || !record->is_private)
		return;
	record->is_private = false;
	if (record->index != FACTS_NONE)
		facts_expose_record(walk->facts, record->index);
	for (size_t i = 0; i < record->nfields; i++)
		records_expose(walk, record->fields[i].type);
}
