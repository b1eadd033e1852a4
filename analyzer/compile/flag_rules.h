/* What each compiler flag means to one who reads C, but writes and runs nothing. */
#ifndef PCARCH_ANALYZER_COMPILE_FLAG_RULES_H
#define PCARCH_ANALYZER_COMPILE_FLAG_RULES_H

#include <stdbool.h>

enum flag_form {
	FLAG_ALONE, /* the word is the flag */
	FLAG_NEXT, /* so it is, and the next word is its argument */
	FLAG_JOINED, /* the word starts with the flag */
	FLAG_EITHER, /* the argument is joined, or the next word */
	FLAG_PAIR, /* the word starts with the flag, and the next word goes with it */
};

enum flag_action {
	FLAG_KEEP,
	FLAG_DROP, /* changes nothing in how the source is read */
	FLAG_REFUSE, /* loads code, writes files, redirects the driver: a note */
	FLAG_UNKNOWN, /* not known to change how C is read: dropped with a note */
	FLAG_WRITE, /* kept, spelled `as` with its argument joined */
	FLAG_INCLUDE, /* a header before the first line */
	FLAG_FORWARD, /* words for the preprocessor */
	FLAG_LANGUAGE,
	FLAG_SANITIZE,
	FLAG_PREPROCESS, /* the command makes no object */
};

struct flag_rule {
	const char *name;
	enum flag_form form;
	enum flag_action action;
	const char *as; /* for FLAG_WRITE */
};

/* The rule with the longest name that fits `word`, which starts with '-'. Never NULL. */
const struct flag_rule *flag_rule_find(const char *word);

/* What flag_rule_find() relies on, for the tests. */
bool flag_rules_are_sorted(void);

#endif
