/*
 * What one translation unit says: functions, call sites, where function values flow,
 * diagnostics. Nothing is resolved.
 *
 * A facts image is one block of bytes: a header, then arrays of fixed-size records, then
 * the strings that they refer to; native byte order, every array 8-byte aligned. It is
 * used in place, mapped from the cache. An archive is images one after another, so that
 * `cat` joins them. Strings are offsets into the string block; offset 0 is "".
 */
#ifndef PCARCH_ANALYZER_FACTS_FACTS_H
#define PCARCH_ANALYZER_FACTS_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;

/* Part of the cache key: changes with what the extractor says, or how. */
enum {
	FACTS_VERSION = 9
};

enum {
	FACTS_NONE = UINT32_MAX
};

enum facts_function_flag { /* above those of enum function_flag, core/trace.h */
	FACTS_DEFINED = 1 << 24,
	FACTS_INTERNAL = 1 << 25, /* known by its place, not by its name */
	FACTS_IMPLICIT = 1 << 26, /* called without a declaration */
	FACTS_SYSTEM = 1 << 27, /* declared in a system header */
	FACTS_BUILTIN = 1 << 28, /* known to the compiler, declared nowhere */
	FACTS_BY_NAME = 1 << 29, /* only its name is known (attribute cleanup) */
};

struct facts_function {
	uint32_t name, signature;
	uint32_t symbol; /* the name the linker sees, where the source renames it; or 0 */
	uint32_t target; /* of an alias or an ifunc: a symbol; or 0 */
	uint32_t file; /* index; FACTS_NONE: no place */
	uint32_t line, column, offset; /* of the name; offset in bytes */
	uint32_t end_line;
	uint32_t arity;
	uint32_t flags; /* enum function_flag | enum facts_function_flag */
	uint32_t first_site, nsites; /* its calls; none unless FACTS_DEFINED */
	uint32_t flow_hash; /* of its flows: equal bodies are linked once */
};

enum facts_site_flag {
	FACTS_SITE_IN_MACRO = 1 << 0,
	FACTS_SITE_CLEANUP = 1 << 1, /* by __attribute__((cleanup)), at the variable */
};

struct facts_site {
	uint32_t file, line, column; /* expansion */
	uint32_t spelling_file; /* FACTS_NONE: the same place */
	uint32_t spelling_line, spelling_column;
	uint32_t ordinal; /* among the caller's sites at one place, in source order */
	uint32_t callee; /* function, for CALLEE_NAME; else FACTS_NONE */
	uint32_t expression; /* enum callee_expression, core/trace.h */
	uint32_t expression_name, signature; /* for an indirect site */
	uint32_t node; /* what an indirect site calls; FACTS_NONE for a direct one */
	uint32_t flags;
};

/* A function used as a value: its address is taken. */
struct facts_use {
	uint32_t user; /* a FACTS_DEFINED function; FACTS_NONE: outside of functions */
	uint32_t used; /* function */
};

/*
 * Where a function's address may be, or what it may come from. What is in a node is such
 * an address, or that of memory with one, or of memory deeper down. Expressions have no
 * nodes but those of the places in them: `&x`, `*p` and `a[i]` are x one up, p and a one
 * down (enum facts_flow_flag); an array is the address of its elements, which are one.
 * There are no objects: a field is one place for all objects of its type. Source of the
 * scheme: Heintze and Tardieu, "Ultra-fast aliasing analysis using CLA", PLDI 2001.
 */
enum facts_node_kind {
	NODE_FUNCTION, /* a value: the address of function `a` */
	NODE_INTEGER, /* a value: an integer that is used as an address */
	NODE_OTHER, /* a value: of an expression that is not understood */
	NODE_GLOBAL, /* the variable `name`; `a`: 1 where this unit defines it */
	NODE_STATIC, /* a variable at offset `b` of file `a` */
	NODE_LOCAL,
	NODE_PARAMETER, /* number `b` of function `a` */
	NODE_REST, /* the arguments of function `a` after its parameters */
	NODE_RESULT, /* what function `a` returns */
	NODE_FIELD, /* `name` of record `a`; `b`: its signature if it points to a function
		     */
	NODE_UNION, /* the members of record `a`, which share their memory */
	NODE_TEMPORARY,
	NODE_ARGUMENT, /* number `b` of the call at site `a` */
	NODE_ANSWER, /* what the call at site `a` returns */
	NODE_TEXT, /* a value: the string literal `name` */
	NODE_LOADED, /* a record `a` in memory of an object that is loaded at run time */
	NODE_BYTES, /* integers that hold addresses: one node for the whole program */
	NODE_KINDS,
};

/* What a node can hold, by its type. */
enum facts_node_holds {
	HOLDS_ADDRESS = 1 << 0, /* a function's address */
	HOLDS_MEMORY = 1 << 1, /* the address of memory with such addresses */
};

struct facts_node {
	uint16_t kind; /* enum facts_node_kind */
	uint16_t holds; /* enum facts_node_holds; 0 is not known: both */
	uint32_t a, b;
	uint32_t name;
};

enum facts_flow_flag {
	FLOW_BOTH_WAYS = 1 << 0, /* they share memory: a pointer to pointers is copied */
	FLOW_RAW = 1 << 1, /* by `void *`: the same, if memory behind `to` is written */
	FLOW_POINTEE = 1 << 2, /* `to` points to a record with the field `from`; with
				* FLOW_RAW the callee does not know the record's type */
	FLOW_STORE = 1 << 3, /* into the memory that `to` points to: `*to = from` */
	FLOW_UP = 1 << 4, /* `to = &from`, or `*to = from` */
	FLOW_DOWN = 1 << 5, /* `to = *from`, or `&to = from` where it is copied back */
	FLOW_TWICE = 1 << 6, /* with one of those: twice or more */
	FLOW_VIEW = 1 << 7, /* `to` is a field of a record behind `from`, a `void *` */
	FLOW_PAIRED = 1 << 8, /* `*o->to = o->from`: both fields are of one object */
	FLOW_LOADED = 1 << 9, /* only that it comes from an object loaded at run time */
};

/* What is in `from` may come to be in `to`. */
struct facts_flow {
	uint32_t from, to; /* node */
	uint32_t file, line;
	uint32_t owner; /* the FACTS_DEFINED function; FACTS_NONE: outside of functions */
	uint32_t flags;
	uint32_t row; /* of the initialiser in one pair of braces, from 1; 0: none */
};

enum facts_record_flag {
	RECORD_SYSTEM = 1 << 0, /* declared in a system header */
	RECORD_PRIVATE =
		1 << 1, /* defined in the source, and nothing that others see has it */
};

/* A struct or union that can hold a function's address. */
struct facts_record {
	uint32_t file, offset; /* of its definition */
	uint32_t name; /* tag or typedef; "" */
	uint32_t shape; /* with the same name it is the same type in another unit:
			   C11 6.2.7 */
	uint32_t flags;
};

/* A variable that an outline names. */
struct facts_variable {
	uint32_t name;
	uint32_t file, offset; /* of its declaration; file FACTS_NONE: no place */
	uint32_t line;
	uint32_t record; /* its type, or that of its elements or pointees: tag or typedef
			  */
	uint32_t flags; /* enum facts_variable_flag */
};

enum facts_variable_flag {
	VARIABLE_EXTERNAL = 1 << 0, /* known to other units by its name */
	VARIABLE_STATIC = 1 << 1, /* of the source, or of a function */
	VARIABLE_ARRAY = 1 << 2,
	VARIABLE_POINTER = 1 << 3,
	VARIABLE_TEXT = 1 << 4, /* points to characters, or is an array of them */
	VARIABLE_SECTION = 1 << 5, /* in a section of the linker that its author named */
};

/*
 * An outline: of the syntax of a body, or of a variable's initialiser, what can show
 * which command runs which function. Terms are in pre-order: what is below term `t` is
 * t + 1 to end - 1. Casts and parentheses are left out; an expression of no interest is
 * TERM_OTHER without children; a statement of no interest is not there.
 */
enum facts_term_kind {
	TERM_BODY, /* a root: of function `a`; its statements */
	TERM_OBJECT, /* variable `a` and its initialiser; a root outside of bodies */
	TERM_BLOCK,
	TERM_IF, /* condition, then; and else: TERM_NOTHING stands for an empty one */
	TERM_SWITCH, /* subject, body */
	TERM_CASE, /* value, statement; the statements after it follow in the block */
	TERM_CASE_DEFAULT, /* statement */
	TERM_LOOP, /* its parts; `a`: how many of the last are the body: 0, 1 */
	TERM_RETURN, /* value, or none */
	TERM_BREAK,
	TERM_CONTINUE,
	TERM_GOTO, /* label `name` */
	TERM_LABEL, /* label `name`; statement */
	TERM_NOTHING,
	TERM_CALL, /* at site `a`, or FACTS_NONE; callee, arguments */
	TERM_ASSIGN, /* to, value; initialisers of locals are TERM_OBJECT */
	TERM_EQUAL, /* of two */
	TERM_UNEQUAL,
	TERM_AND,
	TERM_OR,
	TERM_NOT,
	TERM_CHOICE, /* condition, value, value */
	TERM_COMMA,
	TERM_ADD, /* `p + n`, `p++`, …: the pointer; and what is added, if it is told */
	TERM_DEREF,
	TERM_ADDRESS,
	TERM_ELEMENT, /* array, index */
	TERM_FIELD, /* object; its field `name`; `a`: the record's tag or typedef */
	TERM_TEXT, /* the string literal `name` */
	TERM_NUMBER, /* the low 32 bits `a`; `name`: the enumerator, or "" */
	TERM_FUNCTION, /* function `a` */
	TERM_VARIABLE, /* variable `a` */
	TERM_PARAMETER, /* number `a` of the function */
	TERM_LIST, /* an object in braces; `name`: the record's tag or typedef, or "";
		    * `a`: 1 for an array; slots */
	TERM_SLOT, /* field `name`, or element `a`; value or TERM_LIST */
	TERM_OTHER,
	TERM_KINDS,
};

struct facts_term {
	uint32_t kind; /* enum facts_term_kind */
	uint32_t end; /* index after the last term below this one */
	uint32_t a, name;
	uint32_t file, line; /* where it begins */
};

struct facts_diagnostic {
	uint32_t file, line, column; /* file FACTS_NONE: no place */
	uint32_t severity; /* as in CXDiagnosticSeverity: 3 error, 4 fatal */
	uint32_t text;
};

struct facts_file {
	uint32_t path; /* absolute, symlinks resolved */
};

enum facts_kind {
	FACTS_UNIT,
	FACTS_PREFIX, /* what units have in common; no unit itself */
};

struct facts_unit {
	uint32_t kind; /* enum facts_kind */
	uint32_t path; /* of the main file, absolute */
	uint32_t arguments; /* one string: tells variants apart and puts them in order */
	uint32_t status; /* enum unit_status, core/trace.h */
	uint32_t reason; /* one sentence, unless parsed */
	uint32_t finding; /* enum finding, core/finding.h, unless parsed */
	uint32_t prefix; /* the name of the prefix that it is read with, or is; or 0 */
};

/* A checked image: every index and string is good. Points into the caller's bytes. */
struct facts {
	const char *start; /* of the image */
	const struct facts_unit *unit;
	const struct facts_file *files;
	size_t nfiles;
	const struct facts_function *functions;
	size_t nfunctions;
	const struct facts_site *sites;
	size_t nsites;
	const struct facts_use *uses;
	size_t nuses;
	const struct facts_record *records;
	size_t nrecords;
	const struct facts_node *nodes;
	size_t nnodes;
	const struct facts_flow *flows;
	size_t nflows;
	const struct facts_variable *variables;
	size_t nvariables;
	const struct facts_term *terms; /* roots, one after another */
	size_t nterms;
	const struct facts_diagnostic *diagnostics;
	size_t ndiagnostics;
	const char *strings;
	size_t strings_size;
	size_t size; /* of the image, in bytes, padding included */
};

/* Where an image stands, for messages. */
struct facts_place {
	const char *file;
	size_t offset; /* in bytes */
};

/*
 * Check the image at the start of `bytes` (8-byte aligned) and point `out` into it. Fails
 * on bytes that are no image, are damaged, or are another version's.
 */
bool facts_open(const char *bytes, size_t size, struct facts_place place,
	struct facts *out, struct error *err);

static inline const char *facts_string(const struct facts *facts, uint32_t string)
{
	return facts->strings + string;
}

#endif
