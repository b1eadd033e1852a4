#include "analyzer/clang/callee.h"

#include "analyzer/clang/string.h"
#include "analyzer/clang/syntax.h"

#include <stdbool.h>
#include <string.h>

uint32_t callee_generic_choice(const struct syntax *syntax, uint32_t generic)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(syntax->nodes[generic]
									 .cursor));
	uint32_t control = syntax_first(syntax, generic);
	uint32_t choice = 0, node = control ? syntax_next(syntax, generic, control) : 0;

	for (; node; node = syntax_next(syntax, generic, node)) {
		CXCursor cursor = syntax->nodes[node].cursor;
		CXType other = clang_getCanonicalType(clang_getCursorType(cursor));

		if (!clang_isExpression(clang_getCursorKind(cursor)) ||
			!clang_equalTypes(type, other))
			continue;
		if (choice)
			return 0;
		choice = node;
	}
	return choice;
}

static bool is_comma(const struct syntax *syntax, uint32_t node)
{
	return clang_getCursorBinaryOperatorKind(syntax->nodes[node].cursor) ==
	       CXBinaryOperator_Comma;
}

/* The node whose value `node` passes on unchanged, or 0 when `node` is more than
 * wrapping. */
static uint32_t unwrap(const struct syntax *syntax, uint32_t node)
{
	uint32_t first = syntax_first(syntax, node);
	enum CXUnaryOperatorKind unary;

	switch (syntax_kind(syntax, node)) {
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
		return syntax_operand(syntax, node);
	case CXCursor_CStyleCastExpr:
		return syntax_last(syntax, node);
	case CXCursor_UnaryOperator:
		unary = clang_getCursorUnaryOperatorKind(syntax->nodes[node].cursor);
		return unary == CXUnaryOperator_Deref || unary == CXUnaryOperator_AddrOf
			       ? first
			       : 0;
	case CXCursor_BinaryOperator:
		return is_comma(syntax, node) ? syntax_last(syntax, node) : 0;
	case CXCursor_GenericSelectionExpr:
		return callee_generic_choice(syntax, node);
	case CXCursor_StmtExpr: /* its value is that of the last statement */
		return first ? syntax_last(syntax, first) : 0;
	default:
		return 0;
	}
}

static uint32_t unwrap_all(const struct syntax *syntax, uint32_t node)
{
	for (uint32_t inner = node; inner; inner = unwrap(syntax, node))
		node = inner;
	return node;
}

static struct callee named_callee(CXCursor referenced, uint32_t node)
{
	struct callee callee = {.node = node, .expression = CALLEE_OTHER};

	switch (clang_getCursorKind(referenced)) {
	case CXCursor_FunctionDecl:
		callee.expression = CALLEE_NAME;
		callee.function = referenced;
		break;
	case CXCursor_ParmDecl:
		callee.expression = CALLEE_PARAMETER;
		break;
	case CXCursor_VarDecl:
		callee.expression =
			clang_getCursorLinkage(referenced) == CXLinkage_NoLinkage
				? CALLEE_LOCAL
				: CALLEE_GLOBAL;
		break;
	default:
		break;
	}
	return callee;
}

struct callee callee_read(const struct syntax *syntax, uint32_t call)
{
	uint32_t first = syntax_first(syntax, call);
	uint32_t node = first ? unwrap_all(syntax, first) : call;
	CXCursor cursor = syntax->nodes[node].cursor;
	struct callee callee = {.node = node, .expression = CALLEE_OTHER};

	if (!first)
		return callee;
	switch (clang_getCursorKind(cursor)) {
	case CXCursor_DeclRefExpr:
		return named_callee(clang_getCursorReferenced(cursor), node);
	case CXCursor_MemberRefExpr:
		callee.expression = CALLEE_FIELD;
		break;
	case CXCursor_ArraySubscriptExpr:
		callee.expression = CALLEE_ELEMENT;
		break;
	case CXCursor_CallExpr:
		callee.expression = CALLEE_RESULT;
		break;
	case CXCursor_ConditionalOperator:
	case CXCursor_UnexposedExpr: /* of several operands: `f ?: g` */
		callee.expression = CALLEE_CONDITIONAL;
		break;
	default:
		break;
	}
	return callee;
}

static void add_spelling(struct text *out, CXCursor cursor)
{
	scoped_cxstring name = clang_getCursorSpelling(cursor);

	text_add(out, clang_getCString(name));
}

/* "record.field"; a nameless record gives the field alone. */
static void add_field(struct text *out, CXCursor reference)
{
	CXCursor field = clang_getCursorReferenced(reference);
	CXCursor record = clang_getCursorSemanticParent(field);

	if (clang_isDeclaration(clang_getCursorKind(record)) &&
		!clang_Cursor_isAnonymous(record)) {
		scoped_cxstring name = clang_getCursorSpelling(record);
		const char *string = clang_getCString(name);

		if (string[0] &&
			!strchr(string, '(')) /* clang's "struct (unnamed at …)" */
			text_printf(out, "%s.", string);
	}
	add_spelling(out, reference);
}

void callee_name(const struct syntax *syntax, const struct callee *callee,
	struct text *out)
{
	uint32_t node = callee->node;
	CXCursor cursor = syntax->nodes[node].cursor;

	switch (callee->expression) {
	case CALLEE_FIELD:
		add_field(out, cursor);
		break;
	case CALLEE_ELEMENT:
		node = unwrap_all(syntax, syntax_first(syntax, node));
		cursor = syntax->nodes[node].cursor;
		if (clang_getCursorKind(cursor) == CXCursor_MemberRefExpr)
			add_field(out, cursor);
		else
			add_spelling(out, cursor);
		break;
	case CALLEE_PARAMETER:
	case CALLEE_LOCAL:
	case CALLEE_GLOBAL:
	case CALLEE_RESULT:
		add_spelling(out, cursor);
		break;
	default:
		break;
	}
}
