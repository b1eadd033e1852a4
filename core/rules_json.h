/*
 * Rule files: held against their schema, and for what a schema cannot say, and read into
 * the model. Errors point at the line: these are files that people write.
 */
#ifndef PCARCH_CORE_RULES_JSON_H
#define PCARCH_CORE_RULES_JSON_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;
struct json_source;
struct rule_file;

enum {
	RULES_VERSION = 1,
	RULES_PROBLEMS_MAX = 20,
	RULES_MAX_BYTES = 16 << 20, /* of a file */
};

/* What is wrong with a file. */
struct rule_problems {
	struct error *list; /* in the arena; the first of them, in file order */
	size_t nlisted, count;
};

/*
 * Read a file, all of it into `arena`; on failure `err` is the first problem. Patterns in
 * it are good to compile.
 */
bool rules_json_read(struct arena *arena, const struct json_source *source,
	struct rule_file *out, struct error *err);

/* The same, with all problems. */
bool rules_json_check(struct arena *arena, const struct json_source *source,
	struct rule_file *out, struct rule_problems *problems);

/* The same without the schema: for texts that the tests have held against it. */
bool rules_json_read_shipped(struct arena *arena, const struct json_source *source,
	struct rule_file *out, struct error *err);

/* Does this text say, by a `version` that is a number, that it is a rule file? */
bool rules_json_recognise(const struct json_source *source);

#endif
