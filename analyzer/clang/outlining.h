/* What the parts of the outline pass share: terms being made, and names of declarations.
 */
#ifndef PCARCH_ANALYZER_CLANG_OUTLINING_H
#define PCARCH_ANALYZER_CLANG_OUTLINING_H

#include "analyzer/clang/walk.h"
#include "analyzer/facts/facts.h"
#include "core/arena.h"

#include <clang-c/Index.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A term and where it hangs. */
struct outlined {
	struct facts_term term; /* its place is known when it is kept */
	CXCursor at;
	uint32_t parent; /* index; the root's own */
	uint32_t syntax_end; /* while it is open: of what it covers */
	bool is_live; /* something of interest is in it */
};

struct known_name;

struct outlines {
	struct arena arena; /* of `names` */
	struct outlined *terms; /* of the root at hand */
	size_t nterms, room;
	uint32_t top; /* the innermost open term */
	unsigned depth; /* of initialisers in initialisers */
	struct known_name *names;
};

/* Add a term below the open one, and open it. */
uint32_t outline_open(struct walk *walk, struct facts_term term, CXCursor at);

/* Close the open term. */
void outline_close(struct outlines *outlines);

/* Add what stands at the syntax nodes from `node` to `end`. */
void outline_range(struct walk *walk, uint32_t node, uint32_t end);

/* Add the list in braces at syntax node `list`, of an object of type `type`. */
void outline_list(struct walk *walk, uint32_t list, CXType type);

uint32_t outline_intern(struct walk *walk, const char *string);

/* The term for a name: a function, variable, parameter, enumerator; or TERM_OTHER. */
struct facts_term outline_name(struct walk *walk, CXCursor reference);

/* The term of the field that `member` names, `o.f`. */
struct facts_term outline_field(struct walk *walk, CXCursor member);

/* The term of the variable `declaration`, as an object. */
struct facts_term outline_variable(struct walk *walk, CXCursor declaration);

/* The string of a literal; U+E000 stands for a NUL in it. */
struct facts_term outline_text(struct walk *walk, CXCursor literal);

/* The tag or typedef of the record that is, or is behind, or is in an array of `type`. */
uint32_t outline_record(struct walk *walk, CXType type);

/* Is it a character, or a pointer to characters? */
bool outline_is_text(CXType type);

void outline_names_free(struct outlines *outlines);

/* Leave out what is of no interest, and add the rest to the facts. */
void outline_finish(struct walk *walk);

#endif
