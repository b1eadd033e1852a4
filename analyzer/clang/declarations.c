#include "analyzer/clang/declarations.h"

#include "analyzer/clang/attributes.h"
#include "analyzer/clang/sources.h"
#include "analyzer/clang/string.h"
#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts_builder.h"
#include "core/arena.h"
#include "core/text.h"
#include "core/trace.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

/* A function by its first declaration, which all others share. */
struct declared {
	UT_hash_handle hh;
	const void *declaration;
	uint32_t function;
};

struct declarations {
	struct arena arena;
	struct declared *declared;
};

struct declarations *declarations_new(void)
{
	struct declarations *declarations = xmalloc(sizeof(*declarations));

	*declarations = (struct declarations){0};
	return declarations;
}

void declarations_free(struct declarations *declarations)
{
	HASH_CLEAR(hh, declarations->declared);
	arena_release(&declarations->arena);
	free(declarations);
}

static int compare_names(const void *key, const void *name)
{
	return strcmp(key, *(const char *const *)name);
}

/*
 * Library functions that GCC also offers as __builtin_NAME and that may end in a real
 * call. Source: GCC manual, "Other Built-in Functions Provided by GCC". Sorted.
 */
static const char *const library_builtins[] = {
	"_exit",
	"abort",
	"calloc",
	"exit",
	"fprintf",
	"fputc",
	"fputs",
	"free",
	"fwrite",
	"index",
	"malloc",
	"memchr",
	"memcmp",
	"memcpy",
	"memmove",
	"mempcpy",
	"memset",
	"printf",
	"putchar",
	"puts",
	"realloc",
	"rindex",
	"snprintf",
	"sprintf",
	"stpcpy",
	"stpncpy",
	"strcasecmp",
	"strcat",
	"strchr",
	"strcmp",
	"strcpy",
	"strcspn",
	"strdup",
	"strlen",
	"strncasecmp",
	"strncat",
	"strncmp",
	"strncpy",
	"strndup",
	"strpbrk",
	"strrchr",
	"strspn",
	"strstr",
	"vfprintf",
	"vprintf",
	"vsnprintf",
	"vsprintf",
};

/* The library function that `name` calls in the end; NULL when there is none. */
static const char *library_name(const char *name)
{
	const size_t count = sizeof(library_builtins) / sizeof(library_builtins[0]);

	if (!text_has_prefix(name, "__builtin_"))
		return NULL;
	name += strlen("__builtin_");
	if (text_has_prefix(name, "__") && text_has_suffix(name, "_chk"))
		return name; /* __memcpy_chk */
	if (!bsearch(name, library_builtins, count, sizeof(char *), compare_names))
		return NULL;
	return name;
}

bool declarations_is_pseudo(const char *name)
{
	static const char *const prefixes[] = {"__builtin_", "__sync_", "__atomic_",
		"__c11_atomic_", "__scoped_atomic_"};

	if (name[0] != '_' || name[1] != '_')
		return false;
	if (library_name(name))
		return false;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (text_has_prefix(name, prefixes[i]))
			return true;
	return false;
}

bool declarations_is_unevaluated(const char *name)
{
	return strcmp(name, "__builtin_constant_p") == 0 ||
	       strcmp(name, "__builtin_object_size") == 0 ||
	       strcmp(name, "__builtin_dynamic_object_size") == 0 ||
	       strcmp(name, "__builtin_classify_type") == 0;
}

bool declarations_signature(CXType type, struct text *out)
{
	static const char noreturn[] = " __attribute__((noreturn))";
	scoped_cxstring spelling = clang_getTypeSpelling(clang_getCanonicalType(type));
	const char *at = clang_getCString(spelling), *found;
	bool is_noreturn = text_has_suffix(at, noreturn);

	for (; (found = strstr(at, noreturn)); at = found + strlen(noreturn))
		text_add_bytes(out, at, (size_t)(found - at));
	text_add(out, at);
	return is_noreturn;
}

static unsigned count_parameters(CXCursor cursor)
{
	int n = clang_Cursor_getNumArguments(cursor);

	/* `fn_t f;`, a typedef of a function type: no parameter has a cursor. */
	if (n <= 0)
		n = clang_getNumArgTypes(clang_getCursorType(cursor));
	return n > 0 ? (unsigned)n : 0;
}

static unsigned type_flags(CXCursor cursor)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
	unsigned flags = 0;

	if (type.kind == CXType_FunctionNoProto)
		flags |= FUNCTION_NO_PROTOTYPE;
	else if (clang_isFunctionTypeVariadic(type))
		flags |= FUNCTION_VARIADIC;
	if (clang_Cursor_isFunctionInlined(cursor))
		flags |= FUNCTION_INLINE;
	if (clang_getCursorLinkage(cursor) == CXLinkage_Internal)
		flags |= FACTS_INTERNAL;
	return flags;
}

enum CXChildVisitResult declarations_find_label(CXCursor cursor, CXCursor parent,
	CXClientData data)
{
	(void)parent;
	if (clang_getCursorKind(cursor) != CXCursor_AsmLabelAttr)
		return CXChildVisit_Continue;
	*(CXCursor *)data = cursor;
	return CXChildVisit_Break;
}

static void read_attributes(struct walk *walk, CXCursor cursor, struct facts_function *fn)
{
	CXCursor label = clang_getNullCursor();
	struct attributes attributes;

	if (!clang_Cursor_hasAttrs(cursor))
		return;
	clang_visitChildren(cursor, declarations_find_label, &label);
	if (!clang_Cursor_isNull(label)) {
		scoped_cxstring symbol = clang_getCursorSpelling(label);

		fn->symbol = facts_intern(walk->facts, clang_getCString(symbol));
	}
	/* A library's own attributes do not matter here, and there are many of them. */
	if (fn->flags & FACTS_SYSTEM)
		return;
	attributes_read(cursor, &attributes);
	fn->flags |= attributes.flags;
	if (attributes.target[0])
		fn->target = facts_intern(walk->facts, attributes.target);
}

static void read_place(struct walk *walk, CXCursor cursor, CXSourceLocation use,
	struct facts_function *fn)
{
	CXSourceLocation location = clang_getCursorLocation(cursor);
	struct place place = place_of(walk, location);

	if (place.file == FACTS_NONE) {
		fn->flags |= FACTS_BUILTIN;
		return;
	}
	if (!(fn->flags & FACTS_DEFINED) && clang_equalLocations(location, use)) {
		fn->flags |= FACTS_IMPLICIT;
		fn->file = FACTS_NONE;
		return;
	}
	fn->file = place.file;
	fn->line = place.line;
	fn->column = place.column;
	fn->offset = place.offset;
	if (clang_Location_isInSystemHeader(location))
		fn->flags |= FACTS_SYSTEM;
	if (fn->flags & FACTS_DEFINED)
		fn->end_line =
			place_of(walk, clang_getRangeEnd(clang_getCursorExtent(cursor)))
				.line;
}

static uint32_t add_function(struct walk *walk, CXCursor cursor, CXSourceLocation use)
{
	CXCursor definition = clang_getCursorDefinition(cursor);
	bool is_defined = !clang_Cursor_isNull(definition);
	CXCursor shown = is_defined ? definition : cursor;
	scoped_cxstring name = clang_getCursorSpelling(shown);
	scoped_text signature = {0};
	bool is_noreturn = declarations_signature(clang_getCursorType(shown), &signature);
	const char *library = library_name(clang_getCString(name));
	struct facts_function fn = {
		.name = facts_intern(walk->facts,
			library ? library : clang_getCString(name)),
		.signature = facts_intern(walk->facts, text_string(&signature)),
		.file = FACTS_NONE,
		.arity = count_parameters(shown),
		.flags = type_flags(shown) | (is_defined ? FACTS_DEFINED : 0) |
			 (is_noreturn ? FUNCTION_NORETURN : 0),
	};

	read_place(walk, shown, use, &fn);
	read_attributes(walk, shown, &fn);
	if (library) /* declared by the compiler, so not "without a declaration" */
		fn.flags = (fn.flags & ~(uint32_t)FACTS_IMPLICIT) | FACTS_BUILTIN;
	if (is_defined && (fn.flags & FACTS_SYSTEM)) {
		walk->pending = grow(walk->pending, walk->npending, &walk->pending_room,
			sizeof(*walk->pending));
		walk->pending[walk->npending++] = definition;
	}
	return facts_add_function(walk->facts, fn);
}

uint32_t declarations_function(struct walk *walk, CXCursor cursor, CXSourceLocation use)
{
	CXCursor canonical = clang_getCanonicalCursor(cursor);
	const void *declaration = canonical.data[0];
	struct declared *entry;

	HASH_FIND_PTR(walk->declarations->declared, &declaration, entry);
	if (entry)
		return entry->function;
	entry = arena_alloc(&walk->declarations->arena, sizeof(*entry));
	entry->declaration = declaration;
	entry->function = add_function(walk, canonical, use);
	HASH_ADD_PTR(walk->declarations->declared, declaration, entry);
	return entry->function;
}

void declarations_add_attributes(struct walk *walk, CXCursor cursor)
{
	uint32_t function;
	struct facts_function fn;

	if (!clang_Cursor_hasAttrs(cursor) ||
		clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)))
		return;
	function = declarations_function(walk, cursor, clang_getNullLocation());
	fn = *facts_function(walk->facts, function);
	read_attributes(walk, cursor, &fn);
	*facts_function(walk->facts, function) = fn;
}
