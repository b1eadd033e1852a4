#include "analyzer/clang/unit.h"

#include "analyzer/clang/calls.h"
#include "analyzer/clang/declarations.h"
#include "analyzer/clang/flow.h"
#include "analyzer/clang/outline.h"
#include "analyzer/clang/parse.h"
#include "analyzer/clang/places.h"
#include "analyzer/clang/records.h"
#include "analyzer/clang/sources.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/tables.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts_builder.h"
#include "analyzer/workers/extractor.h"
#include "core/arena.h"
#include "core/finding.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_DIAGNOSTICS = 20
}; /* kept of one unit; the first ones say why */

static bool holds_error(struct walk *walk, CXSourceRange range)
{
	struct place start, end;

	if (!walk->nerrors)
		return false;
	start = place_of(walk, clang_getRangeStart(range));
	end = place_of(walk, clang_getRangeEnd(range));
	for (size_t i = 0; i < walk->nerrors; i++) {
		const struct place *error = &walk->errors[i];

		if (error->file == start.file && error->offset >= start.offset &&
			error->offset <= end.offset)
			return true;
	}
	return false;
}

static void read_body(struct walk *walk, CXCursor definition, uint32_t function)
{
	if (holds_error(walk, clang_getCursorExtent(definition)))
		facts_function(walk->facts, function)->flags |= FUNCTION_PARTIAL;
	syntax_read(&walk->syntax, definition);
	calls_read(walk, function);
	flow_read(walk, function);
	outline_read(walk, function);
}

/*
 * Of what system headers define, only what is used is read, once it is: OpenSSL alone has
 * 300 inline functions.
 */
static void read_pending(struct walk *walk)
{
	while (walk->npending) {
		CXCursor definition = walk->pending[--walk->npending];

		read_body(walk, definition,
			declarations_function(walk, definition, clang_getNullLocation()));
	}
}

static void read_function(struct walk *walk, CXCursor cursor)
{
	if (!clang_isCursorDefinition(cursor))
		declarations_add_attributes(walk, cursor);
	else
		read_body(walk, cursor,
			declarations_function(walk, cursor, clang_getNullLocation()));
}

static void read_variable(struct walk *walk, CXCursor cursor)
{
	places_define(walk, cursor);
	if (clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(cursor)))
		return;
	syntax_read(&walk->syntax, cursor);
	calls_read(walk, FACTS_NONE);
	flow_read(walk, FACTS_NONE);
	outline_read(walk, FACTS_NONE);
}

/* The types of what other units see are theirs, too. */
static void expose_types(struct walk *walk, CXCursor cursor)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
	int count = clang_getNumArgTypes(type);

	if (clang_getCursorLinkage(cursor) != CXLinkage_External ||
		!clang_Location_isFromMainFile(clang_getCursorLocation(cursor)))
		return;
	records_expose(walk, count < 0 ? type : clang_getResultType(type));
	for (int i = 0; i < count; i++)
		records_expose(walk, clang_getArgType(type, (unsigned)i));
}

static enum CXChildVisitResult read_declaration(CXCursor cursor, CXCursor parent,
	CXClientData data)
{
	struct walk *walk = data;
	enum CXCursorKind kind = clang_getCursorKind(cursor);
	bool is_wanted = kind == CXCursor_FunctionDecl || kind == CXCursor_VarDecl;

	(void)parent;
	if (!is_wanted ||
		clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)))
		return CXChildVisit_Continue;
	expose_types(walk, cursor);
	if (kind == CXCursor_FunctionDecl)
		read_function(walk, cursor);
	else
		read_variable(walk, cursor);
	return CXChildVisit_Continue;
}

/* The driver's complaints have no place: a flag that GCC knows and clang does not. */
static bool is_flag_complaint(const struct place *place,
	enum CXDiagnosticSeverity severity)
{
	return place->file == FACTS_NONE && severity != CXDiagnostic_Fatal;
}

/* How clang says that GCC's nested functions are not C to it. */
static const char nested[] = "function definition is not allowed here";

static void read_diagnostic(struct walk *walk, CXDiagnostic diagnostic, size_t *room)
{
	enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(diagnostic);
	struct place place;

	if (severity < CXDiagnostic_Error)
		return;
	place = place_of(walk, clang_getDiagnosticLocation(diagnostic));
	if (is_flag_complaint(&place, severity))
		severity = CXDiagnostic_Warning;
	if (walk->nerrors < MAX_DIAGNOSTICS || severity < CXDiagnostic_Error) {
		scoped_cxstring text = clang_getDiagnosticSpelling(diagnostic);

		walk->has_nested_function |=
			strstr(clang_getCString(text), nested) != NULL;
		facts_add_diagnostic(walk->facts,
			(struct facts_diagnostic){
				.file = place.file,
				.line = place.line,
				.column = place.column,
				.severity = severity,
				.text = facts_intern(walk->facts, clang_getCString(text)),
			});
	}
	if (severity < CXDiagnostic_Error)
		return;
	walk->errors = grow(walk->errors, walk->nerrors, room, sizeof(*walk->errors));
	walk->errors[walk->nerrors++] = place;
}

static void read_diagnostics(struct walk *walk, CXTranslationUnit tu, bool lost_flags)
{
	size_t room = 0;

	if (lost_flags)
		facts_add_diagnostic(walk->facts,
			(struct facts_diagnostic){
				.file = FACTS_NONE,
				.severity = CXDiagnostic_Warning,
				.text = facts_intern(walk->facts,
					"libclang refuses its flags; read without those that "
					"tune the machine code"),
			});
	for (unsigned i = 0; i < clang_getNumDiagnostics(tu); i++) {
		CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);

		read_diagnostic(walk, diagnostic, &room);
		clang_disposeDiagnostic(diagnostic);
	}
}

static void build(struct walk *walk, const struct extract_input *input,
	struct extract_output *out)
{
	struct facts_unit unit = {
		.kind = input->is_prefix ? FACTS_PREFIX : FACTS_UNIT,
		.path = facts_intern(walk->facts, input->file),
		.arguments = facts_intern_words(walk->facts, input->arguments,
			input->narguments),
		.status = walk->nerrors ? UNIT_PARTIAL : UNIT_PARSED,
		.finding = walk->has_nested_function ? FINDING_NESTED_FUNCTION
						     : FINDING_UNIT_PARTIAL,
		.prefix = facts_intern(walk->facts, input->pch ? input->pch : ""),
	};

	facts_build(walk->facts, unit, &out->facts);
	sources_list(walk->sources, out);
}

void unit_read(const struct extract_input *input, const struct parsed *parsed,
	struct sources *sources, struct extract_output *out)
{
	struct walk walk = {
		.facts = facts_builder_new(),
		.sources = sources,
		.declarations = declarations_new(),
		.places = places_new(),
		.tables = tables_new(),
		.records = records_new(),
		.outlines = outlines_new(),
	};

	sources_begin(sources, parsed->tu, walk.facts);
	read_diagnostics(&walk, parsed->tu, parsed->lost_flags);
	out->pch_failed = input->pch && walk.nerrors;
	if (!out->pch_failed) {
		clang_visitChildren(clang_getTranslationUnitCursor(parsed->tu),
			read_declaration, &walk);
		read_pending(&walk);
		tables_finish(&walk);
		build(&walk, input, out);
	}
	syntax_release(&walk.syntax);
	declarations_free(walk.declarations);
	places_free(walk.places);
	tables_free(walk.tables);
	records_free(walk.records);
	outlines_free(walk.outlines);
	facts_builder_free(walk.facts);
	free(walk.errors);
	free(walk.pending);
}
