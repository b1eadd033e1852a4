#include "core/names_json.h"

#include "core/json_reader.h"

#include <cjson/cJSON.h>
#include <string.h>

struct names {
	names_fn *each;
	void *context;
	bool has_begun, is_done;
};

static bool on_array(void *context, const char *key, uint64_t offset, struct error *err)
{
	struct names *names = context;

	(void)offset;
	(void)err;
	names->is_done = names->has_begun;
	names->has_begun = names->has_begun || strcmp(key ? key : "", "functions") == 0;
	return !names->is_done; /* no error: reading ends */
}

static bool on_value(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	struct names *names = context;
	const cJSON *name, *module;

	(void)offset;
	(void)err;
	if (!key || strcmp(key, "functions") != 0)
		return true;
	name = cJSON_GetObjectItemCaseSensitive(value, "function");
	module = cJSON_GetObjectItemCaseSensitive(value, "module");
	if (cJSON_IsString(name) && cJSON_IsString(module))
		names->each(names->context, name->valuestring, module->valuestring);
	return true;
}

bool names_json_read(const char *path, names_fn *each, void *context, struct error *err)
{
	struct names names = {.each = each, .context = context};
	const struct json_visitor visitor = {
		.value = on_value, .array = on_array, .context = &names};

	return json_read_file(path, &visitor, err) || names.is_done;
}
