/* Casts, which turn addresses into integers and back, and one record into another. */
#include "analyzer/clang/flowing.h"
#include "analyzer/clang/records.h"
#include "analyzer/clang/syntax.h"
#include "analyzer/facts/facts_builder.h"

enum {
	MAX_VIEW_DEPTH = 8 /* of records within records */
};

static const struct place_node nowhere = {FACTS_NONE, CARRIER_NONE, 0};

static bool is_integer(CXType type)
{
	return type.kind == CXType_Enum ||
	       (type.kind >= CXType_Bool && type.kind <= CXType_Int128);
}

static CXType type_of(struct flowing *flowing, uint32_t node)
{
	return clang_getCanonicalType(clang_getCursorType(flowing_node(flowing, node)
								  ->cursor));
}

/* SIG_IGN, MAP_FAILED and the like are no functions. */
static bool is_constant(CXCursor expression)
{
	CXEvalResult result = clang_Cursor_Evaluate(expression);
	bool is_known = result && clang_EvalResult_getKind(result) == CXEval_Int;

	if (result)
		clang_EvalResult_dispose(result);
	return is_known;
}

/* An integer becomes an address: one of those that were made integers, or unknown. */
static struct place_node from_integer(struct flowing *flowing, uint32_t at,
	enum carrier carrier)
{
	struct place_node value = flowing_temporary(flowing, carrier);

	if (carrier == CARRIER_FUNCTION || carrier == CARRIER_CELL)
		flowing_add(flowing,
			flowing_plain(flowing, NODE_INTEGER, CARRIER_INTEGER), value, at);
	flowing_add(flowing, flowing_plain(flowing, NODE_BYTES, CARRIER_INTEGER), value,
		at);
	return value;
}

/* Of which the type is an address: a pointer's, or that of an array or its first row. */
static const struct record *record_of(struct flowing *flowing, CXType type)
{
	CXType inner = type;

	if (type.kind == CXType_Pointer)
		inner = clang_getCanonicalType(clang_getPointeeType(type));
	else if (!carrier_is_array(type))
		return NULL;
	while (carrier_is_array(inner))
		inner = clang_getCanonicalType(clang_getArrayElementType(inner));
	if (inner.kind != CXType_Record)
		return NULL;
	return records_find(flowing->walk, clang_getTypeDeclaration(inner));
}

static void cast_records(struct flowing *flowing, CXType from_type, CXType to_type,
	uint32_t at)
{
	const struct record *from = record_of(flowing, from_type);
	const struct record *to = record_of(flowing, to_type);

	if (from && to && from != to && from->has_function && to->has_function)
		records_share(flowing->walk, from, to,
			place_of(flowing->walk,
				clang_getCursorLocation(flowing_node(flowing, at)
								->cursor)));
}

/* A pointer to a record, seen as a pointer to what is in it. */
struct view {
	struct flowing *flowing;
	struct place_node pointer;
	uint32_t at;
	bool is_written; /* it is enough to follow what is stored */
};

static void view_field(struct view *view, const struct field *field)
{
	struct place_node place = field->place;

	if (place.carrier == CARRIER_TEXT)
		return;
	if (!carrier_is_array(field->type))
		place.shift++;
	if (!view->is_written)
		flowing_add_flags(view->flowing, place, view->pointer, view->at,
			FLOW_BOTH_WAYS);
	else if (place.carrier == CARRIER_FUNCTION)
		flowing_add_flags(view->flowing, view->pointer, place, view->at,
			FLOW_VIEW);
}

static void view_fields(struct view *view, const struct record *record, unsigned depth)
{
	for (size_t i = 0; i < record->nfields; i++) {
		const struct field *field = &record->fields[i];
		const struct record *inner = NULL;

		if (field->type.kind == CXType_Record && depth < MAX_VIEW_DEPTH)
			inner = records_find(view->flowing->walk,
				clang_getTypeDeclaration(field->type));
		if (inner)
			view_fields(view, inner, depth + 1);
		else
			view_field(view, field);
	}
}

/* `(fn_t *)&object`: what is behind the pointer are the object's fields. */
static struct place_node from_record(struct flowing *flowing, const struct record *record,
	uint32_t at, enum carrier carrier)
{
	struct view view = {flowing, flowing_temporary(flowing, carrier), at, false};

	view_fields(&view, record, 0);
	return view.pointer;
}

/*
 * A record's address as a `void *`: whoever gets it may store functions through it. What
 * is read through it is expected to be read as the record.
 */
static struct place_node view_record(struct flowing *flowing, const struct record *record,
	uint32_t at, enum carrier carrier)
{
	struct view view = {flowing, flowing_temporary(flowing, carrier), at, true};

	view_fields(&view, record, 0);
	return view.pointer;
}

static struct place_node cast_record(struct flowing *flowing, const struct record *record,
	uint32_t at, enum carrier to)
{
	if (!record || !record->has_function)
		return nowhere;
	if (to == CARRIER_CELL)
		return from_record(flowing, record, at, to);
	if (to == CARRIER_RAW || to == CARRIER_TEXT)
		return view_record(flowing, record, at, to);
	return nowhere;
}

struct place_node flowing_displaced(struct flowing *flowing, struct place_node value,
	uint32_t at)
{
	struct place_node displaced = flowing_temporary(flowing, value.carrier);

	flowing_add(flowing, value, displaced, at);
	flowing_add(flowing, flowing_plain(flowing, NODE_INTEGER, CARRIER_INTEGER),
		displaced, at);
	return displaced;
}

struct place_node flowing_convert(struct flowing *flowing, uint32_t node, enum carrier to)
{
	struct place_node value = flowing_node(flowing, node)->value;
	const struct record *record;

	if (value.node != FACTS_NONE || (to != CARRIER_RAW && to != CARRIER_TEXT))
		return value;
	node = syntax_bare(&flowing->walk->syntax, node);
	record = record_of(flowing, type_of(flowing, node));
	return record && record->has_function ? view_record(flowing, record, node, to)
					      : value;
}

bool flowing_is_convertible(struct flowing *flowing, uint32_t node)
{
	const struct record *record = record_of(flowing, type_of(flowing, node));

	return record && record->has_function;
}

/* GNU's cast to a union: what is cast is a member. */
static void cast_to_union(struct flowing *flowing, struct place_node value, CXType type,
	uint32_t at)
{
	const struct record *record;

	if (type.kind != CXType_Record)
		return;
	record = records_find(flowing->walk, clang_getTypeDeclaration(type));
	for (size_t i = 0; record && record->is_union && i < record->nfields; i++)
		flowing_add(flowing, value, record->fields[i].place, at);
}

struct place_node flowing_cast(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	uint32_t operand = syntax_last(syntax, node);
	CXType to_type = type_of(flowing, node), from_type;
	enum carrier to = carrier_of(to_type);
	struct place_node value;

	if (!operand)
		return nowhere;
	value = syntax->nodes[operand].value;
	cast_to_union(flowing, value, to_type, node);
	if (value.node != FACTS_NONE && value.carrier == CARRIER_TEXT &&
		to == CARRIER_FUNCTION)
		return from_integer(flowing, node, to);
	if (value.node != FACTS_NONE && value.carrier == CARRIER_FUNCTION &&
		to == CARRIER_TEXT)
		return value;
	if (to == CARRIER_NONE)
		flowing_load(flowing, value, to_type, node);
	if (value.node != FACTS_NONE) {
		value.carrier = to != CARRIER_NONE    ? to
				: is_integer(to_type) ? CARRIER_INTEGER
						      : value.carrier;
		return value;
	}
	operand = syntax_bare(syntax, operand);
	from_type = type_of(flowing, operand);
	if (to == CARRIER_NONE) {
		cast_records(flowing, from_type, to_type, node);
		return nowhere;
	}
	if (is_integer(from_type) && !is_constant(syntax->nodes[operand].cursor))
		return from_integer(flowing, node, to);
	return cast_record(flowing, record_of(flowing, from_type), node, to);
}
