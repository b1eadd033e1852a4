/* Rows of tables: methods of other languages, paths of requests. */
#include "analyzer/entry/entry_points.h"
#include "analyzer/entry/search.h"
#include "analyzer/rules/rules.h"
#include "core/arena.h"
#include "core/source_paths.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* A row: an object in braces. */
struct row {
	struct entry_search *search;
	const struct facts *facts;
	struct term_at at;
};

static const char *const http_methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE",
	"CONNECT", "OPTIONS", "TRACE", "PATCH", NULL};

/* The value of a field of a list in braces; FACTS_NONE: it is not given. */
static uint32_t slot_value(const struct facts *facts, uint32_t list, const char *field,
	size_t len)
{
	uint32_t end = facts->terms[list].end;

	for (uint32_t slot = list + 1; slot < end; slot = facts->terms[slot].end) {
		const char *name = facts_string(facts, facts->terms[slot].name);

		if (strncmp(name, field, len) == 0 && !name[len])
			return term_child(facts, slot, 0);
	}
	return FACTS_NONE;
}

/* The value of a field path, "name.data". */
static uint32_t row_value(const struct row *row, const char *path)
{
	uint32_t term = row->at.term;

	for (;;) {
		size_t len = strcspn(path, ".");

		if (row->facts->terms[term].kind != TERM_LIST)
			return FACTS_NONE;
		term = slot_value(row->facts, term, path, len);
		if (!path[len] || term == FACTS_NONE)
			return term;
		path += len + 1;
	}
}

static bool has_value(const struct row *row, const struct rule_where *where)
{
	uint32_t term = row_value(row, where->field);
	struct constant constant = {0};
	char number[16];

	if (term != FACTS_NONE && !outlines_constant(&row->search->outlines,
					  term_within(row->at, term), &constant))
		return false;
	if (constant.text)
		return strcmp(constant.text, where->value) == 0;
	snprintf(number, sizeof(number), "%d", (int)constant.number);
	return strcmp(number, where->value) == 0 ||
	       (!constant.number && strcmp(where->value, "NULL") == 0);
}

static const char *row_name(const struct row *row, const struct table_rule *rule)
{
	for (size_t i = 0; i < rule->nname; i++) {
		uint32_t term = row_value(row, rule->name[i].field);
		const char *word = term == FACTS_NONE
					   ? NULL
					   : entry_word(row->search, RULE_NO_KIND,
						     term_within(row->at, term));

		if (word && strcmp(word, "0") != 0)
			return rule->name[i].prefix[0]
				       ? arena_printf(row->search->arena, "%s%s",
						 rule->name[i].prefix, word)
				       : word;
	}
	return NULL;
}

static const char *role_of(const struct table_rule *rule, const char *field)
{
	for (size_t i = 0; i < rule->nroles; i++)
		if (strcmp(rule->roles[i].field, field) == 0)
			return rule->roles[i].role;
	return NULL;
}

static void add_handler(const struct row *row, const struct table_rule *rule,
	const char *field)
{
	uint32_t value = row_value(row, field), function;
	struct entry entry = {.kind = rule->kind, .by = rule->elem};

	function = value == FACTS_NONE ? FACTS_NONE : term_function(row->facts, value);
	if (function == FACTS_NONE)
		return;
	entry_place(row->search, &entry, row->at);
	entry_describe(&entry, entry_name_key(rule->kind), row_name(row, rule));
	entry_describe(&entry, "role", role_of(rule, field));
	entry_add_meanings(row->search, &entry, row->at, function);
}

static void read_ruled(const struct row *row, const struct table_rule *rule)
{
	for (size_t i = 0; i < rule->nwhere; i++)
		if (!has_value(row, &rule->where[i]))
			return;
	for (size_t i = 0; i < rule->nhandler; i++)
		add_handler(row, rule, rule->handler[i]);
	for (size_t i = 0; i < rule->nroles; i++) {
		bool is_handler = false;

		for (size_t h = 0; h < rule->nhandler; h++)
			is_handler |= strcmp(rule->handler[h], rule->roles[i].field) == 0;
		if (!is_handler)
			add_handler(row, rule, rule->roles[i].field);
	}
}

const char *entry_http_method(const char *word)
{
	const char *last = strrchr(word, '_');

	word = last ? last + 1 : word;
	for (size_t i = 0; http_methods[i]; i++)
		if (strcmp(http_methods[i], word) == 0)
			return http_methods[i];
	return NULL;
}

/* {"GET", "/status", get_status}: what else has a method, a path and a function? */
static void read_request(const struct row *row)
{
	const struct facts *facts = row->facts;
	struct entry entry = {.kind = RULE_HTTP};
	const char *method = NULL, *path = NULL;
	uint32_t handler = FACTS_NONE;
	uint32_t end = facts->terms[row->at.term].end;

	for (uint32_t slot = row->at.term + 1; slot < end;
		slot = facts->terms[slot].end) {
		uint32_t value = term_child(facts, slot, 0), function;
		const char *word;

		if (value == FACTS_NONE)
			continue;
		function = term_function(facts, value);
		handler = handler == FACTS_NONE ? function : handler;
		if (facts->terms[value].kind != TERM_TEXT &&
			facts->terms[value].kind != TERM_NUMBER)
			continue;
		word = facts_string(facts, facts->terms[value].name);
		method = method ? method : entry_http_method(word);
		path = path || word[0] != '/' ? path : word;
	}
	if (!method || !path || handler == FACTS_NONE)
		return;
	entry_place(row->search, &entry, row->at);
	entry_describe(&entry, "method", method);
	entry_describe(&entry, "path",
		source_paths_intern(row->search->program->paths, path));
	entry.by = arena_printf(row->search->arena, "row of %s",
		facts_string(facts, facts->terms[row->at.term].name));
	entry_add_meanings(row->search, &entry, row->at, handler);
}

static const struct table_rule *rule_of(const struct row *row)
{
	const struct rule_file *rules = &row->search->program->rules->all;
	const char *record =
		facts_string(row->facts, row->facts->terms[row->at.term].name);

	for (size_t i = 0; i < rules->ntables; i++)
		if (rules->tables[i].elem && rules->tables[i].kind > RULE_CLI &&
			strcmp(rules->tables[i].elem, record) == 0)
			return &rules->tables[i];
	return NULL;
}

static void read_row(struct entry_search *search, struct term_at at)
{
	const struct row row = {search, outlines_facts(&search->outlines, at), at};
	const struct table_rule *rule = rule_of(&row);

	if (rule)
		read_ruled(&row, rule);
	else
		read_request(&row);
}

void entry_find_rows(struct entry_search *search)
{
	const struct entry_program *program = search->program;

	for (uint32_t i = 0; i < program->nimages; i++) {
		const struct facts *facts = &program->images[i];
		uint32_t root = 0;

		for (uint32_t t = 0; t < facts->nterms; t++) {
			if (t == facts->terms[root].end)
				root = t;
			if (t == root && !outlines_is_first(&search->outlines, i, root)) {
				t = facts->terms[t].end - 1;
				continue;
			}
			if (facts->terms[t].kind == TERM_LIST && !facts->terms[t].a)
				read_row(search, (struct term_at){i, root, t});
		}
	}
}
