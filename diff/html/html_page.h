/*
 * The HTML report while it is written: a section each for what was found, and at the end
 * what scripts make the pages of functions from. Sections write nothing where there is
 * nothing to say.
 */
#ifndef PCARCH_DIFF_HTML_PAGE_H
#define PCARCH_DIFF_HTML_PAGE_H

#include "core/interner.h"
#include "core/key_table.h"
#include "diff/compare/comparison.h"
#include "diff/html/markup.h"
#include "diff/report/report.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Strings numbered in the order in which they are first seen. */
struct html_strings {
	struct interner interner; /* set interner.arena before use */
	struct key_table table; /* of interned strings */
};

uint32_t html_string_number(struct html_strings *strings, const char *string);
const char *html_string(const struct html_strings *strings, uint32_t number);
void html_strings_write(const struct html_strings *strings, struct markup *out);
void html_strings_release(struct html_strings *strings);

struct html_page {
	struct markup out;
	struct arena *arena;
	const struct report *report;
	const struct comparison *seen; /* NULL: two files of a kind are compared */
	const struct static_trace *scan; /* of `seen` */
	/* Functions have numbers: those of `scan` first, then what only ran. */
	const uint32_t *number_of; /* function of the run -> its number */
	const uint32_t *only_ran; /* functions of the run */
	size_t nonly_ran;
	struct html_strings modules; /* of the program first, in its order */
	const uint32_t *module_of; /* number of a function -> number of its module */
};

/* What people call a verdict, one and many; and what it means, in half a sentence. */
struct verdict_words {
	const char *one, *many, *meaning;
};

extern const struct verdict_words verdict_words[VERDICT_COUNT];

/* Number functions and modules; `seen` and `scan` are in the page. */
void html_page_number(struct html_page *page);
void html_page_release(struct html_page *page);

const struct function *html_page_function(const struct html_page *page, uint32_t number);

/* A section with a heading, and `count` beside it unless it is 0. */
void html_begin_section(struct html_page *page, const char *id, const char *title,
	size_t count);
void html_end_section(struct html_page *page);

/* A link to the page of a function; its name alone where it has none (TRACE_NONE). */
void html_function(struct html_page *page, uint32_t number);

/* The number of the function of the scan that a report means; TRACE_NONE: none. */
uint32_t html_find_function(const struct html_page *page, const char *module,
	const char *name);

/* A sentence of ours, whose 'names' in quotes are set as code. */
void html_sentence(struct html_page *page, const char *sentence);

/* "src/a.c:12", nothing for the file "". */
void html_place(struct html_page *page, const char *file, unsigned line);

/* 0 to 100 as a bar and a number. */
void html_percent(struct html_page *page, double percent);

/* Begin a table that can be sorted: one column for each title; those that begin with '#'
 * hold numbers. */
void html_begin_table(struct html_page *page, const char *id, const char *const *titles,
	size_t ntitles);
void html_end_table(struct html_page *page);

/* "and 1,234 more: …" */
void html_more(struct html_page *page, size_t count, const char *where);

/* The last part of a path as given on a command line. */
const char *html_base_name(const char *path);

typedef void html_section(struct html_page *page);

html_section html_overview, html_changes, html_findings, html_commands, html_modules;
html_section html_coverage, html_entries, html_crossings;

/* Functions and calls, as JSON; then sources, as far as `budget` bytes of a page go. */
html_section html_data;
void html_sources(struct html_page *page, size_t budget);

#endif
