#include "analyzer/clang/outline.h"

#include "analyzer/clang/callee.h"
#include "analyzer/clang/outlining.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/syntax.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

struct outlines *outlines_new(void)
{
	struct outlines *outlines = xmalloc(sizeof(*outlines));

	*outlines = (struct outlines){0};
	return outlines;
}

void outlines_free(struct outlines *outlines)
{
	outline_names_free(outlines);
	free(outlines->terms);
	free(outlines);
}

uint32_t outline_open(struct walk *walk, struct facts_term term, CXCursor at)
{
	struct outlines *outlines = walk->outlines;
	uint32_t index = (uint32_t)outlines->nterms;

	outlines->terms = grow(outlines->terms, outlines->nterms, &outlines->room,
		sizeof(*outlines->terms));
	outlines->terms[outlines->nterms++] = (struct outlined){
		.term = term,
		.at = at,
		.parent = index ? outlines->top : 0,
	};
	outlines->top = index;
	return index;
}

void outline_close(struct outlines *outlines)
{
	struct outlined *open = &outlines->terms[outlines->top];

	open->term.end = (uint32_t)outlines->nterms;
	outlines->top = open->parent;
}

static void kill_all_but(struct syntax *syntax, uint32_t parent, uint32_t kept)
{
	for (uint32_t child = syntax_first(syntax, parent); child;
		child = syntax_next(syntax, parent, child))
		if (child != kept)
			syntax->nodes[child].is_dead = true;
}

/* __builtin_expect(x, y) is x; other things that are never called are nothing. */
static struct facts_term call(struct walk *walk, uint32_t node, bool *is_seen_through)
{
	struct syntax *syntax = &walk->syntax;
	uint32_t callee = syntax_first(syntax, node);
	scoped_cxstring name = {0};

	if (syntax->nodes[node].site != FACTS_NONE)
		return (struct facts_term){
			.kind = TERM_CALL, .a = syntax->nodes[node].site};
	name = clang_getCursorSpelling(syntax->nodes[node].cursor);
	if (callee && text_has_prefix(clang_getCString(name), "__builtin_expect")) {
		kill_all_but(syntax, node, syntax_next(syntax, node, callee));
		*is_seen_through = true;
	} else {
		kill_all_but(syntax, node, 0);
	}
	return (struct facts_term){.kind = TERM_OTHER};
}

static struct facts_term unary(const struct syntax *syntax, uint32_t node)
{
	CXCursor cursor = syntax->nodes[node].cursor;

	switch (clang_getCursorUnaryOperatorKind(cursor)) {
	case CXUnaryOperator_Deref:
		return (struct facts_term){.kind = TERM_DEREF};
	case CXUnaryOperator_AddrOf:
		return (struct facts_term){.kind = TERM_ADDRESS};
	case CXUnaryOperator_LNot:
		return (struct facts_term){.kind = TERM_NOT};
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PostDec:
	case CXUnaryOperator_PreInc:
	case CXUnaryOperator_PreDec:
		return (struct facts_term){.kind = TERM_ADD};
	default:
		return (struct facts_term){.kind = TERM_OTHER};
	}
}

static struct facts_term binary(const struct syntax *syntax, uint32_t node)
{
	CXCursor cursor = syntax->nodes[node].cursor;
	CXType type = clang_getCanonicalType(clang_getCursorType(cursor));

	switch (clang_getCursorBinaryOperatorKind(cursor)) {
	case CXBinaryOperator_Assign:
		return (struct facts_term){.kind = TERM_ASSIGN};
	case CXBinaryOperator_EQ:
		return (struct facts_term){.kind = TERM_EQUAL};
	case CXBinaryOperator_NE:
		return (struct facts_term){.kind = TERM_UNEQUAL};
	case CXBinaryOperator_LAnd:
		return (struct facts_term){.kind = TERM_AND};
	case CXBinaryOperator_LOr:
		return (struct facts_term){.kind = TERM_OR};
	case CXBinaryOperator_Comma:
		return (struct facts_term){.kind = TERM_COMMA};
	case CXBinaryOperator_Add:
	case CXBinaryOperator_Sub:
		return (struct facts_term){
			.kind = type.kind == CXType_Pointer ? TERM_ADD : TERM_OTHER};
	default:
		return (struct facts_term){.kind = TERM_OTHER};
	}
}

static struct facts_term number(CXCursor literal)
{
	CXEvalResult result = clang_Cursor_Evaluate(literal);
	struct facts_term term = {.kind = TERM_OTHER};

	if (result && clang_EvalResult_getKind(result) == CXEval_Int) {
		term.kind = TERM_NUMBER;
		term.a = (uint32_t)clang_EvalResult_getAsLongLong(result);
	}
	if (result)
		clang_EvalResult_dispose(result);
	return term;
}

static struct facts_term label(struct walk *walk, CXCursor cursor,
	enum facts_term_kind kind)
{
	scoped_cxstring name = clang_getCursorSpelling(cursor);

	return (struct facts_term){
		.kind = kind,
		.name = outline_intern(walk, clang_getCString(name)),
	};
}

/* `goto name;`: libclang gives the label as what is below. */
static struct facts_term jump(struct walk *walk, uint32_t node)
{
	struct syntax *syntax = &walk->syntax;
	uint32_t target = syntax_first(syntax, node);
	struct facts_term term = {.kind = TERM_GOTO};

	if (target)
		term = label(walk, syntax->nodes[target].cursor, TERM_GOTO);
	kill_all_but(syntax, node, 0);
	return term;
}

static struct facts_term statement(struct walk *walk, uint32_t node)
{
	CXCursor cursor = walk->syntax.nodes[node].cursor;

	switch (clang_getCursorKind(cursor)) {
	case CXCursor_CompoundStmt:
		return (struct facts_term){.kind = TERM_BLOCK};
	case CXCursor_IfStmt:
		return (struct facts_term){.kind = TERM_IF};
	case CXCursor_SwitchStmt:
		return (struct facts_term){.kind = TERM_SWITCH};
	case CXCursor_CaseStmt:
		return (struct facts_term){.kind = TERM_CASE};
	case CXCursor_DefaultStmt:
		return (struct facts_term){.kind = TERM_CASE_DEFAULT};
	case CXCursor_WhileStmt:
	case CXCursor_ForStmt:
		return (struct facts_term){.kind = TERM_LOOP, .a = 1};
	case CXCursor_DoStmt:
		return (struct facts_term){.kind = TERM_LOOP};
	case CXCursor_ReturnStmt:
		return (struct facts_term){.kind = TERM_RETURN};
	case CXCursor_BreakStmt:
		return (struct facts_term){.kind = TERM_BREAK};
	case CXCursor_ContinueStmt:
		return (struct facts_term){.kind = TERM_CONTINUE};
	case CXCursor_GotoStmt:
		return jump(walk, node);
	case CXCursor_LabelStmt:
		return label(walk, cursor, TERM_LABEL);
	default:
		return (struct facts_term){.kind = TERM_NOTHING};
	}
}

static struct facts_term expression(struct walk *walk, uint32_t node, bool *is_through)
{
	struct syntax *syntax = &walk->syntax;
	CXCursor cursor = syntax->nodes[node].cursor;

	switch (clang_getCursorKind(cursor)) {
	case CXCursor_CallExpr:
		return call(walk, node, is_through);
	case CXCursor_UnaryOperator:
		return unary(syntax, node);
	case CXCursor_BinaryOperator:
		return binary(syntax, node);
	case CXCursor_CompoundAssignOperator:
		return (struct facts_term){.kind = TERM_ADD};
	case CXCursor_ConditionalOperator:
		return (struct facts_term){.kind = TERM_CHOICE};
	case CXCursor_DeclRefExpr:
		kill_all_but(syntax, node, 0); /* after `case` it is in itself */
		return outline_name(walk, cursor);
	case CXCursor_MemberRefExpr:
		return outline_field(walk, cursor);
	case CXCursor_ArraySubscriptExpr:
		return (struct facts_term){.kind = TERM_ELEMENT};
	case CXCursor_StringLiteral:
		return outline_text(walk, cursor);
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
		kill_all_but(syntax, node, 0);
		return number(cursor);
	case CXCursor_ParenExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_GenericSelectionExpr:
	case CXCursor_StmtExpr:
		*is_through = true;
		break;
	case CXCursor_UnexposedExpr: {
		uint32_t first = syntax_first(syntax, node);

		*is_through = first && !syntax_next(syntax, node, first);
		break;
	}
	default:
		kill_all_but(syntax, node, 0);
		break;
	}
	return (struct facts_term){.kind = TERM_OTHER};
}

/* A character, also one that becomes an int: `int first = word[0];` */
static bool is_character(const struct syntax *syntax, uint32_t node)
{
	uint32_t first = syntax_first(syntax, node);

	while (first && syntax_kind(syntax, node) == CXCursor_UnexposedExpr) {
		node = first;
		first = syntax_first(syntax, node);
	}
	return syntax_kind(syntax, node) == CXCursor_ArraySubscriptExpr &&
	       outline_is_text(clang_getCursorType(syntax->nodes[node].cursor));
}

/* `static struct cmd *p __attribute__((section("cmds"))) = &cmd;` is a row of a table. */
static bool is_in_section(struct walk *walk, uint32_t object)
{
	uint32_t variable = walk->outlines->terms[object].term.a;

	return walk->outlines->terms[object].term.kind == TERM_OBJECT &&
	       (facts_variable(walk->facts, variable)->flags & VARIABLE_SECTION);
}

/* A variable that is declared: its initialiser is what is below it. */
static void variable(struct walk *walk, uint32_t node)
{
	struct syntax *syntax = &walk->syntax;
	CXCursor cursor = syntax->nodes[node].cursor;
	CXType type = clang_getCursorType(cursor);
	uint32_t value = 0, index;

	for (uint32_t child = syntax_first(syntax, node); child;
		child = syntax_next(syntax, node, child))
		if (!syntax->nodes[child].is_dead &&
			clang_isExpression(syntax_kind(syntax, child)))
			value = child;
	if (!value)
		return;
	index = outline_open(walk, outline_variable(walk, cursor), cursor);
	/* A word that is compared may have got another name: `char *cmd = argv[1];` */
	walk->outlines->terms[index].is_live = outline_is_text(type) ||
					       is_character(syntax, value) ||
					       is_in_section(walk, index);
	if (syntax_kind(syntax, value) == CXCursor_InitListExpr)
		outline_list(walk, value, type);
	else
		outline_range(walk, value, syntax->nodes[value].end);
	outline_close(walk->outlines);
}

static bool is_in_other(const struct outlines *outlines)
{
	return outlines->nterms && outlines->terms[outlines->top].term.kind == TERM_OTHER;
}

/* Open the term for the node, if it has one; false when what is below it is done. */
static bool open_node(struct walk *walk, uint32_t node)
{
	struct syntax *syntax = &walk->syntax;
	CXCursor cursor = syntax->nodes[node].cursor;
	enum CXCursorKind kind = clang_getCursorKind(cursor);
	bool is_through = false;
	struct facts_term term;
	uint32_t index;

	if (kind == CXCursor_DeclStmt)
		return true;
	if (kind == CXCursor_VarDecl) {
		variable(walk, node);
		return false;
	}
	if (kind == CXCursor_CompoundLiteralExpr) {
		uint32_t list = syntax_last(syntax, node);

		if (list)
			outline_list(walk, list, clang_getCursorType(cursor));
		return false;
	}
	if (clang_isStatement(kind) && kind != CXCursor_StmtExpr)
		term = statement(walk, node);
	else if (clang_isExpression(kind))
		term = expression(walk, node, &is_through);
	else
		return false;
	/* A sum of a thousand calls is one thing of no interest, not a thousand. */
	if (is_through || (term.kind == TERM_OTHER && is_in_other(walk->outlines)))
		return true;
	index = outline_open(walk, term, cursor);
	walk->outlines->terms[index].syntax_end = syntax->nodes[node].end;
	return true;
}

void outline_range(struct walk *walk, uint32_t node, uint32_t end)
{
	struct outlines *outlines = walk->outlines;
	uint32_t outer = outlines->top;

	while (node < end) {
		bool goes_on;

		while (outlines->top != outer &&
			outlines->terms[outlines->top].syntax_end <= node)
			outline_close(outlines);
		goes_on = !walk->syntax.nodes[node].is_dead && open_node(walk, node);
		node = goes_on ? node + 1 : walk->syntax.nodes[node].end;
	}
	while (outlines->top != outer)
		outline_close(outlines);
}

void outline_read(struct walk *walk, uint32_t function)
{
	struct facts_term root = {.kind = TERM_BODY, .a = function};
	struct syntax *syntax = &walk->syntax;

	walk->outlines->nterms = 0;
	walk->outlines->top = 0;
	if (function == FACTS_NONE) {
		variable(walk, 0);
	} else {
		outline_open(walk, root, syntax->nodes[0].cursor);
		outline_range(walk, 1, (uint32_t)syntax->nnodes);
		outline_close(walk->outlines);
	}
	if (walk->outlines->nterms)
		outline_finish(walk);
}
