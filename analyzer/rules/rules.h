/*
 * The rules that apply to a program: those that ship with pcarch (analyzer/rules/, JSON),
 * those of the project's .pcarch.json, and those of --rules. They apply when facts are
 * linked: facts never depend on them.
 */
#ifndef PCARCH_ANALYZER_RULES_RULES_H
#define PCARCH_ANALYZER_RULES_RULES_H

#include "core/rule_file.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;
struct rules_index;

/* In the root of a project. */
#define RULES_PROJECT_FILE ".pcarch.json"
/* Beside it: what 'pcarch diff --learn' wrote. */
#define RULES_LEARNED_FILE ".pcarch-learned.json"

struct rules_request {
	const char
		*root; /* of the project, whose files are read if there are any; or NULL
			*/
	const char *const
		*files; /* more; each wins over those before, and over the root's */
	size_t nfiles;
};

struct rules {
	struct rule_file all; /* without rules that are overridden in all their names */
	const char *project_file; /* that was read; NULL: there is none */
	const char *learned_file; /* the same */
	struct rules_index *index;
};

/*
 * A rule wins over an earlier one of the same call, of the same field or variable, or
 * (tables) of the same id; the project's rules come after the shipped ones. Fails on a
 * file that cannot be read or is wrong, and says where and what is allowed.
 */
bool rules_load(struct arena *arena, const struct rules_request *request,
	struct rules *out, struct error *err);
void rules_release(struct rules *rules);

#define scoped_rules __attribute__((cleanup(rules_release))) struct rules

/*
 * The rule of a function, or of a variable that is called (`is_variable`); or NULL. What
 * the compiler and _FORTIFY_SOURCE make of a function ("__builtin___memcpy_chk") has its
 * rule, unless it is called back through.
 */
const struct call_rule *rules_call(const struct rules *rules, const char *function);

/* Is what is stored in this field called by a library? `record` may be NULL or "". */
const struct assignment_rule *rules_field(const struct rules *rules, const char *record,
	const char *field);
const struct assignment_rule *rules_variable(const struct rules *rules,
	const char *variable);

/* The first rule whose `name` a function of that name matches, or NULL. */
const struct function_rule *rules_function(const struct rules *rules,
	const char *function);

const struct dispatcher_rule *rules_dispatcher(const struct rules *rules,
	const char *function);
const struct compare_rule *rules_compare(const struct rules *rules, const char *function);
const struct forward_rule *rules_forward(const struct rules *rules, const char *function);

#endif
