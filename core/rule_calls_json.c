/* The sections `calls`, `registrations` and `assignments` of a rule file. */
#include "core/rule_reader_json.h"

#include "core/arena.h"

#include <cjson/cJSON.h>
#include <string.h>

static void *array_of(struct rule_reader *reader, size_t count, size_t size)
{
	return arena_alloc(reader->arena, count * size);
}

static bool is_true(struct members *in, const char *key)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(in->object, key));
}

static struct rule_value read_value_object(struct members *in, const cJSON *item)
{
	struct members object = members_of(in->source, item);
	struct rule_value value = {.argument = rule_argument(&object, "argument")};
	const char *slot = member_optional_string(&object, "slot");
	const char *field = member_optional_string(&object, "field");
	bool is_self = is_true(&object, "self");
	int given = (value.argument != RULE_NO_ARGUMENT) + !!slot + !!field + is_self;

	if (given != 1)
		members_fail(in->source,
			"a value needs one of 'argument', 'slot', 'field' and 'self', and has %d",
			given);
	value.kind = slot      ? RULE_SLOT
		     : field   ? RULE_FIELD
		     : is_self ? RULE_SELF
			       : RULE_ARGUMENT;
	value.name = slot ? slot : field;
	value.is_pointer = is_true(&object, "pointer");
	return value;
}

static struct rule_value read_value(struct members *in, const cJSON *item)
{
	struct rule_value value = {.argument = RULE_NO_ARGUMENT};

	if (cJSON_IsNull(item))
		return value;
	if (cJSON_IsObject(item))
		return read_value_object(in, item);
	if (cJSON_IsNumber(item)) {
		value.kind = RULE_ARGUMENT;
		value.argument = rule_item_argument(in, item, "a value");
		return value;
	}
	value.kind = strcmp(item_string(in, item, "a value"), "fresh") == 0
			     ? RULE_FRESH
			     : RULE_UNKNOWN;
	return value;
}

static struct rule_parameters read_parameters(struct rule_reader *reader,
	struct members *in)
{
	struct rule_parameters parameters = {0};
	const cJSON *item = member_optional_array(in, "arguments", &parameters.nvalues);
	struct rule_value *values = array_of(reader, parameters.nvalues, sizeof(*values));

	for (size_t i = 0; item; item = item->next)
		values[i++] = read_value(in, item);
	parameters.values = values;
	return parameters;
}

/* A handler with parameters of its own. */
static struct rule_callback read_handler(struct rule_reader *reader, struct members *in,
	const cJSON *item)
{
	struct members object = members_of(in->source, item);
	struct rule_callback callback = {.argument = rule_argument(&object, "argument")};

	if (callback.argument == RULE_NO_ARGUMENT)
		members_fail(in->source, "a handler has no 'argument'");
	callback.parameters = read_parameters(reader, &object);
	callback.role = member_optional_string(&object, "role");
	return callback;
}

static void read_callbacks(struct rule_reader *reader, struct members *in,
	struct call_rule *rule)
{
	const cJSON *handler = cJSON_GetObjectItemCaseSensitive(in->object, "handler");
	struct rule_parameters parameters = read_parameters(reader, in);
	const cJSON *item = cJSON_IsArray(handler) ? handler->child : handler;
	size_t nroles, count = 0, most = (size_t)cJSON_GetArraySize(handler) + 1;
	const struct rule_role *roles = rule_argument_roles(reader, in, &nroles);
	struct rule_callback *callbacks =
		array_of(reader, most + nroles, sizeof(*callbacks));

	if (!handler && parameters.nvalues)
		members_fail(in->source,
			"'arguments' is given without 'handler', whose parameters they are");
	for (; item && count < most; item = cJSON_IsArray(handler) ? item->next : NULL) {
		struct rule_callback *callback = &callbacks[count++];

		if (cJSON_IsObject(item)) {
			*callback = read_handler(reader, in, item);
			continue;
		}
		callback->argument = rule_item_argument(in, item, "handler");
		callback->parameters = parameters;
	}
	for (size_t i = 0; i < nroles; i++)
		callbacks[count++] = (struct rule_callback){
			.argument = roles[i].argument, .role = roles[i].role};
	rule->callbacks = callbacks;
	rule->ncallbacks = count;
}

/* No argument may be two things at once. */
static void check_callbacks(struct members *in, const struct call_rule *rule)
{
	uint64_t seen = 0;

	for (size_t i = 0; i < rule->ncallbacks; i++) {
		int argument = rule->callbacks[i].argument & RULE_ARGUMENT_MAX;

		if (seen & 1ull << argument)
			members_fail(in->source,
				"argument %d is given twice among the handlers and roles",
				argument);
		seen |= 1ull << argument;
	}
}

static void read_copies(struct rule_reader *reader, struct members *in,
	struct call_rule *rule)
{
	const cJSON *item = member_optional_array(in, "copies", &rule->ncopies);
	struct rule_copy *copies = array_of(reader, rule->ncopies, sizeof(*copies));

	rule->copies = copies;
	for (; item; item = item->next, copies++) {
		if (cJSON_GetArraySize(item) != 2 || !cJSON_IsArray(item)) {
			members_fail(in->source,
				"'copies' needs pairs of arguments: [to, from]");
			continue;
		}
		copies->to = rule_item_argument(in, item->child, "copies");
		copies->from = rule_item_argument(in, item->child->next, "copies");
	}
}

static void read_fills(struct rule_reader *reader, struct members *in,
	struct call_rule *rule)
{
	struct members object;
	struct rule_fill *fills;
	const cJSON *item;

	if (!member_optional_members(in, "fills", &object) || !object.object)
		return;
	fills = array_of(reader, (size_t)cJSON_GetArraySize(object.object),
		sizeof(*fills));
	rule->fills = fills;
	for (item = object.object->child; item; item = item->next)
		fills[rule->nfills++] =
			(struct rule_fill){rule_key_argument(in, item->string, "fills"),
				read_value(in, item)};
}

static void read_stores(struct rule_reader *reader, struct members *in,
	struct call_rule *rule)
{
	struct members object;
	struct rule_store *stores;
	const cJSON *item;

	if (!member_optional_members(in, "stores", &object) || !object.object)
		return;
	stores = array_of(reader, (size_t)cJSON_GetArraySize(object.object),
		sizeof(*stores));
	rule->stores = stores;
	for (item = object.object->child; item; item = item->next)
		stores[rule->nstores++] =
			(struct rule_store){intern_string(&reader->strings, item->string),
				rule_item_argument(in, item, "stores")};
}

static void read_metadata(struct rule_reader *reader, struct members *in,
	struct call_rule *rule)
{
	struct members object;
	struct rule_metadata *metadata;
	const cJSON *item;

	if (!member_optional_members(in, "metadata", &object) || !object.object)
		return;
	metadata = array_of(reader, (size_t)cJSON_GetArraySize(object.object),
		sizeof(*metadata));
	rule->metadata = metadata;
	for (item = object.object->child; item; item = item->next)
		metadata[rule->nmetadata++] = (struct rule_metadata){
			intern_string(&reader->strings, item->string),
			rule_item_argument(in, item, "metadata")};
}

static void read_exceptions(struct rule_reader *reader, struct members *in,
	struct call_rule *rule)
{
	const cJSON *item = member_optional_array(in, "except", &rule->nexceptions);
	struct rule_exception *exceptions =
		array_of(reader, rule->nexceptions, sizeof(*exceptions));

	rule->exceptions = exceptions;
	for (; item && !in->source->failed; item = item->next, exceptions++) {
		struct members object = members_of(in->source, item);

		if (!object.object)
			return;
		exceptions->argument = rule_argument(&object, "argument");
		exceptions->value = member_string(&object, "value");
		exceptions->kind = rule_choice(&object, "kind", rule_kind_names);
	}
	if (rule->nexceptions && rule->kind == RULE_NO_KIND)
		members_fail(in->source,
			"'except' is given without 'kind', from which it differs");
}

void rule_read_call(struct rule_reader *reader, const cJSON *value, bool is_registration)
{
	static const char *const callees[] = {"", "function", "variable", NULL};
	struct members in = members_of(&reader->source, value);
	struct call_rule rule = {.origin = reader->origin};
	const cJSON *result;

	if (!in.object)
		return;
	rule.kind = rule_choice(&in, "kind", rule_kind_names);
	rule.names = rule_strings(reader, &in, "call", &rule.nnames);
	rule.is_variable = rule_choice(&in, "callee", callees) == 2;
	read_callbacks(reader, &in, &rule);
	check_callbacks(&in, &rule);
	rule.name = rule_argument(&in, "name");
	read_metadata(reader, &in, &rule);
	read_exceptions(reader, &in, &rule);
	rule.ignore = rule_strings(reader, &in, "ignore", &rule.nignore);
	rule.symbol = rule_argument(&in, "symbol");
	rule.formats = rule_strings(reader, &in, "format", &rule.nformats);
	read_copies(reader, &in, &rule);
	read_fills(reader, &in, &rule);
	read_stores(reader, &in, &rule);
	result = cJSON_GetObjectItemCaseSensitive(in.object, "returns");
	rule.result = (struct rule_value){RULE_UNKNOWN, false, RULE_NO_ARGUMENT, NULL};
	if (result)
		rule.result = read_value(&in, result);
	rule.keeps = !cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(in.object, "keeps"));
	if (is_registration && !rule.ncallbacks && rule.symbol == RULE_NO_ARGUMENT)
		members_fail(in.source,
			"a registration needs 'handler', the argument that is "
			"called, or 'symbol', that names it");
	if (rule.nformats && rule.symbol == RULE_NO_ARGUMENT)
		members_fail(in.source, "'format' needs 'symbol', whose text it makes");
	rule_list_add(&reader->calls, &rule, sizeof(rule));
}

void rule_read_assignment(struct rule_reader *reader, const cJSON *value)
{
	struct members in = members_of(&reader->source, value);
	struct assignment_rule rule = {.origin = reader->origin};
	const char *const *fields, *const *variables;
	size_t nfields, nvariables;

	if (!in.object)
		return;
	rule.kind = rule_choice(&in, "kind", rule_kind_names);
	rule.record = member_optional_string(&in, "struct");
	fields = rule_strings(reader, &in, "field", &nfields);
	variables = rule_strings(reader, &in, "variable", &nvariables);
	rule.parameters = read_parameters(reader, &in);
	rule.ignore = rule_strings(reader, &in, "ignore", &rule.nignore);
	if (!nfields == !nvariables)
		members_fail(in.source,
			"an assignment needs one of 'field' and 'variable'");
	if (nvariables && rule.record)
		members_fail(in.source,
			"'struct' needs 'field': a variable is in no struct");
	for (size_t i = 0; i < nfields && !in.source->failed; i++) {
		rule.field = fields[i];
		if (strcmp(rule.field, "*") == 0 && !rule.record)
			members_fail(in.source,
				"the field '*', all fields, needs 'struct': of which");
		rule_list_add(&reader->assignments, &rule, sizeof(rule));
	}
	rule.field = NULL;
	for (size_t i = 0; i < nvariables && !in.source->failed; i++) {
		rule.variable = variables[i];
		rule_list_add(&reader->assignments, &rule, sizeof(rule));
	}
}
