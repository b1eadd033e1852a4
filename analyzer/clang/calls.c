#include "analyzer/clang/calls.h"

#include "analyzer/clang/attributes.h"
#include "analyzer/clang/callee.h"
#include "analyzer/clang/declarations.h"
#include "analyzer/clang/sources.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/compare.h"

#include <stdlib.h>
#include <string.h>

/* A site of the function at hand, before it is put in order. */
struct found {
	struct facts_site site;
	const void
		*expression; /* clang's object: `f() ?: x` shows one call three times */
	uint32_t number; /* as found */
	uint32_t node; /* in the syntax */
};

/* A call that the syntax shows twice. */
struct repeat {
	uint32_t node, kept; /* in the syntax */
};

struct reading {
	struct walk *walk;
	uint32_t function;
	struct found *found;
	size_t nfound, room;
	struct repeat *repeats;
	size_t nrepeats, repeats_room;
};

/* Where inside a macro the token stands, unless that is the same place or pasted by `##`.
 */
static void set_spelling(struct walk *walk, CXSourceLocation location,
	struct facts_site *site)
{
	struct place place;
	CXFile file;

	clang_getSpellingLocation(location, &file, &place.line, &place.column,
		&place.offset);
	place.file = sources_index(walk->sources, file);
	site->spelling_file = FACTS_NONE;
	if (place.file == site->file && place.line == site->line &&
		place.column == site->column)
		return;
	site->flags |= FACTS_SITE_IN_MACRO;
	if (place.file == FACTS_NONE)
		return;
	site->spelling_file = place.file;
	site->spelling_line = place.line;
	site->spelling_column = place.column;
}

static void add_found(struct reading *reading, struct facts_site site,
	CXSourceLocation location, uint32_t node)
{
	CXCursor cursor = reading->walk->syntax.nodes[node].cursor;
	struct place place = place_of(reading->walk, location);

	if (place.file == FACTS_NONE)
		return;
	site.file = place.file;
	site.line = place.line;
	site.column = place.column;
	set_spelling(reading->walk, location, &site);
	reading->found = grow(reading->found, reading->nfound, &reading->room,
		sizeof(*reading->found));
	reading->found[reading->nfound] = (struct found){
		.site = site,
		.expression = cursor.data[1] ? cursor.data[1] : cursor.data[0],
		.number = (uint32_t)reading->nfound,
		.node = node,
	};
	reading->nfound++;
}

static void describe_indirect(struct reading *reading, const struct callee *callee,
	uint32_t call, struct facts_site *site)
{
	const struct syntax *syntax = &reading->walk->syntax;
	uint32_t first = syntax_first(syntax, call);
	CXType type = clang_getCursorType(syntax->nodes[first ? first : call].cursor);
	CXType pointee = clang_getPointeeType(clang_getCanonicalType(type));
	scoped_text name = {0}, signature = {0};

	if (pointee.kind != CXType_Invalid)
		type = pointee;
	callee_name(syntax, callee, &name);
	declarations_signature(type, &signature);
	site->callee = FACTS_NONE;
	site->expression_name = facts_intern(reading->walk->facts, text_string(&name));
	site->signature = facts_intern(reading->walk->facts, text_string(&signature));
}

/* Note the call at `node`. True when nothing below it is evaluated. */
static bool read_call(struct reading *reading, uint32_t node)
{
	struct walk *walk = reading->walk;
	struct syntax *syntax = &walk->syntax;
	struct callee callee = callee_read(syntax, node);
	CXCursor named = syntax->nodes[callee.node].cursor;
	CXSourceLocation location = clang_getCursorLocation(named);
	struct facts_site site = {.expression = callee.expression, .node = FACTS_NONE};

	if (callee.expression == CALLEE_NAME) {
		scoped_cxstring name = clang_getCursorSpelling(callee.function);

		syntax->nodes[callee.node].is_callee = true;
		if (declarations_is_unevaluated(clang_getCString(name)))
			return true;
		if (declarations_is_pseudo(clang_getCString(name)))
			return false;
		site.callee = declarations_function(walk, callee.function, location);
	} else {
		describe_indirect(reading, &callee, node, &site);
	}
	add_found(reading, site, location, node);
	return false;
}

/* __attribute__((cleanup(f))) on a variable: f is called when the variable's scope ends.
 */
static void read_cleanup(struct reading *reading, uint32_t node)
{
	struct facts_builder *facts = reading->walk->facts;
	CXCursor variable = reading->walk->syntax.nodes[node].cursor;
	struct facts_site site = {.flags = FACTS_SITE_CLEANUP, .node = FACTS_NONE};
	struct attributes attributes;

	attributes_read(variable, &attributes);
	if (!attributes.cleanup[0])
		return;
	site.callee = facts_add_function(facts,
		(struct facts_function){
			.name = facts_intern(facts, attributes.cleanup),
			.file = FACTS_NONE,
			.flags = FACTS_BY_NAME,
		});
	add_found(reading, site, clang_getCursorLocation(variable), node);
}

static void kill(struct syntax *syntax, uint32_t node)
{
	syntax->nodes[node].is_dead = true;
}

/*
 * Operands of typeof in a declaration are children beside the initialiser; the size of a
 * variable-length array is one that is evaluated.
 */
static void kill_type_operands(struct syntax *syntax, uint32_t variable)
{
	CXCursor cursor = syntax->nodes[variable].cursor;
	CXCursor initialiser = clang_Cursor_getVarDeclInitializer(cursor);
	CXType type = clang_getCursorType(cursor);

	if (type.kind == CXType_VariableArray)
		return;
	for (uint32_t child = syntax_first(syntax, variable); child;
		child = syntax_next(syntax, variable, child))
		if (!clang_equalCursors(syntax->nodes[child].cursor, initialiser))
			kill(syntax, child);
}

static void kill_all_but(struct syntax *syntax, uint32_t parent, uint32_t kept)
{
	for (uint32_t child = syntax_first(syntax, parent); child;
		child = syntax_next(syntax, parent, child))
		if (child != kept)
			kill(syntax, child);
}

static void read_generic(struct syntax *syntax, uint32_t node)
{
	uint32_t choice = callee_generic_choice(syntax, node);

	if (choice)
		kill_all_but(syntax, node, choice);
	else if (syntax_first(syntax, node))
		kill(syntax, syntax_first(syntax, node));
}

static void read_reference(struct reading *reading, const struct syntax_node *node)
{
	CXCursor referenced;
	uint32_t used;

	if (node->is_callee)
		return;
	referenced = clang_getCursorReferenced(node->cursor);
	if (clang_getCursorKind(referenced) != CXCursor_FunctionDecl)
		return;
	used = declarations_function(reading->walk, referenced,
		clang_getCursorLocation(node->cursor));
	facts_add_use(reading->walk->facts, (struct facts_use){reading->function, used});
}

static bool has_call(const struct syntax *syntax, uint32_t node)
{
	for (uint32_t below = node + 1; below < syntax->nodes[node].end; below++)
		if (syntax_kind(syntax, below) == CXCursor_CallExpr)
			return true;
	return false;
}

/* The operand of a sizeof is evaluated where its type has a variable size: then it is
 * none. */
static bool is_constant(CXCursor expression)
{
	CXEvalResult result = clang_Cursor_Evaluate(expression);
	bool is_known = result && clang_EvalResult_getKind(result) == CXEval_Int;

	if (result)
		clang_EvalResult_dispose(result);
	return is_known;
}

/* False when nothing below `node` is evaluated. */
static bool read_node(struct reading *reading, uint32_t node)
{
	struct syntax *syntax = &reading->walk->syntax;

	switch (syntax_kind(syntax, node)) {
	case CXCursor_CallExpr:
		return !read_call(reading, node);
	case CXCursor_DeclRefExpr:
		read_reference(reading, &syntax->nodes[node]);
		return true;
	case CXCursor_VarDecl:
		if (clang_Cursor_hasAttrs(syntax->nodes[node].cursor))
			read_cleanup(reading, node);
		kill_type_operands(syntax, node);
		return true;
	case CXCursor_CStyleCastExpr:
	case CXCursor_CompoundLiteralExpr:
		kill_all_but(syntax, node, syntax_last(syntax, node));
		return true;
	case CXCursor_GenericSelectionExpr:
		read_generic(syntax, node);
		return true;
	case CXCursor_UnaryExpr: /* sizeof, alignof */
		return has_call(syntax, node) && !is_constant(syntax->nodes[node].cursor);
	case CXCursor_FunctionDecl:
	case CXCursor_ParmDecl:
	case CXCursor_StructDecl:
	case CXCursor_UnionDecl:
	case CXCursor_EnumDecl:
	case CXCursor_StaticAssert:
		return false;
	default:
		return true;
	}
}

static int compare_places(const struct facts_site *a, const struct facts_site *b)
{
	int order = compare_u32(a->file, b->file);

	order = order ? order : compare_u32(a->line, b->line);
	return order ? order : compare_u32(a->column, b->column);
}

static int by_expression(const void *left, const void *right)
{
	const struct found *a = left, *b = right;
	int order = compare_places(&a->site, &b->site);

	if (!order && a->expression != b->expression)
		return (uintptr_t)a->expression < (uintptr_t)b->expression ? -1 : 1;
	return order ? order : compare_u32(a->number, b->number);
}

static int by_number(const void *left, const void *right)
{
	const struct found *a = left, *b = right;
	int order = compare_places(&a->site, &b->site);

	return order ? order : compare_u32(a->number, b->number);
}

static void drop_repeated(struct reading *reading)
{
	struct found *found = reading->found;
	size_t kept = 0;

	qsort(found, reading->nfound, sizeof(*found), by_expression);
	for (size_t i = 0; i < reading->nfound; i++) {
		if (kept && found[i].expression == found[kept - 1].expression &&
			!compare_places(&found[i].site, &found[kept - 1].site)) {
			reading->repeats = grow(reading->repeats, reading->nrepeats,
				&reading->repeats_room, sizeof(struct repeat));
			reading->repeats[reading->nrepeats++] =
				(struct repeat){found[i].node, found[kept - 1].node};
			continue;
		}
		found[kept++] = found[i];
	}
	reading->nfound = kept;
}

static void add_sites(struct reading *reading)
{
	struct facts_builder *facts = reading->walk->facts;
	struct syntax_node *nodes = reading->walk->syntax.nodes;
	struct facts_function *fn;
	struct found *found = reading->found;
	uint32_t first = facts_count_sites(facts);

	qsort(found, reading->nfound, sizeof(*found), by_number);
	for (size_t i = 0; i < reading->nfound; i++) {
		bool same = i && !compare_places(&found[i].site, &found[i - 1].site);

		found[i].site.ordinal = same ? found[i - 1].site.ordinal + 1 : 0;
		nodes[found[i].node].site = facts_add_site(facts, found[i].site);
	}
	for (size_t i = 0; i < reading->nrepeats; i++)
		nodes[reading->repeats[i].node].site =
			nodes[reading->repeats[i].kept].site;
	fn = facts_function(facts, reading->function);
	fn->first_site = first;
	fn->nsites = (uint32_t)reading->nfound;
}

void calls_read(struct walk *walk, uint32_t function)
{
	struct reading reading = {.walk = walk, .function = function};
	uint32_t node = function == FACTS_NONE ? 0 : 1;

	while (node < walk->syntax.nnodes) {
		bool goes_on =
			!walk->syntax.nodes[node].is_dead && read_node(&reading, node);

		walk->syntax.nodes[node].is_dead = !goes_on;
		node = goes_on ? node + 1 : walk->syntax.nodes[node].end;
	}
	if (function != FACTS_NONE && reading.nfound) {
		drop_repeated(&reading);
		add_sites(&reading);
	}
	free(reading.found);
	free(reading.repeats);
}
