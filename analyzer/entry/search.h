/* What the ways to find entry points share. */
#ifndef PCARCH_ANALYZER_ENTRY_SEARCH_H
#define PCARCH_ANALYZER_ENTRY_SEARCH_H

#include "analyzer/entry/entry_list.h"
#include "analyzer/entry/outlines.h"

struct arena;
struct relays;
struct static_trace;

struct entry_search {
	struct arena *arena;
	const struct entry_program *program;
	struct static_trace *trace;
	struct outlines outlines;
	struct relays *relays;
	struct entry_list list;
};

/* Is it a function of the program's own, with a body? */
bool entry_is_own(const struct entry_search *search, uint32_t function);

/* Add `entry` for a function of the linker's table, if it is the program's own. */
void entry_add(struct entry_search *search, struct entry entry, uint32_t function);

/* The same for all that function `local` of the image means at `at`. */
void entry_add_meanings(struct entry_search *search, const struct entry *entry,
	struct term_at at, uint32_t local);

/* Put the entry where the term is. */
void entry_place(const struct entry_search *search, struct entry *entry,
	struct term_at at);

/* The word of an expression, as `kind` of entry points have it; NULL: not constant. */
const char *entry_word(struct entry_search *search, enum rule_kind kind,
	struct term_at at);

/* What the name of an entry point is called: "path", "queue", "signal", "name". */
const char *entry_name_key(enum rule_kind kind);

/* Say what the constant arguments of a call say by its rule; they may tell the kind. */
void entry_describe_call(struct entry_search *search, struct entry *entry,
	const struct call_rule *rule, struct term_at call);

/* By rules of calls, fields and variables: what the flow of functions found. */
void entry_find_registered(struct entry_search *search);

/* Records with functions that are passed along with a name: sigaction(SIGINT, &action).
 */
void entry_find_named_records(struct entry_search *search);

/* Rows of tables: methods of other languages, paths of requests. */
void entry_find_rows(struct entry_search *search);

/* "POST" of "POST" and of HTTP_POST; NULL: the word is no method of HTTP. */
const char *entry_http_method(const char *word);

/* Paths that handlers of all requests compare with: once those handlers are known. */
void entry_find_requests(struct entry_search *search);

/* By rules of functions, and `main`. */
void entry_find_functions(struct entry_search *search);

/* What a library exports; last, when all other entry points are known. */
void entry_find_exported(struct entry_search *search);

#endif
