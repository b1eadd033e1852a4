/* Calls: what flows into their arguments and out of their results. */
#include "analyzer/clang/flowing.h"
#include "analyzer/clang/records.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/syntax.h"
#include "analyzer/facts/facts_builder.h"
#include "core/text.h"
#include "core/trace.h"

#include <string.h>

enum {
	MAX_POINTEE_DEPTH = 3 /* of records that are followed from an argument */
};

static const struct place_node nowhere = {FACTS_NONE, CARRIER_NONE, 0};

/* An argument that is a record's address. */
struct pointee {
	struct flowing *flowing;
	struct place_node argument;
	uint32_t at, flags;
};

static struct place_node call_node(struct flowing *flowing, struct facts_node node,
	enum carrier carrier)
{
	node.holds = places_holds(carrier);
	return (struct place_node){
		facts_add_node(flowing->walk->facts, node), carrier, 0};
}

struct place_node flowing_atomic(struct flowing *flowing, uint32_t node, uint32_t first)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	struct place_node memory = syntax->nodes[first].value;

	if (memory.node == FACTS_NONE)
		return nowhere;
	memory.shift--;
	memory.carrier = CARRIER_RAW;
	for (uint32_t child = syntax_next(syntax, node, first); child;
		child = syntax_next(syntax, node, child)) {
		struct place_node value = flowing_convert(flowing, child,
			carrier_of(clang_getCursorType(syntax->nodes[child].cursor)));

		if (value.carrier == CARRIER_CELL) {
			value.shift--;
			value.carrier = CARRIER_RAW;
			flowing_store(flowing, memory, value, child, 0);
		}
		flowing_store(flowing, value, memory, child, 0);
	}
	return memory;
}

/*
 * What the compiler expands in place: __builtin_expect gives its first argument,
 * others work on memory.
 */
static struct place_node pseudo_call(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	scoped_cxstring spelling = clang_getCursorSpelling(syntax->nodes[node].cursor);
	const char *name = clang_getCString(spelling);
	uint32_t callee = syntax_first(syntax, node);
	uint32_t first = callee ? syntax_next(syntax, node, callee) : 0;
	uint32_t second = first ? syntax_next(syntax, node, first) : 0;

	if (!first)
		return nowhere;
	if (strstr(name, "va_start") && flowing->function != FACTS_NONE) {
		struct facts_node rest = {.kind = NODE_REST, .a = flowing->function};

		flowing_add(flowing, call_node(flowing, rest, CARRIER_RAW),
			syntax->nodes[first].value, node);
		return nowhere;
	}
	if (strstr(name, "va_copy") && second) {
		flowing_add(flowing, syntax->nodes[second].value,
			syntax->nodes[first].value, node);
		return nowhere;
	}
	if (text_has_prefix(name, "__builtin_"))
		return syntax->nodes[first].value;
	return flowing_atomic(flowing, node, first);
}

/* A function that the linker finds elsewhere; its header says whether in a library. */
struct target {
	bool is_undefined, is_system;
	CXType type;
};

static struct target target_of(struct flowing *flowing, uint32_t site, uint32_t node)
{
	struct facts_builder *facts = flowing->walk->facts;
	const struct syntax *syntax = &flowing->walk->syntax;
	uint32_t callee = facts_site(facts, site)->callee;
	uint32_t first = syntax_first(syntax, node);
	struct target target = {.is_undefined = true};
	uint32_t flags;

	if (callee != FACTS_NONE) {
		flags = facts_function(facts, callee)->flags;
		target.is_undefined = !(flags & FACTS_DEFINED);
		target.is_system = flags & (FACTS_SYSTEM | FACTS_BUILTIN);
	}
	if (first) {
		CXType type =
			clang_getCanonicalType(clang_getCursorType(syntax->nodes[first]
									   .cursor));

		if (type.kind == CXType_Pointer)
			type = clang_getCanonicalType(clang_getPointeeType(type));
		target.type = type;
	}
	return target;
}

static bool is_text(CXType type)
{
	CXType inner = clang_getCanonicalType(
		clang_getPointeeType(clang_getCanonicalType(type)));

	return inner.kind == CXType_Char_S || inner.kind == CXType_Char_U ||
	       inner.kind == CXType_SChar || inner.kind == CXType_UChar;
}

/*
 * The fields of a record that can hold a function; those of records within it; and, where
 * the callee knows the type, of records that it points to.
 */
static void add_pointee(struct pointee *pointee, const struct record *record,
	unsigned depth)
{
	for (size_t i = 0; i < record->nfields; i++) {
		const struct field *field = &record->fields[i];
		bool is_pointer = field->type.kind == CXType_Pointer;
		const struct record *next = NULL;

		if (field->place.carrier == CARRIER_FUNCTION ||
			field->place.carrier == CARRIER_CELL)
			flowing_add_flags(pointee->flowing, field->place,
				pointee->argument, pointee->at, pointee->flags);
		else if (depth < MAX_POINTEE_DEPTH &&
			 (!is_pointer || !(pointee->flags & FLOW_RAW)))
			next = records_inner(pointee->flowing->walk, record, i);
		if (next && next != record && !(is_pointer && next->is_system))
			add_pointee(pointee, next, depth + 1);
	}
}

/*
 * A record handed to another unit or a library by address. One that knows the type may
 * call what is in it, and change it; as `void *` or bytes it is only moved.
 */
static void pass_record(struct flowing *flowing, const struct target *target,
	uint32_t site, uint32_t number, uint32_t at)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	uint32_t node = syntax_unconverted(syntax, at);
	CXCursor declaration =
		carrier_record(clang_getCursorType(syntax->nodes[node].cursor));
	struct facts_node argument = {.kind = NODE_ARGUMENT, .a = site, .b = number};
	const struct record *record;
	struct pointee pointee;
	enum carrier parameter;
	bool is_raw;

	if (clang_Cursor_isNull(declaration))
		return;
	record = records_find(flowing->walk, declaration);
	if (!record)
		return;
	parameter = carrier_of(clang_getArgType(target->type, number));
	is_raw = parameter == CARRIER_RAW || parameter == CARRIER_TEXT;
	pointee = (struct pointee){
		.flowing = flowing,
		.argument = call_node(flowing, argument, CARRIER_CELL),
		.at = at,
		.flags = FLOW_POINTEE | (is_raw ? FLOW_RAW : 0),
	};
	add_pointee(&pointee, record, 0);
}

/* A record that another unit or a library made: what is in it is theirs to say. */
static void receive_record(struct flowing *flowing, uint32_t site, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	CXCursor declaration =
		carrier_record(clang_getCursorType(syntax->nodes[node].cursor));
	const struct record *record;
	struct pointee pointee = {
		flowing, {FACTS_NONE, CARRIER_NONE, 0}, node, FLOW_POINTEE};

	if (clang_Cursor_isNull(declaration))
		return;
	record = records_find(flowing->walk, declaration);
	if (!record || !record->has_function || record->is_system)
		return;
	pointee.argument = call_node(flowing,
		(struct facts_node){.kind = NODE_ANSWER, .a = site}, CARRIER_CELL);
	add_pointee(&pointee, record, MAX_POINTEE_DEPTH);
}

/* Append the text of a literal, or of a variable that begins as one; false: it is none.
 */
static bool read_text(CXCursor expression, struct text *out)
{
	CXCursor variable = clang_getCursorReferenced(expression);
	CXEvalResult result;
	bool is_text;

	if (clang_getCursorKind(expression) == CXCursor_StringLiteral) {
		scoped_cxstring literal = clang_getCursorSpelling(expression);
		const char *quoted = clang_getCString(literal);
		size_t size = strlen(quoted);

		if (size >= 2 && quoted[0] == '"')
			text_add_bytes(out, quoted + 1, size - 2);
		return size >= 2;
	}
	if (clang_getCursorKind(variable) != CXCursor_VarDecl)
		return false;
	result = clang_Cursor_Evaluate(clang_Cursor_getVarDeclInitializer(variable));
	is_text = result && clang_EvalResult_getKind(result) == CXEval_StrLiteral;
	if (is_text)
		text_add(out, clang_EvalResult_getAsStr(result));
	if (result)
		clang_EvalResult_dispose(result);
	return is_text;
}

static void pass_text(struct flowing *flowing, uint32_t site, uint32_t number,
	uint32_t at)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	struct facts_node argument = {.kind = NODE_ARGUMENT, .a = site, .b = number};
	scoped_text name = {0};

	if (!read_text(syntax->nodes[syntax_unconverted(syntax, at)].cursor, &name))
		return;
	flowing_add(flowing,
		call_node(flowing,
			(struct facts_node){
				.kind = NODE_TEXT,
				.name = facts_intern(flowing->walk->facts,
					text_string(&name)),
			},
			CARRIER_RAW),
		call_node(flowing, argument, CARRIER_RAW), at);
}

/* What the callee takes an argument for; one that it has no type for, as anything. */
static enum carrier passed_as(struct flowing *flowing, const struct target *target,
	uint32_t number, uint32_t at)
{
	if ((int)number >= clang_getNumArgTypes(target->type))
		return CARRIER_RAW;
	return carrier_of(clang_getCursorType(flowing_node(flowing, at)->cursor));
}

static void pass(struct flowing *flowing, const struct target *target, uint32_t site,
	uint32_t number, uint32_t at)
{
	struct facts_node argument = {.kind = NODE_ARGUMENT, .a = site, .b = number};
	struct place_node value;

	if (target->is_undefined)
		pass_record(flowing, target, site, number, at);
	value = flowing_convert(flowing, at, passed_as(flowing, target, number, at));
	if (value.node == FACTS_NONE)
		return;
	if (value.carrier == CARRIER_INTEGER) {
		flowing_lose(flowing, at);
		return;
	}
	/* Library functions that take text neither keep nor call anything. */
	if (target->is_system && is_text(clang_getArgType(target->type, number)))
		return;
	flowing_add(flowing, value, call_node(flowing, argument, value.carrier), at);
	/* `(char *)f`: an address as bytes, whatever it is passed to. */
	if (value.carrier == CARRIER_FUNCTION &&
		carrier_of(clang_getCursorType(flowing_node(flowing, at)->cursor)) ==
			CARRIER_TEXT)
		flowing_add(flowing, value,
			flowing_plain(flowing, NODE_BYTES, CARRIER_INTEGER), at);
}

/* Does the callee look a function up by its name? */
static bool is_lookup(CXCursor call)
{
	scoped_cxstring spelling = clang_getCursorSpelling(call);

	return strstr(clang_getCString(spelling), "sym") != NULL;
}

struct place_node flowing_call(struct flowing *flowing, uint32_t node)
{
	const struct syntax *syntax = &flowing->walk->syntax;
	CXCursor call = syntax->nodes[node].cursor;
	uint32_t site = syntax->nodes[node].site;
	uint32_t callee = syntax_first(syntax, node), child, number = 0;
	enum carrier carrier = carrier_of(clang_getCursorType(call));
	struct target target;
	bool may_look_up;

	if (site == FACTS_NONE)
		return pseudo_call(flowing, node);
	target = target_of(flowing, site, node);
	may_look_up = target.is_undefined && is_lookup(call);
	child = callee ? syntax_next(syntax, node, callee) : 0;
	for (; child; child = syntax_next(syntax, node, child), number++) {
		pass(flowing, &target, site, number, child);
		if (may_look_up)
			pass_text(flowing, site, number, child);
	}
	if (facts_site(flowing->walk->facts, site)->callee == FACTS_NONE) {
		struct place_node called = syntax->nodes[callee].value;

		if (called.node == FACTS_NONE)
			called = flowing_plain(flowing, NODE_OTHER, CARRIER_FUNCTION);
		if (called.shift) {
			struct place_node loaded =
				flowing_temporary(flowing, CARRIER_FUNCTION);

			flowing_add(flowing, called, loaded, node);
			called = loaded;
		}
		facts_site(flowing->walk->facts, site)->node = called.node;
	}
	if (target.is_undefined && !target.is_system && carrier == CARRIER_NONE)
		receive_record(flowing, site, node);
	if (carrier == CARRIER_NONE ||
		(target.is_system && is_text(clang_getCursorType(call))))
		return nowhere;
	return call_node(flowing, (struct facts_node){.kind = NODE_ANSWER, .a = site},
		carrier);
}
