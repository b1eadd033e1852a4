#include "core/document_json.h"

#include "core/arena.h"
#include "core/json_reader.h"

#include <cjson/cJSON.h>
#include <string.h>

struct search {
	struct arena *arena;
	struct document found;
};

static bool is_complete(const struct search *search)
{
	return search->found.kind && search->found.version;
}

static bool on_value(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	struct search *search = context;

	(void)err;
	if (!key || !cJSON_IsString(value))
		return true;
	if (strcmp(key, "kind") == 0) {
		search->found.kind = arena_strdup(search->arena, value->valuestring);
		search->found.kind_offset = offset;
	} else if (strcmp(key, "schema_version") == 0) {
		search->found.version = arena_strdup(search->arena, value->valuestring);
		search->found.version_offset = offset;
	}
	return !is_complete(search); /* enough is known: stop */
}

bool document_identify(struct arena *arena, const struct json_source *source,
	struct document *out, struct error *err)
{
	struct search search = {.arena = arena};
	const struct json_visitor visitor = {on_value, NULL, &search};

	if (!json_read(source, &visitor, err) && !is_complete(&search))
		return false;
	*out = search.found;
	return true;
}
