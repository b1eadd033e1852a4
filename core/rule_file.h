/*
 * What the source of a program cannot show, as rule files say it: what library functions
 * do with the functions they are given, which records the library calls through, which
 * tables hold commands. The format: schemas/rules.schema.json, pcarch-rules(5).
 *
 * Arguments and parameters count from 0. Strings and arrays are the arena's. The rules
 * that override each other by one name have it as their first member.
 */
#ifndef PCARCH_CORE_RULE_FILE_H
#define PCARCH_CORE_RULE_FILE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	RULE_ARGUMENT_MAX = 63,
	RULE_NO_ARGUMENT = -1,
};

/* What an entry point is; RULE_NO_KIND is none: called during the call itself. */
enum rule_kind {
	RULE_NO_KIND,
	RULE_CLI,
	RULE_HTTP,
	RULE_AMQP,
	RULE_SIGNAL,
	RULE_THREAD,
	RULE_TIMER,
	RULE_EVENT,
	RULE_CALLBACK, /* a library calls it, some time */
	RULE_CONSTRUCTOR,
	RULE_DESTRUCTOR, /* atexit(), too */
	RULE_PLUGIN,
	RULE_FFI, /* another language calls it */
	RULE_LIBRARY,
};

/* "cli", …, NULL-terminated; [RULE_NO_KIND] is "". */
extern const char *const rule_kind_names[];

enum rule_value_kind {
	RULE_NOTHING, /* the program's functions are not in it, nor behind it */
	RULE_FRESH, /* the same: new memory */
	RULE_UNKNOWN, /* may be anything */
	RULE_ARGUMENT, /* argument `argument` of the call */
	RULE_SLOT, /* whatever any call put into the slot `name` */
	RULE_FIELD, /* field `name` of the record that holds the callback */
	RULE_SELF, /* a pointer to that record */
};

/* What a parameter of a callback, or a result, can be. */
struct rule_value {
	enum rule_value_kind kind;
	bool is_pointer; /* not it itself: a pointer to memory that holds it */
	int argument; /* RULE_ARGUMENT */
	const char *name; /* RULE_SLOT, RULE_FIELD */
};

/* Parameters past `values` are RULE_UNKNOWN. */
struct rule_parameters {
	const struct rule_value *values;
	size_t nvalues;
};

/* Argument `argument` is a function, which the library calls. */
struct rule_callback {
	int argument;
	struct rule_parameters parameters;
	const char
		*role; /* "policy": not the handler, but beside it; NULL: the handler */
};

/* The memory behind argument `to` is filled from the memory behind argument `from`. */
struct rule_copy {
	int to, from;
};

/* *argument = value */
struct rule_fill {
	int argument;
	struct rule_value value;
};

/* slot = argument; slots are global and remember every value. */
struct rule_store {
	const char *slot;
	int argument;
};

/* What else to say of an entry point: `key` is the constant text of that argument. */
struct rule_metadata {
	const char *key; /* "method" */
	int argument;
};

/* Where argument `argument` is the constant `value`, the kind is another one. */
struct rule_exception {
	int argument;
	const char *value; /* a number, or the name of an enumerator */
	enum rule_kind kind;
};

/* Where a rule stands. */
struct rule_origin {
	const char *file;
	unsigned line;
	bool is_shipped; /* with pcarch: `file` is its name there, "libc.json" */
};

/*
 * Functions of a library of which the same is true, or, when `is_variable`, variables
 * that hold one. A registration is a call rule with a kind: its callbacks are entry
 * points.
 *
 * The rule is the whole truth about the arguments that it mentions. The others are
 * neither called nor stored when `keeps` is false, and escape when it is true.
 */
struct call_rule {
	const char *const *names;
	size_t nnames;
	enum rule_kind kind;
	bool is_variable, keeps;
	const struct rule_callback *callbacks;
	size_t ncallbacks;
	const struct rule_copy *copies;
	size_t ncopies;
	const struct rule_fill *fills;
	size_t nfills;
	const struct rule_store *stores;
	size_t nstores;
	struct rule_value result; /* RULE_UNKNOWN unless told */
	int name; /* the argument with a path, a signal, …; or RULE_NO_ARGUMENT */
	int symbol; /* the argument that names a function to look up, as dlsym's */
	const char *const *formats; /* of such names, each with one "%s" */
	size_t nformats;
	const char *const *ignore; /* values that are no handlers: "SIG_IGN" */
	size_t nignore;
	const struct rule_metadata *metadata;
	size_t nmetadata;
	const struct rule_exception *exceptions;
	size_t nexceptions;
	struct rule_origin origin;
};

/*
 * A function stored in this field, or in the global `variable`, is called by a library.
 * `record` is the tag or typedef of the struct around the field, or of the nearest one
 * with a name; NULL: any. `field` "*" is every field of `record`.
 */
struct assignment_rule {
	const char *record, *field; /* NULL for a variable */
	const char *variable; /* NULL for a field */
	enum rule_kind kind;
	struct rule_parameters parameters;
	const char *const *ignore;
	size_t nignore;
	struct rule_origin origin;
};

enum rule_match {
	RULE_MATCH_UNTOLD,
	RULE_EXACT,
	RULE_ICASE,
	RULE_FIRST_PREFIX, /* the first row in table order that begins so */
	RULE_UNIQUE_PREFIX,
};

/* "exact", …, NULL-terminated; [RULE_MATCH_UNTOLD] is "". */
extern const char *const rule_match_names[];

/* A field path ("name.data") whose text is a name, and what stands before it. */
struct rule_name {
	const char *field, *prefix; /* prefix "": none */
};

/* What is in a role besides the handler: the field, or the argument, of it. */
struct rule_role {
	const char *role;
	const char *field; /* of a row; NULL for a call */
	int argument; /* of a call */
};

/* A row counts when the text of its field (a name, a number, "NULL") is `value`. */
struct rule_where {
	const char *field, *value;
};

/* Rows of `elem`, a struct's tag or typedef; or, where `names` is set, two arrays. */
struct table_rule {
	const char *id; /* NULL: none */
	const char *elem;
	const char *names, *separator,
		*handlers; /* variables; separator NULL: an array */
	const struct rule_name *name;
	size_t nname;
	const char *const *handler; /* fields; the first that is set */
	size_t nhandler;
	const char *const *alias; /* fields */
	size_t nalias;
	const char *sub; /* field with the next level; NULL: none */
	const char
		*sub_list; /* in the record behind it: the rows; NULL: it is the rows */
	const char *help; /* field; NULL: not known */
	const char *split, *strip; /* characters; NULL: none */
	const char *const *flat; /* words whose next level stands in their own place */
	size_t nflat;
	const struct rule_role *roles;
	size_t nroles;
	const struct rule_where *where; /* all must hold */
	size_t nwhere;
	enum rule_match match;
	enum rule_kind kind;
	struct rule_origin origin;
};

/* `call` takes a table, and calls the handler of a row. */
struct dispatcher_rule {
	const char *call;
	int table, name; /* arguments; name may be RULE_NO_ARGUMENT */
	enum rule_match match;
	struct rule_origin origin;
};

enum rule_truth {
	RULE_NOT_ZERO, /* equal when the call gives another value than 0 */
	RULE_ZERO,
};

/* `call` compares two texts. */
struct compare_rule {
	const char *call;
	int args[2];
	enum rule_truth is_equal_when;
	enum rule_match match;
	struct rule_origin origin;
};

/* `call` calls its argument `handler`, the real handler. */
struct forward_rule {
	const char *call;
	int handler, name;
	const struct rule_role *roles;
	size_t nroles;
	struct rule_origin origin;
};

/* Text taken from argument `argument` of a call of `call` in the function. */
struct rule_text_source {
	const char *call; /* NULL: none */
	int argument;
};

/* Functions that are entry points by themselves. One of the first three is set. */
struct function_rule {
	enum rule_kind kind;
	const char *name; /* POSIX extended regular expression */
	const char *attribute; /* "constructor" */
	const char *contains_call;
	struct rule_text_source queue_from, exchange_from;
	struct rule_origin origin;
};

/*
 * Findings of `pcarch diff` that are not to fail a check, and why. Patterns as of
 * glob(7); NULL matches anything.
 */
struct suppression_rule {
	const char *const *findings; /* ids or names, each of one that there is */
	size_t nfindings;
	const char *module, *function, *file;
	const char *reason; /* not empty */
	struct rule_origin origin;
};

struct learned_function {
	const char *name, *file;
};

/* A call that a run revealed. Lines do not count: sources are edited. */
struct learned_rule {
	struct learned_function caller, callee;
	bool has_site;
	unsigned line; /* when it was seen */
	unsigned expression; /* enum callee_expression */
	const char *expression_name; /* as in struct call_site; or NULL */
	unsigned index; /* from 0, among the caller's sites with that expression */
	const char *through; /* the library function that calls; NULL: the caller */
	struct rule_origin origin;
};

/* One rule file, or several together. */
struct rule_file {
	const struct call_rule *calls; /* registrations, too */
	size_t ncalls;
	const struct assignment_rule *assignments;
	size_t nassignments;
	const struct table_rule *tables;
	size_t ntables;
	const struct dispatcher_rule *dispatchers;
	size_t ndispatchers;
	const struct compare_rule *compares;
	size_t ncompares;
	const struct forward_rule *forwards;
	size_t nforwards;
	const struct function_rule *functions;
	size_t nfunctions;
	const struct suppression_rule *suppressions;
	size_t nsuppressions;
	const struct learned_rule *learned;
	size_t nlearned;
};

#endif
