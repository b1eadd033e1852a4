#include "analyzer/clang/tables.h"

#include "analyzer/clang/records.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/syntax.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <uthash.h>

/* A field of a table, and of all objects of its type. */
struct member {
	UT_hash_handle hh;
	uint32_t node; /* of `own` */
	struct place_node own, field;
	bool is_written; /* or its address is taken */
};

struct table {
	UT_hash_handle hh;
	const void *declaration; /* clang's object */
	CXCursor variable;
	bool is_table; /* known by name to this source alone */
	bool is_const;
	uint32_t nmentions, nmembers_read; /* in expressions that are evaluated */
	struct member **members;
	size_t nmembers, members_room;
};

struct tables {
	struct arena arena;
	struct table *known;
	struct member *by_node;
};

struct tables *tables_new(void)
{
	struct tables *tables = xmalloc(sizeof(*tables));

	*tables = (struct tables){0};
	return tables;
}

void tables_free(struct tables *tables)
{
	struct table *table, *next;

	HASH_ITER(hh, tables->known, table, next)
	{
		free(table->members);
	}
	HASH_CLEAR(hh, tables->known);
	HASH_CLEAR(hh, tables->by_node);
	arena_release(&tables->arena);
	free(tables);
}

static bool is_const(CXType type)
{
	while (carrier_is_array(type))
		type = clang_getArrayElementType(clang_getCanonicalType(type));
	return clang_isConstQualifiedType(type);
}

static bool is_record(CXType type)
{
	while (carrier_is_array(type))
		type = clang_getArrayElementType(clang_getCanonicalType(type));
	return clang_getCanonicalType(type).kind == CXType_Record;
}

static bool is_own_table(struct walk *walk, CXCursor variable)
{
	enum CXLinkageKind linkage = clang_getCursorLinkage(variable);
	CXType type = clang_getCanonicalType(clang_getCursorType(variable));
	const struct record *record;

	if (linkage == CXLinkage_External ||
		(linkage == CXLinkage_NoLinkage &&
			clang_Cursor_getStorageClass(variable) != CX_SC_Static) ||
		!clang_Location_isFromMainFile(clang_getCursorLocation(variable)))
		return false;
	while (carrier_is_array(type))
		type = clang_getCanonicalType(clang_getArrayElementType(type));
	if (type.kind != CXType_Record)
		return false;
	record = records_find(walk, clang_getTypeDeclaration(type));
	return record && record->has_function;
}

static struct table *find(struct walk *walk, CXCursor variable)
{
	struct tables *tables = walk->tables;
	struct table *table;
	const void *key;

	if (clang_getCursorKind(variable) != CXCursor_VarDecl)
		return NULL;
	variable = clang_getCanonicalCursor(variable);
	key = variable.data[0];
	HASH_FIND_PTR(tables->known, &key, table);
	if (!table) {
		table = arena_alloc(&tables->arena, sizeof(*table));
		table->declaration = key;
		table->variable = variable;
		table->is_table = is_own_table(walk, variable);
		table->is_const = is_const(clang_getCursorType(variable));
		HASH_ADD_PTR(tables->known, declaration, table);
	}
	return table->is_table ? table : NULL;
}

void tables_mention(struct walk *walk, CXCursor variable)
{
	struct table *table = find(walk, variable);

	if (table)
		table->nmentions++;
}

static struct place_node add_member(struct walk *walk, struct table *table,
	struct place_node field)
{
	const struct facts_node *node = facts_node(walk->facts, field.node);
	struct place place = place_of(walk, clang_getCursorLocation(table->variable));
	scoped_cxstring variable = clang_getCursorSpelling(table->variable);
	struct facts_node member = {
		.kind = NODE_STATIC,
		.holds = node->holds,
		.a = place.file,
		.b = place.offset,
	};
	struct member *added;
	scoped_text name = {0};

	if (place.file == FACTS_NONE)
		return field;
	text_printf(&name, "%s.%s", clang_getCString(variable),
		facts_text(walk->facts, node->name));
	member.name = facts_intern(walk->facts, text_string(&name));
	table->members = grow(table->members, table->nmembers, &table->members_room,
		sizeof(struct member *));
	added = arena_alloc(&walk->tables->arena, sizeof(*added));
	added->node = facts_add_node(walk->facts, member);
	added->own = (struct place_node){added->node, field.carrier, 0};
	added->field = field;
	HASH_ADD(hh, walk->tables->by_node, node, sizeof(added->node), added);
	table->members[table->nmembers++] = added;
	return added->own;
}

void tables_write(struct walk *walk, uint32_t node)
{
	struct member *member;

	HASH_FIND(hh, walk->tables->by_node, &node, sizeof(node), member);
	if (member)
		member->is_written = true;
}

static struct place_node member_of(struct walk *walk, struct table *table,
	struct place_node field)
{
	struct place_node out;

	if (field.node == FACTS_NONE)
		return field;
	for (size_t i = 0; i < table->nmembers; i++) {
		if (table->members[i]->field.node != field.node)
			continue;
		out = table->members[i]->own;
		out.carrier = field.carrier;
		out.shift = field.shift;
		return out;
	}
	out = field;
	out.shift = 0;
	out = add_member(walk, table, out);
	out.shift = field.shift;
	return out;
}

/* The variable of `v.a[i].b`: neither `*` nor `->` on the way; or the null cursor. */
static CXCursor variable_of(const struct syntax *syntax, uint32_t node)
{
	while ((node = syntax_first(syntax, node))) {
		CXCursor cursor = syntax->nodes[node].cursor;

		switch (clang_getCursorKind(cursor)) {
		case CXCursor_DeclRefExpr:
			return clang_getCursorReferenced(cursor);
		case CXCursor_ParenExpr:
		case CXCursor_UnexposedExpr:
		case CXCursor_MemberRefExpr:
		case CXCursor_ArraySubscriptExpr:
			break;
		default:
			return clang_getNullCursor();
		}
	}
	return clang_getNullCursor();
}

/* Is one of the expressions on the way to the variable a pointer that was stored? */
static bool follows_pointer(const struct syntax *syntax, uint32_t node)
{
	while ((node = syntax_first(syntax, node))) {
		CXCursor cursor = syntax->nodes[node].cursor;
		enum CXCursorKind kind = clang_getCursorKind(cursor);
		CXType type = clang_getCanonicalType(clang_getCursorType(cursor));

		if (type.kind == CXType_Pointer && kind != CXCursor_UnexposedExpr &&
			kind != CXCursor_ParenExpr)
			return true;
	}
	return false;
}

struct place_node tables_member(struct walk *walk, uint32_t node, struct place_node field)
{
	const struct syntax *syntax = &walk->syntax;
	CXCursor variable = variable_of(syntax, node);
	struct table *table;

	if (clang_Cursor_isNull(variable))
		return field;
	table = find(walk, variable);
	if (!table || follows_pointer(syntax, node))
		return field;
	/* Of `v.a.b` the last: `v.a`, if it is a record, alone gives a part away. */
	if (!is_record(clang_getCursorType(syntax->nodes[node].cursor)))
		table->nmembers_read++;
	return member_of(walk, table, field);
}

struct place_node tables_initialised(struct walk *walk, CXCursor variable,
	struct place_node field)
{
	const struct place_node nowhere = {FACTS_NONE, CARRIER_NONE, 0};
	struct table *table = find(walk, variable);

	return table ? member_of(walk, table, field) : nowhere;
}

static void add(struct walk *walk, const struct table *table, struct place_node from,
	struct place_node to)
{
	struct place place = place_of(walk, clang_getCursorLocation(table->variable));

	facts_add_flow(walk->facts,
		(struct facts_flow){
			.from = from.node,
			.to = to.node,
			.file = place.file,
			.line = place.line,
			.owner = FACTS_NONE,
			.flags = from.carrier == CARRIER_FUNCTION ? 0 : FLOW_BOTH_WAYS,
		});
}

void tables_finish(struct walk *walk)
{
	struct table *table, *next;

	HASH_ITER(hh, walk->tables->known, table, next)
	{
		bool is_given_away =
			!table->is_const && table->nmentions != table->nmembers_read;

		for (size_t i = 0; i < table->nmembers; i++) {
			const struct member *member = table->members[i];

			if (member->is_written)
				add(walk, table, member->own, member->field);
			if (is_given_away)
				add(walk, table, member->field, member->own);
		}
	}
}
