#include "core/rule_reader_json.h"

#include "core/arena.h"
#include "core/trace.h"

#include <cjson/cJSON.h>
#include <string.h>

void rule_list_add(struct rule_list *list, const void *element, size_t size)
{
	list->items = grow(list->items, list->count, &list->room, size);
	memcpy((char *)list->items + list->count++ * size, element, size);
}

int rule_argument(struct members *in, const char *key)
{
	uint32_t number = member_optional_id(in, key);

	if (number == TRACE_NONE)
		return RULE_NO_ARGUMENT;
	if (number > RULE_ARGUMENT_MAX)
		members_fail(in->source, "'%s' is %u, expected an argument from 0 to %d",
			key, number, RULE_ARGUMENT_MAX);
	return (int)(number & RULE_ARGUMENT_MAX);
}

int rule_item_argument(struct members *in, const cJSON *item, const char *key)
{
	double value = item->valuedouble;

	if (cJSON_IsNumber(item) && value >= 0 && value <= RULE_ARGUMENT_MAX &&
		value == (double)(int)value)
		return (int)value;
	members_fail(in->source, "'%s' holds what is no argument: expected 0 to %d", key,
		RULE_ARGUMENT_MAX);
	return 0;
}

int rule_key_argument(struct members *in, const char *text, const char *key)
{
	size_t digits = strspn(text, "0123456789");
	int number = digits ? text[0] - '0' : 0;

	if (digits == 2)
		number = number * 10 + text[1] - '0';
	if (digits && !text[digits] && digits <= 2 && number <= RULE_ARGUMENT_MAX)
		return number;
	members_fail(in->source,
		"the key '%.40s' in '%s' is not the number of an argument: expected \"0\" to "
		"\"%d\"",
		text, key, RULE_ARGUMENT_MAX);
	return 0;
}

unsigned rule_choice(struct members *in, const char *key, const char *const *names)
{
	const char *name = member_optional_string(in, key);

	for (unsigned i = 0; name && names[i]; i++)
		if (*name && strcmp(names[i], name) == 0)
			return i;
	if (name)
		members_fail(in->source, "'%s' is '%.40s', which is not a known word",
			key, name);
	return 0;
}

const char *const *rule_strings(struct rule_reader *reader, struct members *in,
	const char *key, size_t *count)
{
	const cJSON *item = in->source->failed
				    ? NULL
				    : cJSON_GetObjectItemCaseSensitive(in->object, key);
	const char **strings;
	size_t n = 0;

	*count = 0;
	if (!item)
		return NULL;
	if (cJSON_IsArray(item)) {
		n = (size_t)cJSON_GetArraySize(item);
		item = item->child;
	} else {
		n = 1;
	}
	strings = arena_alloc(reader->arena, n * sizeof(*strings));
	for (size_t i = 0; i < n; i++, item = item->next)
		strings[i] = item_string(in, item, key);
	*count = n;
	return strings;
}

struct rule_role *rule_argument_roles(struct rule_reader *reader, struct members *in,
	size_t *count)
{
	struct members object;
	struct rule_role *roles;
	const cJSON *item;

	*count = 0;
	if (!member_optional_members(in, "roles", &object) || !object.object)
		return NULL;
	roles = arena_alloc(reader->arena,
		(size_t)cJSON_GetArraySize(object.object) * sizeof(*roles));
	for (item = object.object->child; item; item = item->next)
		roles[(*count)++] = (struct rule_role){
			.role = item_string(in, item, "roles"),
			.argument = rule_key_argument(in, item->string, "roles"),
		};
	return roles;
}
