#include "analyzer/clang/syntax.h"

#include "analyzer/facts/facts.h"
#include "core/arena.h"

#include <stdlib.h>

static void push(struct syntax *syntax, CXCursor cursor)
{
	syntax->nodes = grow(syntax->nodes, syntax->nnodes, &syntax->room,
		sizeof(*syntax->nodes));
	syntax->open = grow(syntax->open, syntax->nopen, &syntax->open_room,
		sizeof(*syntax->open));
	syntax->open[syntax->nopen++] = (uint32_t)syntax->nnodes;
	syntax->nodes[syntax->nnodes++] = (struct syntax_node){
		.cursor = cursor,
		.site = FACTS_NONE,
		.value = {FACTS_NONE, CARRIER_NONE, 0},
	};
}

static void pop(struct syntax *syntax)
{
	uint32_t node = syntax->open[--syntax->nopen];

	syntax->nodes[node].end = (uint32_t)syntax->nnodes;
}

static bool is_open_top(const struct syntax *syntax, CXCursor cursor)
{
	uint32_t top = syntax->open[syntax->nopen - 1];

	return clang_equalCursors(syntax->nodes[top].cursor, cursor);
}

static enum CXChildVisitResult visit(CXCursor cursor, CXCursor parent, CXClientData data)
{
	struct syntax *syntax = data;

	while (syntax->nopen > 1 && !is_open_top(syntax, parent))
		pop(syntax);
	push(syntax, cursor);
	return CXChildVisit_Recurse;
}

void syntax_read(struct syntax *syntax, CXCursor root)
{
	syntax->nnodes = 0;
	syntax->nopen = 0;
	push(syntax, root);
	clang_visitChildren(root, visit, syntax);
	while (syntax->nopen)
		pop(syntax);
}

void syntax_release(struct syntax *syntax)
{
	free(syntax->nodes);
	free(syntax->open);
	*syntax = (struct syntax){0};
}

uint32_t syntax_last(const struct syntax *syntax, uint32_t node)
{
	uint32_t last = syntax_first(syntax, node);

	for (uint32_t next = last; next; next = syntax_next(syntax, node, next))
		last = next;
	return last;
}

uint32_t syntax_operand(const struct syntax *syntax, uint32_t node)
{
	enum CXCursorKind kind = syntax_kind(syntax, node);
	uint32_t first = syntax_first(syntax, node);

	/* An expression that libclang does not name is an implicit cast, if it has one.
	 */
	if ((kind != CXCursor_ParenExpr && kind != CXCursor_UnexposedExpr) || !first ||
		syntax_next(syntax, node, first))
		return 0;
	return first;
}

uint32_t syntax_bare(const struct syntax *syntax, uint32_t node)
{
	for (uint32_t inner = node; inner; inner = syntax_operand(syntax, node))
		node = inner;
	return node;
}

uint32_t syntax_unconverted(const struct syntax *syntax, uint32_t node)
{
	for (uint32_t inner = node; inner;) {
		node = syntax_bare(syntax, inner);
		inner = syntax_kind(syntax, node) == CXCursor_CStyleCastExpr
				? syntax_last(syntax, node)
				: 0;
	}
	return node;
}
