/* How programs are driven: the model of a file of traffic rules. */
#ifndef PCARCH_CORE_TRAFFIC_RULES_H
#define PCARCH_CORE_TRAFFIC_RULES_H

#include <stdbool.h>
#include <stddef.h>

enum {
	TRAFFIC_ANY_STATUS = -1
};

/* A list that was not given has items NULL; one that is empty has not. */
struct traffic_words {
	const char *const *items;
	size_t count;
};

/* A file and its text, a variable or a header field and its value. */
struct traffic_pair {
	const char *name, *value;
};

struct traffic_pairs {
	const struct traffic_pair *items;
	size_t count;
};

/* What one command, request or message is given. NULL and 0: nothing is said. */
struct traffic_how {
	struct traffic_words command; /* that drives it */
	const char *as; /* name to run under, instead of the words */
	struct traffic_words arguments;
	const char *input;
	struct traffic_pairs files; /* paths without "..", and not absolute */
	struct traffic_pairs variables;
	const struct traffic_words *before; /* commands */
	size_t nbefore;
	const char *program; /* that takes it: of a request or message */
	const char *target;
	struct traffic_pairs headers;
	int status; /* expected; or TRAFFIC_ANY_STATUS */
	unsigned timeout_s;
	const char *skip; /* why */
};

struct traffic_server {
	struct traffic_words start, send, publish;
	const char *ready, *done, *url;
	bool is_fresh; /* for each that is sent */
};

struct traffic_program {
	const char *name;
	const char *path; /* from the directory of the file; NULL: not said */
	const struct traffic_server *server; /* NULL: it is run anew for each */
	struct traffic_how how;
};

struct traffic_rule {
	const char *match; /* for fnmatch() */
	struct traffic_how how;
};

struct traffic_rules {
	const char *directory; /* of the file, absolute */
	const struct traffic_program *programs;
	size_t nprograms;
	const struct traffic_rule *rules;
	size_t nrules;
};

#endif
