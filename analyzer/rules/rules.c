#include "analyzer/rules/rules.h"

#include "analyzer/rules/rule_index.h"
#include "analyzer/rules/rule_texts.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/rules_json.h"
#include "core/text.h"

#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum section_number {
	CALLS,
	ASSIGNMENTS,
	TABLES,
	DISPATCHERS,
	COMPARES,
	FORWARDS,
	FUNCTIONS,
	LEARNED,
	NSECTIONS,
};

/* A name's pattern. Most begin with letters: those tell a name apart for less. */
struct pattern {
	const struct function_rule *rule;
	regex_t regex;
	const char *prefix;
	size_t nprefix; /* bytes of `prefix` that every name that matches begins with */
};

struct rules_index {
	struct rule_index sections[NSECTIONS];
	struct pattern *patterns; /* heap */
	size_t npatterns;
};

/* All files, the one that wins first. */
struct rule_files {
	struct rule_file *list;
	size_t count;
};

/*
 * What tells rules of a section apart: the key number `i` of a rule, false past its last
 * one. Without a name it is like no other.
 */
typedef bool key_fn(const void *rule, size_t i, struct rule_key *out);

static bool call_key(const void *rule, size_t i, struct rule_key *out)
{
	const struct call_rule *call = rule;

	if (i == call->nnames)
		return false;
	*out = (struct rule_key){"", call->names[i], rule};
	return true;
}

static bool first_member(const void *rule, size_t i, struct rule_key *out)
{
	*out = (struct rule_key){"", *(const char *const *)rule, rule};
	return i == 0;
}

/* Variables are fields of the record "=": no name in C is that. */
static bool assignment_key(const void *rule, size_t i, struct rule_key *out)
{
	const struct assignment_rule *assignment = rule;
	const char *record = assignment->record ? assignment->record : "";

	if (assignment->variable)
		*out = (struct rule_key){"=", assignment->variable, rule};
	else
		*out = (struct rule_key){record, assignment->field, rule};
	return i == 0;
}

/* Nothing overrides these: a function may be several things. */
static bool no_key(const void *rule, size_t i, struct rule_key *out)
{
	*out = (struct rule_key){"", NULL, rule};
	return i == 0;
}

#define SECTION(name, key_of)                                                          \
	{                                                                              \
		offsetof(struct rule_file, name), offsetof(struct rule_file, n##name), \
			sizeof(*((struct rule_file *)0)->name), key_of                 \
	}

static const struct section {
	size_t items, count; /* where they are in struct rule_file */
	size_t size; /* of one */
	key_fn *key;
} sections[NSECTIONS] = {
	[CALLS] = SECTION(calls, call_key),
	[ASSIGNMENTS] = SECTION(assignments, assignment_key),
	[TABLES] = SECTION(tables, first_member),
	[DISPATCHERS] = SECTION(dispatchers, first_member),
	[COMPARES] = SECTION(compares, first_member),
	[FORWARDS] = SECTION(forwards, first_member),
	[FUNCTIONS] = SECTION(functions, no_key),
	[LEARNED] = SECTION(learned, no_key),
};

static size_t count_in(const struct rule_file *file, const struct section *section)
{
	return *(const size_t *)((const char *)file + section->count);
}

/* The pointers are of different types: bytes may be copied where aliasing may not be. */
static const char *items_in(const struct rule_file *file, const struct section *section)
{
	const char *items;

	memcpy(&items, (const char *)file + section->items, sizeof(items));
	return items;
}

static size_t count_keys(const struct rule_files *files, const struct section *section)
{
	size_t count = 0;

	for (size_t i = 0; i < files->count; i++) {
		const char *rule = items_in(&files->list[i], section);
		size_t n = count_in(&files->list[i], section);
		struct rule_key key;

		for (; n; n--, rule += section->size)
			for (size_t k = 0; section->key(rule, k, &key); k++)
				count++;
	}
	return count;
}

/* Is it the first rule of one of its names at least? */
static bool add_keys(struct rule_index *index, const struct section *section,
	const void *rule)
{
	struct rule_key key;
	bool is_first = false;

	for (size_t i = 0; section->key(rule, i, &key); i++)
		is_first = !key.name || rule_index_add(index, key) || is_first;
	return is_first;
}

/* The rules of one section of all files, without those that earlier ones override. */
static void merge(struct arena *arena, const struct rule_files *files,
	const struct section *section, struct rules *rules)
{
	struct rule_index *index = &rules->index->sections[section - sections];
	size_t most = 0, count = 0;
	char *all;

	for (size_t i = 0; i < files->count; i++)
		most += count_in(&files->list[i], section);
	all = arena_alloc(arena, most * section->size);
	rule_index_init(index, arena, count_keys(files, section));
	for (size_t i = 0; i < files->count; i++) {
		const char *rule = items_in(&files->list[i], section);
		size_t n = count_in(&files->list[i], section);

		for (; n; n--, rule += section->size) {
			char *copy = all + count * section->size;

			memcpy(copy, rule, section->size);
			count += add_keys(index, section, copy);
		}
	}
	memcpy((char *)&rules->all + section->items, &all, sizeof(all));
	*(size_t *)((char *)&rules->all + section->count) = count;
}

/* "^Java_.*" begins with "Java_"; what has alternatives begins with nothing. */
static void find_prefix(struct pattern *pattern)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789_";
	const char *name = pattern->rule->name;
	unsigned depth = 0;

	if (*name != '^')
		return;
	for (const char *c = name; *c; c++) {
		depth += *c == '(';
		depth -= *c == ')';
		if (*c == '|' && !depth)
			return;
	}
	pattern->prefix = name + 1;
	pattern->nprefix = strspn(pattern->prefix, letters);
	if (pattern->nprefix && strchr("*?+", pattern->prefix[pattern->nprefix]))
		pattern->nprefix--; /* that letter may be missing */
}

/* The patterns were tried when they were read: only memory could be short now. */
static void compile_patterns(struct rules *rules)
{
	struct rules_index *index = rules->index;

	index->patterns = xmalloc((rules->all.nfunctions + 1) * sizeof(*index->patterns));
	for (size_t i = 0; i < rules->all.nfunctions; i++) {
		struct pattern *pattern = &index->patterns[index->npatterns];

		if (!rules->all.functions[i].name)
			continue;
		*pattern = (struct pattern){.rule = &rules->all.functions[i]};
		if (regcomp(&pattern->regex, pattern->rule->name,
			    REG_EXTENDED | REG_NOSUB))
			abort();
		find_prefix(pattern);
		index->npatterns++;
	}
}

static bool read_shipped(struct arena *arena, const struct rule_text *text,
	struct rule_file *out, struct error *err)
{
	const char *name = arena_printf(arena, "%s.json", text->name);

	return rules_json_read_shipped(arena,
		&(struct json_source){name, text->text, text->size}, out, err);
}

static bool read_file(struct arena *arena, const char *path, struct rule_file *out,
	struct error *err)
{
	return rules_json_read(arena, &(struct json_source){.name = path}, out, err);
}

/* A stranger's tree: what would wait for a writer, or is endless, is not opened. */
static bool find_in_root(struct arena *arena, const char *root, const char *name,
	const char **out, struct error *err)
{
	const char *path = arena_printf(arena, "%s/%s", root, name);
	struct stat st;

	*out = NULL;
	if (stat(path, &st) < 0)
		return errno == ENOENT || errno == ENOTDIR ||
		       error_set_errno(err, "open", path, NULL);
	if (!S_ISREG(st.st_mode))
		return error_set(err, (struct location){0},
			"cannot read '%s': it is not a regular file", path);
	if (st.st_size > RULES_MAX_BYTES)
		return error_set(err, (struct location){path, 0, 0},
			"the file has %lld bytes: rules may have %d",
			(long long)st.st_size, RULES_MAX_BYTES);
	*out = path;
	return true;
}

/* All files, last the shipped ones. */
static bool read_all(struct arena *arena, const struct rules_request *request,
	const struct rules *rules, struct rule_files *out, struct error *err)
{
	const char *in_root[] = {rules->project_file, rules->learned_file};
	size_t nshipped = 0;

	while (rule_texts[nshipped].name)
		nshipped++;
	out->list =
		arena_alloc(arena, (request->nfiles + 2 + nshipped) * sizeof(*out->list));
	for (size_t i = request->nfiles; i; i--)
		if (!read_file(arena, request->files[i - 1], &out->list[out->count++],
			    err))
			return false;
	for (size_t i = 0; i < 2; i++)
		if (in_root[i] &&
			!read_file(arena, in_root[i], &out->list[out->count++], err))
			return false;
	for (size_t i = 0; i < nshipped; i++)
		if (!read_shipped(arena, &rule_texts[i], &out->list[out->count++], err))
			return false;
	return true;
}

bool rules_load(struct arena *arena, const struct rules_request *request,
	struct rules *out, struct error *err)
{
	struct rules rules = {0};
	struct rule_files files = {0};

	if (request->root &&
		(!find_in_root(arena, request->root, RULES_PROJECT_FILE,
			 &rules.project_file, err) ||
			!find_in_root(arena, request->root, RULES_LEARNED_FILE,
				&rules.learned_file, err)))
		return false;
	if (!read_all(arena, request, &rules, &files, err))
		return false;
	rules.index = arena_alloc(arena, sizeof(*rules.index));
	for (size_t i = 0; i < NSECTIONS; i++)
		merge(arena, &files, &sections[i], &rules);
	compile_patterns(&rules);
	*out = rules;
	return true;
}

void rules_release(struct rules *rules)
{
	struct rules_index *index = rules->index;

	for (size_t i = 0; index && i < index->npatterns; i++)
		regfree(&index->patterns[i].regex);
	if (index)
		free(index->patterns);
	*rules = (struct rules){0};
}

static const void *find(const struct rules *rules, enum section_number section,
	const char *name)
{
	return rule_index_find(&rules->index->sections[section], "", name);
}

/*
 * The function behind "__builtin_memcpy", "__builtin___memcpy_chk" and "__memcpy_chk":
 * what compilers and _FORTIFY_SOURCE make of a call.
 */
static const char *plain_name(const char *name, char *out, size_t size)
{
	bool is_builtin = text_has_prefix(name, "__builtin_");
	const char *start = is_builtin ? name + strlen("__builtin_") : name;
	bool is_checked = text_has_prefix(start, "__") && text_has_suffix(start, "_chk");
	size_t len = strlen(start);

	if (!is_builtin && !is_checked)
		return NULL;
	if (is_checked) {
		start += strlen("__");
		len -= strlen("__") + strlen("_chk");
	}
	if (len >= size)
		return NULL;
	memcpy(out, start, len);
	out[len] = '\0';
	return out;
}

const struct call_rule *rules_call(const struct rules *rules, const char *function)
{
	const struct call_rule *rule = find(rules, CALLS, function);
	const char *plain;
	char name[64];

	if (rule || !text_has_prefix(function, "__"))
		return rule;
	plain = plain_name(function, name, sizeof(name));
	rule = plain ? find(rules, CALLS, plain) : NULL;
	/* A checked function may have arguments of its own before those of the plain one.
	 */
	return rule && !rule->ncallbacks && !rule->nstores ? rule : NULL;
}

const struct assignment_rule *rules_field(const struct rules *rules, const char *record,
	const char *field)
{
	const struct rule_index *index = &rules->index->sections[ASSIGNMENTS];
	const struct assignment_rule *rule = NULL;

	if (record && *record) {
		rule = rule_index_find(index, record, field);
		rule = rule ? rule : rule_index_find(index, record, "*");
	}
	return rule ? rule : rule_index_find(index, "", field);
}

const struct assignment_rule *rules_variable(const struct rules *rules,
	const char *variable)
{
	return rule_index_find(&rules->index->sections[ASSIGNMENTS], "=", variable);
}

const struct function_rule *rules_function(const struct rules *rules,
	const char *function)
{
	for (size_t i = 0; i < rules->index->npatterns; i++) {
		const struct pattern *pattern = &rules->index->patterns[i];

		if (strncmp(pattern->prefix ? pattern->prefix : "", function,
			    pattern->nprefix) == 0 &&
			regexec(&pattern->regex, function, 0, NULL, 0) == 0)
			return pattern->rule;
	}
	return NULL;
}

const struct dispatcher_rule *rules_dispatcher(const struct rules *rules,
	const char *function)
{
	return find(rules, DISPATCHERS, function);
}

const struct compare_rule *rules_compare(const struct rules *rules, const char *function)
{
	return find(rules, COMPARES, function);
}

const struct forward_rule *rules_forward(const struct rules *rules, const char *function)
{
	return find(rules, FORWARDS, function);
}
