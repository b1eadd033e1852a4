/* The terms of declarations that expressions name, and of literals. */
#include "analyzer/clang/attributes.h"
#include "analyzer/clang/carrier.h"
#include "analyzer/clang/declarations.h"
#include "analyzer/clang/outlining.h"
#include "analyzer/clang/records.h"
#include "analyzer/clang/string.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#define NUL_TEXT                                                              \
	"\xee\x80\x80" /* U+E000, of private use: no text of ours holds a NUL \
			*/

/* By clang's object for the declaration. */
struct known_name {
	UT_hash_handle hh;
	const void *declaration;
	struct facts_term term;
};

void outline_names_free(struct outlines *outlines)
{
	HASH_CLEAR(hh, outlines->names);
	arena_release(&outlines->arena);
}

uint32_t outline_intern(struct walk *walk, const char *string)
{
	return facts_intern(walk->facts, string);
}

static CXType element_type(CXType type)
{
	type = clang_getCanonicalType(type);
	while (carrier_is_array(type))
		type = clang_getCanonicalType(clang_getArrayElementType(type));
	return type;
}

uint32_t outline_record(struct walk *walk, CXType type)
{
	scoped_text name = {0};

	type = element_type(type);
	while (type.kind == CXType_Pointer)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	if (type.kind != CXType_Record)
		return 0;
	records_name(clang_getTypeDeclaration(type), &name);
	return outline_intern(walk, text_string(&name));
}

bool outline_is_text(CXType type)
{
	type = clang_getCanonicalType(type);
	if (type.kind == CXType_Pointer)
		type = clang_getCanonicalType(clang_getPointeeType(type));
	return type.kind == CXType_Char_S || type.kind == CXType_Char_U ||
	       type.kind == CXType_SChar || type.kind == CXType_UChar;
}

/* An array of the linker's making: rows that no source has in one place. */
static bool is_in_section(CXCursor declaration)
{
	CXCursor definition = clang_getCursorDefinition(declaration);
	struct attributes attributes;

	if (!clang_Cursor_isNull(definition))
		declaration = definition;
	if (!clang_Cursor_hasAttrs(declaration))
		return false;
	attributes_read(declaration, &attributes);
	return attributes.has_section;
}

static uint32_t variable_flags(CXCursor declaration, CXType type)
{
	uint32_t flags = 0;

	if (clang_getCursorLinkage(declaration) == CXLinkage_External)
		flags |= VARIABLE_EXTERNAL;
	else if (clang_getCursorLinkage(declaration) == CXLinkage_Internal ||
		 clang_Cursor_getStorageClass(declaration) == CX_SC_Static)
		flags |= VARIABLE_STATIC;
	if (carrier_is_array(type))
		flags |= VARIABLE_ARRAY;
	if (element_type(type).kind == CXType_Pointer)
		flags |= VARIABLE_POINTER;
	if (outline_is_text(element_type(type)))
		flags |= VARIABLE_TEXT;
	if (is_in_section(declaration))
		flags |= VARIABLE_SECTION;
	return flags;
}

static struct facts_term variable_term(struct walk *walk, CXCursor declaration)
{
	struct place place = place_of(walk, clang_getCursorLocation(declaration));
	CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
	scoped_cxstring name = clang_getCursorSpelling(declaration);

	return (struct facts_term){
		.kind = TERM_VARIABLE,
		.a = facts_add_variable(walk->facts,
			(struct facts_variable){
				.name = outline_intern(walk, clang_getCString(name)),
				.file = place.file,
				.offset = place.offset,
				.line = place.line,
				.record = outline_record(walk, type),
				.flags = variable_flags(declaration, type),
			}),
	};
}

static struct facts_term enumerator_term(struct walk *walk, CXCursor declaration)
{
	scoped_cxstring name = clang_getCursorSpelling(declaration);

	return (struct facts_term){
		.kind = TERM_NUMBER,
		.a = (uint32_t)clang_getEnumConstantDeclValue(declaration),
		.name = outline_intern(walk, clang_getCString(name)),
	};
}

static struct facts_term field_term(struct walk *walk, CXCursor declaration)
{
	CXCursor record = clang_getCursorSemanticParent(declaration);
	scoped_cxstring name = clang_getCursorSpelling(declaration);

	return (struct facts_term){
		.kind = TERM_FIELD,
		.a = outline_record(walk, clang_getCursorType(record)),
		.name = outline_intern(walk, clang_getCString(name)),
	};
}

/* The number of a parameter: which one it is in the function around it. */
static struct facts_term parameter_term(struct walk *walk, CXCursor declaration)
{
	CXCursor function = walk->syntax.nodes[0].cursor;
	int count = clang_Cursor_getNumArguments(function);

	for (int i = 0; i < count; i++)
		if (clang_equalCursors(clang_Cursor_getArgument(function, (unsigned)i),
			    declaration))
			return (struct facts_term){
				.kind = TERM_PARAMETER, .a = (uint32_t)i};
	return (struct facts_term){.kind = TERM_OTHER};
}

static struct facts_term make(struct walk *walk, CXCursor declaration)
{
	switch (clang_getCursorKind(declaration)) {
	case CXCursor_VarDecl:
		return variable_term(walk, declaration);
	case CXCursor_ParmDecl:
		return parameter_term(walk, declaration);
	case CXCursor_EnumConstantDecl:
		return enumerator_term(walk, declaration);
	case CXCursor_FieldDecl:
		return field_term(walk, declaration);
	default:
		return (struct facts_term){.kind = TERM_OTHER};
	}
}

static struct facts_term term_of(struct walk *walk, CXCursor declaration)
{
	struct outlines *outlines = walk->outlines;
	struct known_name *known;
	const void *key;

	declaration = clang_getCanonicalCursor(declaration);
	key = declaration.data[0];
	HASH_FIND_PTR(outlines->names, &key, known);
	if (!known) {
		struct facts_term term = make(walk, declaration);

		known = arena_alloc(&outlines->arena, sizeof(*known));
		known->declaration = key;
		known->term = term;
		HASH_ADD_PTR(outlines->names, declaration, known);
	}
	return known->term;
}

struct facts_term outline_name(struct walk *walk, CXCursor reference)
{
	CXCursor referenced = clang_getCursorReferenced(reference);

	if (clang_getCursorKind(referenced) == CXCursor_FunctionDecl)
		return (struct facts_term){
			.kind = TERM_FUNCTION,
			.a = declarations_function(walk, referenced,
				clang_getCursorLocation(reference)),
		};
	return term_of(walk, referenced);
}

struct facts_term outline_field(struct walk *walk, CXCursor member)
{
	return term_of(walk, clang_getCursorReferenced(member));
}

struct facts_term outline_variable(struct walk *walk, CXCursor declaration)
{
	struct facts_term term = term_of(walk, declaration);

	term.kind = TERM_OBJECT;
	return term;
}

static char octal(const char **at)
{
	unsigned value = 0;

	for (int i = 0; i < 3 && **at >= '0' && **at <= '7'; i++)
		value = value * 8 + (unsigned)(*(*at)++ - '0');
	return (char)(unsigned char)value;
}

/* The character that a backslash before `*at` makes; libclang writes no others. */
static char escaped(const char **at)
{
	static const char letters[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
	const char *letter = strchr(letters, **at);

	if (**at >= '0' && **at <= '7')
		return octal(at);
	if (letter) {
		++*at;
		return values[letter - letters];
	}
	return *(*at)++;
}

struct facts_term outline_text(struct walk *walk, CXCursor literal)
{
	scoped_cxstring quoted = clang_getCursorSpelling(literal);
	const char *at = strchr(clang_getCString(quoted), '"');
	scoped_text string = {0};

	if (!at)
		return (struct facts_term){.kind = TERM_OTHER};
	for (at++; *at && *at != '"';) {
		char byte = *at++;

		if (byte == '\\' && *at)
			byte = escaped(&at);
		if (byte)
			text_add_char(&string, byte);
		else
			text_add(&string, NUL_TEXT);
	}
	return (struct facts_term){
		.kind = TERM_TEXT,
		.name = outline_intern(walk, text_string(&string)),
	};
}
