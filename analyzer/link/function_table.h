/*
 * The functions of a whole program, and which of them a name means.
 *
 * A definition is known by its place (file, offset) and name, so that a header's inline
 * function is one function however many units hold it, and static ones of the same name
 * are several. A declaration means the definitions that bear its symbol; without one, an
 * external function.
 */
#ifndef PCARCH_ANALYZER_LINK_FUNCTION_TABLE_H
#define PCARCH_ANALYZER_LINK_FUNCTION_TABLE_H

#include "analyzer/link/linked_function.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct binary;
struct facts;
struct facts_function;
struct source_paths;

/* Functions, as numbers of the table. */
struct definitions {
	uint32_t *functions;
	size_t count, room;
};

struct function_table;

/* `binaries`, which may be none, say what was linked; they must outlive the table. */
struct function_table *function_table_new(struct source_paths *paths,
	const struct binary *binaries, size_t nbinaries);
void function_table_free(struct function_table *table);

/*
 * Add what the image defines. All images come first, then declarations are looked up;
 * they must stay where they are.
 */
void function_table_add_definitions(struct function_table *table,
	const struct facts *facts);

/*
 * The functions that function `local` of the image may be: one in most cases, several
 * where a symbol is defined more than once, never none. Points into the table until the
 * next call.
 */
struct definitions function_table_resolve(struct function_table *table,
	const struct facts *facts, uint32_t local);

/*
 * The same where function `user` of the image names it: fewer, when it is known which
 * units are linked with user's. FACTS_NONE: as above.
 */
struct definitions function_table_resolve_from(struct function_table *table,
	const struct facts *facts, uint32_t user, uint32_t local);

/* The function that definition `local` is, whether or not the linker would take it. */
uint32_t function_table_definition(struct function_table *table,
	const struct facts *facts, uint32_t local);

/*
 * The definitions that an alias stands for, of its own unit where that is known; none
 * when nothing bears its target's name.
 */
struct definitions function_table_target(struct function_table *table, uint32_t function);

/* The definitions that other units, or dlsym(), mean by a name; borrowed, may be none. */
struct definitions function_table_named(struct function_table *table, const char *symbol);

size_t function_table_count(const struct function_table *table);
struct linked_function *function_table_get(struct function_table *table,
	uint32_t function);

#endif
