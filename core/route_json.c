#include "core/route_json.h"

#include "core/arena.h"
#include "core/json_writer.h"
#include "core/member_json.h"
#include "core/record_json.h"
#include "core/static_parts.h"
#include "core/text.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char id_prefix[] = "route_";

static void write_id(struct json_writer *json, const char *key, uint32_t route)
{
	char id[32];

	snprintf(id, sizeof(id), "%s%" PRIu32, id_prefix, route);
	json_member_string(json, key, route == TRACE_NONE ? NULL : id);
}

static void write_strings(struct json_writer *json, const char *key,
	const char *const *strings, size_t n)
{
	json_key(json, key);
	json_begin_array(json);
	for (size_t i = 0; i < n; i++)
		json_string(json, strings[i]);
	json_end_array(json);
}

/* The members of a function's record, in the object that is open. */
static void write_record(struct json_writer *json, const struct static_trace *trace,
	uint32_t function)
{
	json_member_uint(json, "id", function);
	record_json_write(json, &trace->functions[function], "type");
}

static void write_handlers(struct json_writer *json, const struct static_trace *trace,
	const struct route *route)
{
	json_key(json, "handler");
	if (route->handler == TRACE_NONE) {
		json_null(json);
		json_member_optional_string(json, "handler_reason",
			route->handler_reason);
	} else {
		json_begin_line_object(json);
		write_record(json, trace, route->handler);
		json_end_object(json);
	}
	json_key(json, "other_handlers");
	json_begin_array(json);
	for (size_t i = 0; i < route->nothers; i++) {
		json_begin_line_object(json);
		json_member_string(json, "role", route->others[i].role);
		write_record(json, trace, route->others[i].function);
		json_end_object(json);
	}
	json_end_array(json);
}

static void write_true(struct json_writer *json, const char *key, bool value)
{
	if (value)
		json_member_bool(json, key, true);
}

void route_write_members(struct json_writer *json, const struct static_trace *trace,
	uint32_t index)
{
	const struct route *route = &trace->routes[index];
	uint32_t entry = route->reached_from;

	write_id(json, "id", index);
	json_member_string(json, "program", route->program);
	write_strings(json, "tokens", route->tokens, route->ntokens);
	json_key(json, "aliases");
	json_begin_array(json);
	for (size_t i = 0; i < route->naliases; i++)
		json_string(json, route->aliases[i]);
	route_write_paths(json, trace, index);
	json_end_array(json);
	write_id(json, "parent", route->parent);
	json_member_string(json, "match", route->match);
	write_handlers(json, trace, route);
	json_member_string(json, "pattern", route->pattern);
	json_member_string(json, "file", route->file);
	json_member_uint(json, "line", route->line);
	json_member_optional_string(json, "help", route->help);
	json_member_string(json, "route_id", route->route_id);
	json_member_string(json, "reached_from",
		entry == TRACE_NONE ? NULL : trace->entry_points[entry].id);
	write_true(json, "default", route->is_default);
	write_true(json, "ambiguous", route->is_ambiguous);
}

void route_write(struct json_writer *json, const struct static_trace *trace,
	uint32_t index)
{
	json_begin_line_object(json);
	route_write_members(json, trace, index);
	json_end_object(json);
}

void branch_write_members(struct json_writer *json, const struct branch *branch)
{
	json_member_string(json, "point", branch->point);
	write_strings(json, "choices", branch->choices, branch->nchoices);
	json_member_string(json, "file", branch->file);
	json_member_uint(json, "line", branch->line);
}

void branch_write(struct json_writer *json, const struct branch *branch)
{
	json_begin_line_object(json);
	branch_write_members(json, branch);
	json_end_object(json);
}

/* "route_12" is 12; null is TRACE_NONE. */
static uint32_t read_id(struct members *in, const char *key)
{
	const char *id = member_nullable_string(in, key);
	const char *digits = id ? id + strlen(id_prefix) : NULL;
	char again[32];
	uint32_t index;

	if (!id || in->source->failed)
		return TRACE_NONE;
	if (text_has_prefix(id, id_prefix)) {
		index = (uint32_t)strtoul(digits, NULL, 10);
		snprintf(again, sizeof(again), "%" PRIu32, index);
		if (index != TRACE_NONE && strcmp(digits, again) == 0)
			return index;
	}
	members_fail(in->source, "'%s' is '%.40s': expected the id of a route, 'route_0'",
		key, id);
	return TRACE_NONE;
}

static void check_id(struct members *in)
{
	uint32_t id = read_id(in, "id");

	if (id != in->source->index)
		members_fail(in->source,
			"'id' is not 'route_%zu': ids count from 0, in order",
			in->source->index);
}

static struct function_ref read_handler(struct members *in)
{
	const cJSON *member = cJSON_GetObjectItemCaseSensitive(in->object, "handler");
	struct function_ref none = {.id = TRACE_NONE};
	struct members record;

	if (cJSON_IsNull(member))
		return none;
	if (member_optional_members(in, "handler", &record))
		return function_ref_read(&record);
	members_fail(in->source,
		"'handler' is missing: expected the record of a function, or null");
	return none;
}

static const char *const *read_strings(struct members *in, struct arena *arena,
	const char *key, size_t *n)
{
	const cJSON *first = member_array(in, key, n);

	return item_strings(in, arena, first, *n, key);
}

/* Without whole ways, which follow from the aliases of the commands above. */
static void read_aliases(struct members *in, struct arena *arena, struct route *route)
{
	size_t n;
	const cJSON *item = member_array(in, "aliases", &n);
	const char **aliases = arena_alloc(arena, n * sizeof(*aliases));

	route->aliases = aliases;
	for (size_t i = 0; i < n; i++, item = item->next)
		if (!cJSON_IsArray(item))
			aliases[route->naliases++] = item_string(in, item, "aliases");
}

static void read_others(struct members *route, struct arena *arena, struct arena *scratch,
	struct part_route *out)
{
	const cJSON *item = member_array(route, "other_handlers", &out->route.nothers);
	size_t n = out->route.nothers;
	struct route_handler *others = arena_alloc(arena, n * sizeof(*others));
	uint64_t *records = arena_alloc(scratch, n * sizeof(*records));

	out->route.others = others;
	out->other_records = records;
	for (size_t i = 0; i < n; i++, item = item->next) {
		struct members in = members_of(route->source, item);
		struct function_ref ref;

		others[i].role = member_string(&in, "role");
		ref = function_ref_read(&in);
		others[i].function = ref.id;
		records[i] = ref.record;
	}
}

void route_read(struct members *in, struct arena *arena, struct arena *scratch,
	struct part_route *out)
{
	struct route *route = &out->route;
	struct function_ref handler;

	check_id(in);
	route->program = member_string(in, "program");
	route->tokens = read_strings(in, arena, "tokens", &route->ntokens);
	read_aliases(in, arena, route);
	route->parent = read_id(in, "parent");
	route->match = member_string(in, "match");
	handler = read_handler(in);
	route->handler = handler.id;
	out->handler_record = handler.record;
	route->handler_reason = member_optional_string(in, "handler_reason");
	read_others(in, arena, scratch, out);
	route->pattern = member_string(in, "pattern");
	route->file = member_string(in, "file");
	route->line = member_unsigned(in, "line");
	route->help = member_optional_string(in, "help");
	route->route_id = member_nullable_string(in, "route_id");
	out->reached_from = member_nullable_string(in, "reached_from");
	route->is_default = member_optional_bool(in, "default");
	route->is_ambiguous = member_optional_bool(in, "ambiguous");
}

void branch_read(struct members *in, struct arena *arena, struct branch *out)
{
	out->point = member_string(in, "point");
	out->choices = read_strings(in, arena, "choices", &out->nchoices);
	out->file = member_string(in, "file");
	out->line = member_unsigned(in, "line");
}
