/* Learned calls, as rule files hold them; learn_write() (diff/compare/learn.c) writes. */
#include "core/rule_reader_json.h"

#include "core/trace_names.h"

#include <cjson/cJSON.h>

static struct learned_function read_function(struct members *in, const char *key)
{
	struct learned_function function = {"", ""};
	struct members inner;

	if (!member_optional_members(in, key, &inner)) {
		members_fail(in->source, "'%s' is missing: expected an object", key);
		return function;
	}
	function.name = member_string(&inner, "function");
	function.file = member_string(&inner, "file");
	return function;
}

void rule_read_learned(struct rule_reader *reader, const cJSON *value)
{
	struct members in = members_of(&reader->source, value), site;
	struct learned_rule rule = {.origin = reader->origin};

	if (!in.object)
		return;
	rule.caller = read_function(&in, "caller");
	rule.callee = read_function(&in, "callee");
	rule.has_site = member_optional_members(&in, "site", &site);
	if (rule.has_site) {
		rule.line = member_unsigned(&site, "line");
		rule.expression =
			member_choice(&site, "expression", callee_expression_names);
		rule.expression_name = member_optional_string(&site, "name");
		rule.index = member_unsigned(&site, "index");
	}
	rule.through = member_optional_string(&in, "through");
	rule_list_add(&reader->learned, &rule, sizeof(rule));
}
