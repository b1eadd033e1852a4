/* The sections of a rule file that are about routes: tables and what works on them. */
#include "core/rule_reader_json.h"

#include "core/arena.h"

#include <cjson/cJSON.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

enum {
	PATTERN_MAX_BYTES = 200,
	PATTERN_MAX_PLUS = 8,
};

static void read_names(struct rule_reader *reader, struct members *in,
	struct table_rule *rule)
{
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(in->object, "name");
	bool is_array = cJSON_IsArray(name);
	size_t most = is_array ? (size_t)cJSON_GetArraySize(name) : 1;
	struct rule_name *names = arena_alloc(reader->arena, most * sizeof(*names));

	rule->name = names;
	for (const cJSON *item = is_array ? name->child : name;
		item && rule->nname < most; item = item->next) {
		struct rule_name *out = &names[rule->nname++];
		struct members object;

		*out = (struct rule_name){NULL, ""};
		if (!cJSON_IsObject(item)) {
			out->field = item_string(in, item, "name");
			continue;
		}
		object = members_of(in->source, item);
		out->field = member_string(&object, "field");
		out->prefix = member_optional_string(&object, "prefix");
		out->prefix = out->prefix ? out->prefix : "";
	}
}

static void read_sub(struct members *in, struct table_rule *rule)
{
	const cJSON *sub = cJSON_GetObjectItemCaseSensitive(in->object, "sub");
	struct members object;

	if (cJSON_IsObject(sub)) {
		object = members_of(in->source, sub);
		rule->sub = member_string(&object, "field");
		rule->sub_list = member_string(&object, "list");
	} else {
		rule->sub = member_optional_string(in, "sub");
	}
}

static void read_roles(struct rule_reader *reader, struct members *in,
	struct table_rule *rule)
{
	struct members object;
	struct rule_role *roles;
	const cJSON *item;

	if (!member_optional_members(in, "roles", &object) || !object.object)
		return;
	roles = arena_alloc(reader->arena,
		(size_t)cJSON_GetArraySize(object.object) * sizeof(*roles));
	rule->roles = roles;
	for (item = object.object->child; item; item = item->next)
		roles[rule->nroles++] = (struct rule_role){
			.field = intern_string(&reader->strings, item->string),
			.role = item_string(in, item, "roles"),
			.argument = RULE_NO_ARGUMENT,
		};
}

/* What would stand in the source: rows are compared as text. */
static const char *where_text(struct rule_reader *reader, struct members *in,
	const cJSON *item)
{
	char number[32];

	if (cJSON_IsNull(item))
		return "NULL";
	if (cJSON_IsBool(item))
		return cJSON_IsTrue(item) ? "true" : "false";
	if (!cJSON_IsNumber(item))
		return item_string(in, item, "where");
	snprintf(number, sizeof(number), "%.0f", item->valuedouble);
	return intern_string(&reader->strings, number);
}

static void read_where(struct rule_reader *reader, struct members *in,
	struct table_rule *rule)
{
	struct members object;
	struct rule_where *where;
	const cJSON *item;

	if (!member_optional_members(in, "where", &object) || !object.object)
		return;
	where = arena_alloc(reader->arena,
		(size_t)cJSON_GetArraySize(object.object) * sizeof(*where));
	rule->where = where;
	for (item = object.object->child; item; item = item->next)
		where[rule->nwhere++] =
			(struct rule_where){intern_string(&reader->strings, item->string),
				where_text(reader, in, item)};
}

static void read_parallel(struct members *in, struct table_rule *rule)
{
	struct members object;

	if (!member_optional_members(in, "parallel", &object))
		return;
	rule->names = member_string(&object, "names");
	rule->separator = member_optional_string(&object, "sep");
	if (rule->separator && strcmp(rule->separator, RULE_NUL) == 0)
		rule->separator = "";
	rule->handlers = member_string(&object, "handlers");
}

static void check_table(struct members *in, const struct table_rule *rule)
{
	if (!rule->elem == !rule->names)
		members_fail(in->source,
			"a table needs one of 'elem', the struct of its rows, and 'parallel'");
	else if (rule->elem && (!rule->nname || (!rule->nhandler && !rule->sub)))
		members_fail(in->source,
			"a table of '%.80s' needs 'name' and 'handler', the "
			"fields with them",
			rule->elem);
	else if (rule->names && (rule->nname || rule->nhandler || rule->sub))
		members_fail(in->source,
			"'parallel' has no rows: 'name', 'handler' and 'sub' "
			"go with 'elem'");
}

void rule_read_table(struct rule_reader *reader, const cJSON *value)
{
	struct members in = members_of(&reader->source, value);
	struct table_rule rule = {.origin = reader->origin};

	if (!in.object)
		return;
	rule.id = member_optional_string(&in, "id");
	rule.elem = member_optional_string(&in, "elem");
	read_names(reader, &in, &rule);
	rule.handler = rule_strings(reader, &in, "handler", &rule.nhandler);
	rule.alias = rule_strings(reader, &in, "alias", &rule.nalias);
	read_sub(&in, &rule);
	rule.help = member_optional_string(&in, "help");
	read_roles(reader, &in, &rule);
	rule.split = member_optional_string(&in, "split");
	rule.strip = member_optional_string(&in, "strip");
	rule.flat = rule_strings(reader, &in, "flat", &rule.nflat);
	read_where(reader, &in, &rule);
	rule.match = rule_choice(&in, "match", rule_match_names);
	rule.kind = rule_choice(&in, "kind", rule_kind_names);
	read_parallel(&in, &rule);
	check_table(&in, &rule);
	rule_list_add(&reader->tables, &rule, sizeof(rule));
}

/* A member that must be there. */
static int argument(struct members *in, const char *key)
{
	int number = rule_argument(in, key);

	if (number == RULE_NO_ARGUMENT)
		members_fail(in->source, "'%s' is missing: expected an argument", key);
	return number;
}

void rule_read_dispatcher(struct rule_reader *reader, const cJSON *value)
{
	struct members in = members_of(&reader->source, value);
	struct dispatcher_rule rule = {.origin = reader->origin};

	if (!in.object)
		return;
	rule.call = member_string(&in, "call");
	rule.table = argument(&in, "table");
	rule.name = rule_argument(&in, "name");
	rule.match = rule_choice(&in, "match", rule_match_names);
	rule_list_add(&reader->dispatchers, &rule, sizeof(rule));
}

void rule_read_compare(struct rule_reader *reader, const cJSON *value)
{
	struct members in = members_of(&reader->source, value);
	struct compare_rule rule = {.origin = reader->origin};
	const cJSON *item;
	size_t nargs;

	if (!in.object)
		return;
	rule.call = member_string(&in, "call");
	item = member_array(&in, "args", &nargs);
	if (nargs != 2)
		members_fail(in.source,
			"'args' has %zu items, expected the 2 arguments "
			"that are compared",
			nargs);
	for (size_t i = 0; i < 2 && item; i++, item = item->next)
		rule.args[i] = rule_item_argument(&in, item, "args");
	rule.is_equal_when = strcmp(member_string(&in, "true"), "==0") == 0
				     ? RULE_ZERO
				     : RULE_NOT_ZERO;
	rule.match = rule_choice(&in, "match", rule_match_names);
	rule_list_add(&reader->compares, &rule, sizeof(rule));
}

void rule_read_forward(struct rule_reader *reader, const cJSON *value)
{
	struct members in = members_of(&reader->source, value);
	struct forward_rule rule = {.origin = reader->origin};

	if (!in.object)
		return;
	rule.call = member_string(&in, "call");
	rule.handler = argument(&in, "handler");
	rule.name = rule_argument(&in, "name");
	rule.roles = rule_argument_roles(reader, &in, &rule.nroles);
	rule_list_add(&reader->forwards, &rule, sizeof(rule));
}

static struct rule_text_source read_text_source(struct members *in, const char *key)
{
	struct rule_text_source source = {0};
	struct members object;

	if (member_optional_members(in, key, &object)) {
		source.call = member_string(&object, "call");
		source.argument = argument(&object, "arg");
	}
	return source;
}

/*
 * A stranger's "(a{255}){255}" would take all memory, and so does "((a+)+)+", as each "+"
 * doubles what it follows; a back reference takes all time.
 */
static bool is_cheap(const char *pattern)
{
	unsigned nplus = 0;

	for (const char *c = pattern; *c; c++)
		nplus += *c == '+';
	return nplus <= PATTERN_MAX_PLUS && strlen(pattern) <= PATTERN_MAX_BYTES &&
	       !strpbrk(pattern, "{}\\");
}

static void check_pattern(struct members *in, const char *pattern)
{
	char reason[128];
	regex_t regex;
	int code;

	if (!is_cheap(pattern)) {
		members_fail(in->source,
			"'name' may have %d bytes, %d '+', and neither braces nor backslashes",
			PATTERN_MAX_BYTES, PATTERN_MAX_PLUS);
		return;
	}
	code = regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB);
	if (!code) {
		regfree(&regex);
		return;
	}
	regerror(code, &regex, reason, sizeof(reason));
	members_fail(in->source,
		"'name' is '%.80s', no POSIX extended regular expression: %s", pattern,
		reason);
}

void rule_read_function(struct rule_reader *reader, const cJSON *value)
{
	struct members in = members_of(&reader->source, value);
	struct function_rule rule = {.origin = reader->origin};
	int given;

	if (!in.object)
		return;
	rule.kind = rule_choice(&in, "kind", rule_kind_names);
	rule.name = member_optional_string(&in, "name");
	rule.attribute = member_optional_string(&in, "attribute");
	rule.contains_call = member_optional_string(&in, "contains_call");
	rule.queue_from = read_text_source(&in, "queue_from");
	rule.exchange_from = read_text_source(&in, "exchange_from");
	given = !!rule.name + !!rule.attribute + !!rule.contains_call;
	if (given != 1)
		members_fail(in.source,
			"a function needs one of 'name', 'attribute' and 'contains_call', and "
			"has %d",
			given);
	if (rule.name && !in.source->failed)
		check_pattern(&in, rule.name);
	rule_list_add(&reader->functions, &rule, sizeof(rule));
}
