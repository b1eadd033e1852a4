/*
 * Tables that only their own source knows: a static variable, or an array, of records.
 * What is read as `table[i].field` is what that table holds, not every object of the type,
 * unless the table's address is given away.
 */
#ifndef PCARCH_ANALYZER_CLANG_TABLES_H
#define PCARCH_ANALYZER_CLANG_TABLES_H

#include "analyzer/clang/places.h"

#include <clang-c/Index.h>
#include <stdint.h>

struct tables;
struct walk;

struct tables *tables_new(void);
void tables_free(struct tables *tables);

/* The variable is mentioned, in whatever way. */
void tables_mention(struct walk *walk, CXCursor variable);

/*
 * The member of a table that the expression `node` of walk->syntax stands for, where
 * `field` is the place of the same field in any object: that is the answer, too, when it
 * is no table's.
 */
struct place_node tables_member(struct walk *walk, uint32_t node,
	struct place_node field);

/* The same for an initialiser of `variable`; nowhere when that is no table. */
struct place_node tables_initialised(struct walk *walk, CXCursor variable,
	struct place_node field);

/* Something is stored in `node`, which may be a member, or its address is taken. */
void tables_write(struct walk *walk, uint32_t node);

/* All has been read: say what members and fields have to do with each other. */
void tables_finish(struct walk *walk);

#endif
