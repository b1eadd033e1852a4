#include "core/document_json.h"

#include "core/arena.h"
#include "core/json_reader.h"
#include "core/member_json.h"
#include "core/trace.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
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
	const struct json_visitor visitor = {.value = on_value, .context = &search};

	if (!json_read(source, &visitor, err) && !is_complete(&search))
		return false;
	*out = search.found;
	return true;
}

void document_check_version(struct member_source *source, const cJSON *value)
{
	const char *text = cJSON_IsString(value) ? value->valuestring : "";
	char *end;
	unsigned long major = strtoul(text, &end, 10);

	if (end == text || *end != '.' || text[0] < '0' || text[0] > '9')
		members_fail(source, "expected a string such as \"%d.%d\"",
			TRACE_SCHEMA_MAJOR, TRACE_SCHEMA_MINOR);
	else if (major > TRACE_SCHEMA_MAJOR)
		members_fail(source,
			"version %.20s is newer than the %d.x that this pcarch reads: use the "
			"pcarch that wrote the file, or a later one",
			text, TRACE_SCHEMA_MAJOR);
	else if (major < TRACE_SCHEMA_MAJOR)
		members_fail(source,
			"version %.20s is older than the %d.x that this pcarch reads: "
			"write the file again",
			text, TRACE_SCHEMA_MAJOR);
}
