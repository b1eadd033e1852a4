/*
 * A question of `pcarch show` being answered: the program that it is about, how much may
 * be printed, and the rows of the answer, as text for people or JSON for programs.
 */
#ifndef PCARCH_CLI_SHOW_H
#define PCARCH_CLI_SHOW_H

#include "cli/table.h"
#include "core/json_writer.h"
#include "core/program.h"
#include "core/trace.h"

struct show {
	const char *file; /* static.json, as messages name it */
	struct arena *arena;
	const struct static_trace *trace;
	struct program program;
	const char *module; /* --module, or NULL */
	unsigned depth; /* --depth */
	bool wants_all, wants_failed, wants_tree, is_json;
	const char *of_program; /* --program, or NULL */
	const char *graph; /* format "dot" or "mermaid", or NULL */
	bool wants_open, wants_closed, wants_indirect; /* of call sites */
	bool has_limit; /* --limit was given, or someone is watching */
	size_t limit, nrows; /* rows that may be printed, and that the answer has */
	const char *hidden, *hint; /* what else there is beside rows, and how to see it */
	struct table table; /* of the text */
	struct json_writer json; /* of a row */
};

/*
 * The questions: each takes its operands and returns the exit code. Rows are counted by
 * show_row(), put into `table` or written as JSON; cmd_show.c flushes the table and says
 * how many rows there are more.
 */
int show_callers(struct show *show, char **args);
int show_callees(struct show *show, char **args);
int show_path(struct show *show, char **args);
int show_module(struct show *show, char **args);
int show_entry(struct show *show, char **args);
int show_orphans(struct show *show, char **args);
int show_sites(struct show *show, char **args);
int show_site(struct show *show, char **args);
int show_function(struct show *show, char **args);
int show_units(struct show *show, char **args);
int show_routes(struct show *show, char **args);
int show_branches(struct show *show, char **args);

/* The function or module that `spelled` means: see known_function(). */
bool show_find_function(struct show *show, const char *spelled, uint32_t *out);
bool show_find_module(struct show *show, const char *spelled, uint32_t *out);

/*
 * For a shell that completes a word, print what the last of `words` may become: after a
 * question and its first operands, or alone (a function). Never complains; `file` NULL:
 * the one found.
 */
int show_complete(const char *file, char **words, size_t count);

/* Count one more row; false when it is over the limit and must not be printed. */
bool show_row(struct show *show);

/* What an answer is about: a line above the table where someone is watching. */
void show_title(struct show *show, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Print the table so far, so that what is said next comes after it. */
void show_flush(struct show *show);

/* A line of talk on stderr, with control characters escaped. */
void show_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Begin the JSON object of a row, {"row": WHAT, …; end it. */
struct json_writer *show_json(struct show *show, const char *what);
void show_json_end(struct show *show);

/* The members of a function: id and the record; "sites" with the places of calls. */
void show_json_function(struct json_writer *json, const struct show *show,
	uint32_t function);
void show_json_places(struct json_writer *json, const struct show *show,
	struct index_list calls);

/* The members of a call site, the names of its known callees among them. */
void show_json_site(struct json_writer *json, const struct show *show, uint32_t site);

/* Cells with a function's name and place. */
void show_function_cells(struct show *show, uint32_t function);

/* "src/server.c:3900", in the arena; without the line when it is 0. */
const char *show_place(const struct show *show, const char *file, unsigned line);

/* Where sites are, or calls are made, "src/server.c:3900,3912": a file once, each line
 * once, and not all where rows are limited. */
const char *show_site_places(const struct show *show, struct index_list sites);
const char *show_call_places(const struct show *show, struct index_list calls);

/* Whether a call may be made at `site` that nobody knows of. */
bool show_is_hole(const struct show *show, uint32_t site);

/* One row with a hole: "? field 'redisCommand.proc' at src/server.c:3900 (reason)". */
void show_hole(struct show *show, uint32_t site, unsigned indent);

/* "field 'redisCommand.proc'": what is called at an indirect site. */
const char *show_expression(const struct show *show, const struct call_site *site);

/* Rows with the entry points from which calls lead to any of `functions`. */
void show_reached_by(struct show *show, struct index_list functions);

/* Why it is one, in words: "no callers", "called from NAME", which nothing calls. */
const char *show_reason(const struct show *show, const struct orphan *orphan);

/* "", or "s" where `count` is not 1. */
const char *show_plural(size_t count);

#endif
