#include "analyzer/clang/flow.h"

#include "analyzer/clang/callee.h"
#include "analyzer/clang/declarations.h"
#include "analyzer/clang/flowing.h"
#include "analyzer/clang/initialiser.h"
#include "analyzer/clang/syntax.h"
#include "analyzer/clang/tables.h"
#include "analyzer/facts/facts_builder.h"
#include "analyzer/facts/flow_hash.h"
#include "core/arena.h"

#include <stdlib.h>

static const struct place_node nowhere = {FACTS_NONE, CARRIER_NONE, 0};

static struct place_node value_of(const struct syntax *syntax, uint32_t node)
{
	return node ? syntax->nodes[node].value : nowhere;
}

static struct place_node reference(struct flowing *flowing, uint32_t node)
{
	struct syntax_node *expression = flowing_node(flowing, node);
	CXCursor referenced;

	if (expression->is_callee)
		return nowhere;
	referenced = clang_getCursorReferenced(expression->cursor);
	tables_mention(flowing->walk, referenced);
	if (clang_getCursorKind(referenced) != CXCursor_FunctionDecl)
		return places_of(flowing->walk, referenced);
	return places_function(flowing->walk,
		declarations_function(flowing->walk, referenced,
			clang_getCursorLocation(expression->cursor)));
}

/* `*p`, `a[i]`: what is there, if it can still hold an address. */
static struct place_node element(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	struct place_node value =
		flowing_merge(flowing, node, syntax_first(syntax, node));
	enum carrier outer = value.carrier;
	CXType type;

	if (value.node == FACTS_NONE)
		return nowhere;
	type = clang_getCursorType(syntax->nodes[node].cursor);
	value.carrier = carrier_of(type);
	/* `*f` is another name of `f`, and a row of an array is where the array is. */
	if (outer != CARRIER_FUNCTION && !carrier_is_array(type))
		value.shift--;
	return value.carrier == CARRIER_NONE ? nowhere : value;
}

static struct place_node unary(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	struct place_node value = value_of(syntax, syntax_first(syntax, node));

	switch (clang_getCursorUnaryOperatorKind(syntax->nodes[node].cursor)) {
	case CXUnaryOperator_Deref:
		return element(flowing, node);
	case CXUnaryOperator_AddrOf:
		if (value.node == FACTS_NONE)
			return nowhere;
		value.carrier =
			carrier_of(clang_getCursorType(syntax->nodes[node].cursor));
		if (value.carrier == CARRIER_FUNCTION) /* of which `&f` is another name */
			return value;
		tables_write(flowing->walk, value.node);
		value.carrier = CARRIER_CELL;
		if (!carrier_is_array(clang_getCursorType(
			    syntax->nodes[syntax_first(syntax, node)].cursor)))
			value.shift++;
		return value;
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
	case CXUnaryOperator_Extension:
		return value;
	case CXUnaryOperator_Not:
		return value.carrier == CARRIER_INTEGER ? value : nowhere;
	default:
		return nowhere;
	}
}

static bool is_dereference(const struct syntax *syntax, uint32_t node)
{
	return syntax_kind(syntax, node) == CXCursor_UnaryOperator &&
	       clang_getCursorUnaryOperatorKind(syntax->nodes[node].cursor) ==
		       CXUnaryOperator_Deref;
}

/* Does the expression stand for memory behind a pointer? */
static bool is_behind_pointer(const struct syntax *syntax, uint32_t node)
{
	node = syntax_bare(syntax, node);
	return syntax_kind(syntax, node) == CXCursor_ArraySubscriptExpr ||
	       is_dereference(syntax, node);
}

/* The variable `o` of `o->field` or `o.field`, whatever it is cast to; or null. */
static CXCursor object_of(const struct syntax *syntax, uint32_t node)
{
	node = syntax_unconverted(syntax, node);
	if (syntax_kind(syntax, node) != CXCursor_MemberRefExpr ||
		!syntax_first(syntax, node))
		return clang_getNullCursor();
	node = syntax_bare(syntax, syntax_first(syntax, node));
	if (syntax_kind(syntax, node) != CXCursor_DeclRefExpr)
		return clang_getNullCursor();
	return clang_getCursorReferenced(syntax->nodes[node].cursor);
}

/* `*o->place = o->function`: rows of a table that say where their function goes. */
static bool is_paired(const struct syntax *syntax, uint32_t left, uint32_t right)
{
	CXCursor object;

	left = syntax_bare(syntax, left);
	if (!is_dereference(syntax, left) || !syntax_first(syntax, left))
		return false;
	object = object_of(syntax, syntax_first(syntax, left));
	return !clang_Cursor_isNull(object) &&
	       clang_equalCursors(object, object_of(syntax, right));
}

static struct place_node assign(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	uint32_t left = syntax_first(syntax, node);
	uint32_t right = left ? syntax_next(syntax, node, left) : 0;
	struct place_node to = value_of(syntax, left), value;

	if (!right)
		return nowhere;
	if (to.node == FACTS_NONE) {
		flowing_lose(flowing, right);
		return value_of(syntax, right);
	}
	tables_write(flowing->walk, to.node);
	value = flowing_convert(flowing, right, to.carrier);
	if (is_behind_pointer(syntax, left))
		flowing_store(flowing, value, to, node,
			is_paired(syntax, left, right) ? FLOW_PAIRED : 0);
	else
		flowing_add(flowing, value, to, node);
	return to;
}

/* Pointer arithmetic, and the tags that some keep in an address's low bits. */
static struct place_node arithmetic(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	struct place_node value =
		flowing_merge(flowing, node, syntax_first(syntax, node));
	CXType type;

	if (value.node == FACTS_NONE)
		return nowhere;
	type = clang_getCanonicalType(clang_getCursorType(syntax->nodes[node].cursor));
	if (value.carrier != CARRIER_INTEGER && type.kind != CXType_Pointer)
		return nowhere;
	if (value.carrier == CARRIER_FUNCTION || value.carrier == CARRIER_INTEGER)
		return flowing_displaced(flowing, value, node);
	return value;
}

static struct place_node binary(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	CXCursor cursor = syntax->nodes[node].cursor;

	switch (clang_getCursorBinaryOperatorKind(cursor)) {
	case CXBinaryOperator_Assign:
		return assign(flowing, node);
	case CXBinaryOperator_Comma:
		return value_of(syntax, syntax_last(syntax, node));
	case CXBinaryOperator_Add:
	case CXBinaryOperator_Sub:
	case CXBinaryOperator_And:
	case CXBinaryOperator_Or:
	case CXBinaryOperator_Xor:
	case CXBinaryOperator_Shl:
	case CXBinaryOperator_Shr:
		return arithmetic(flowing, node);
	default:
		return nowhere;
	}
}

/* One of the children of `node` from `first` on, each converted to the type of `node`. */
static struct place_node choice(struct flowing *flowing, uint32_t node, uint32_t first)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	enum carrier to = carrier_of(clang_getCursorType(syntax->nodes[node].cursor));

	for (uint32_t child = first; child; child = syntax_next(syntax, node, child))
		flowing_node(flowing, child)->value = flowing_convert(flowing, child, to);
	return flowing_merge(flowing, node, first);
}

/* Of `c ? a : b` the branches. */
static struct place_node conditional(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	uint32_t condition = syntax_first(syntax, node);

	if (!condition)
		return nowhere;
	return choice(flowing, node, syntax_next(syntax, node, condition));
}

static struct place_node generic(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	uint32_t choice = callee_generic_choice(syntax, node);

	if (choice)
		return value_of(syntax, choice);
	return conditional(flowing, node); /* all but the controlling expression */
}

static void initialise(struct flowing *flowing, uint32_t value, struct place_node to,
	uint32_t row)
{
	struct place_node converted;

	if (to.node == FACTS_NONE) {
		flowing_lose(flowing, value);
		return;
	}
	converted = flowing_convert(flowing, value, to.carrier);
	flowing->row = row;
	flowing_add(flowing, converted, to, value);
	flowing->row = 0;
	flowing_add(flowing, converted,
		tables_initialised(flowing->walk, flowing->variable, to), value);
}

static void initialise_part(void *context, const struct initialised *found)
{
	initialise(context, found->value, found->to, found->row);
}

/* Most lists are numbers and text, and need not be read. */
static bool may_hold(struct flowing *flowing, uint32_t list)
{
	const struct syntax *syntax = &flowing->walk->syntax;

	for (uint32_t node = list + 1; node < syntax->nodes[list].end; node++)
		if (syntax->nodes[node].value.node != FACTS_NONE ||
			flowing_is_convertible(flowing, node))
			return true;
	return false;
}

/* The value at `node`, a list in braces or an expression, begins an object. */
static void begin_object(struct flowing *flowing, uint32_t node, CXType type,
	struct place_node object)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	struct initialiser_visitor visitor = {initialise_part, flowing};

	if (syntax_kind(syntax, node) != CXCursor_InitListExpr)
		initialise(flowing, node, object, 0);
	else if (may_hold(flowing, node))
		initialiser_read(flowing->walk, node, type, object, &visitor);
}

/* The initialiser: the last child that is an expression and is evaluated. */
static uint32_t initialiser_of(const struct syntax *syntax, uint32_t variable)
{
	uint32_t found = 0;

	for (uint32_t child = syntax_first(syntax, variable); child;
		child = syntax_next(syntax, variable, child))
		if (!syntax->nodes[child].is_dead &&
			clang_isExpression(syntax_kind(syntax, child)))
			found = child;
	return found;
}

static void declare(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	CXCursor variable = syntax->nodes[node].cursor;
	uint32_t value = initialiser_of(syntax, node);

	if (!value)
		return;
	flowing->variable = variable;
	begin_object(flowing, value, clang_getCursorType(variable),
		places_of(flowing->walk, variable));
	flowing->variable = clang_getNullCursor();
}

static struct place_node compound_literal(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	CXType type = clang_getCursorType(syntax->nodes[node].cursor);
	enum carrier carrier = carrier_of(type);
	uint32_t list = syntax_last(syntax, node);
	struct place_node object = nowhere;

	if (!list)
		return nowhere;
	if (carrier != CARRIER_NONE)
		object = flowing_temporary(flowing, carrier);
	begin_object(flowing, list, type, object);
	return object;
}

static void return_value(struct flowing *flowing, uint32_t node)
{
	struct walk *walk = flowing->walk;
	uint32_t value = syntax_first(&walk->syntax, node);
	struct facts_node result = {.kind = NODE_RESULT, .a = flowing->function};

	if (!value || flowing->function == FACTS_NONE)
		return;
	if (!flowing->has_result) {
		CXCursor definition = walk->syntax.nodes[0].cursor;

		flowing->has_result = true;
		flowing->result.carrier =
			carrier_of(clang_getCursorResultType(definition));
		flowing->result.node = flowing->result.carrier == CARRIER_NONE
					       ? FACTS_NONE
					       : facts_add_node(walk->facts, result);
	}
	if (flowing->result.node == FACTS_NONE)
		flowing_lose(flowing, value);
	else
		flowing_add(flowing,
			flowing_convert(flowing, value, flowing->result.carrier),
			flowing->result, node);
}

/*
 * What libclang does not name: an implicit cast, va_arg, GNU's `a ?: b`, or C11's atomic
 * operations, whose first operand points to memory.
 */
static struct place_node wrapped(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	uint32_t first = syntax_first(syntax, node);
	bool are_several = first && syntax_next(syntax, node, first);

	if (are_several && syntax->nodes[first].value.carrier == CARRIER_CELL &&
		carrier_of(clang_getCursorType(syntax->nodes[node].cursor)) !=
			CARRIER_CELL)
		return flowing_atomic(flowing, node, first);
	if (first)
		flowing_load(flowing, syntax->nodes[first].value,
			clang_getCursorType(syntax->nodes[node].cursor), node);
	return are_several ? choice(flowing, node, first)
			   : flowing_merge(flowing, node, first);
}

static struct place_node statement_value(const struct syntax *syntax, uint32_t node)
{
	uint32_t block = syntax_first(syntax, node);

	return block ? value_of(syntax, syntax_last(syntax, block)) : nowhere;
}

static struct place_node expression(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;

	switch (syntax_kind(syntax, node)) {
	case CXCursor_DeclRefExpr:
		return reference(flowing, node);
	case CXCursor_MemberRefExpr:
		return tables_member(flowing->walk, node,
			places_of(flowing->walk,
				clang_getCursorReferenced(syntax->nodes[node].cursor)));
	case CXCursor_ArraySubscriptExpr:
		return element(flowing, node);
	case CXCursor_UnaryOperator:
		return unary(flowing, node);
	case CXCursor_BinaryOperator:
		return binary(flowing, node);
	case CXCursor_CompoundAssignOperator:
		return value_of(syntax, syntax_first(syntax, node));
	case CXCursor_ConditionalOperator:
		return conditional(flowing, node);
	case CXCursor_CStyleCastExpr:
		return flowing_cast(flowing, node);
	case CXCursor_CompoundLiteralExpr:
		return compound_literal(flowing, node);
	case CXCursor_GenericSelectionExpr:
		return generic(flowing, node);
	case CXCursor_CallExpr:
		return flowing_call(flowing, node);
	case CXCursor_StmtExpr:
		return statement_value(syntax, node);
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
		return wrapped(flowing, node);
	default:
		return nowhere;
	}
}

static void read_node(struct flowing *flowing, uint32_t node)
{
	enum CXCursorKind kind = syntax_kind(&flowing->walk->syntax, node);

	if (kind == CXCursor_VarDecl)
		declare(flowing, node);
	else if (kind == CXCursor_ReturnStmt)
		return_value(flowing, node);
	else if (clang_isExpression(kind))
		flowing_node(flowing, node)->value = expression(flowing, node);
}

/* The nodes that are evaluated, in order. */
static uint32_t *list_live(const struct syntax *syntax, uint32_t from, size_t *count)
{
	uint32_t *live = xmalloc(syntax->nnodes * sizeof(*live));
	uint32_t node = from;

	*count = 0;
	while (node < syntax->nnodes) {
		if (!syntax->nodes[node].is_dead)
			live[(*count)++] = node;
		node = syntax->nodes[node].is_dead ? syntax->nodes[node].end : node + 1;
	}
	return live;
}

void flow_read(struct walk *walk, uint32_t function)
{
	struct flowing flowing = {
		.walk = walk,
		.function = function,
		.variable = clang_getNullCursor(),
	};
	uint32_t first = facts_count_flows(walk->facts);
	size_t count;
	uint32_t *live;

	if (function != FACTS_NONE)
		places_enter(walk, walk->syntax.nodes[0].cursor, function);
	live = list_live(&walk->syntax, function == FACTS_NONE ? 0 : 1, &count);
	while (count--)
		read_node(&flowing, live[count]);
	free(live);
	if (function != FACTS_NONE)
		facts_function(walk->facts, function)->flow_hash =
			flow_hash(walk->facts, function, first);
}
