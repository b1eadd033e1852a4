#include "message.h"

#include <cjson/cJSON.h>
#include <string.h>

static bool is_web_url(const char *url)
{
	return url &&
	       (strncmp(url, "http://", 7) == 0 || strncmp(url, "https://", 8) == 0);
}

static bool is_list_of_actions(const cJSON *list)
{
	const cJSON *action;

	if (!cJSON_IsArray(list))
		return false;
	cJSON_ArrayForEach(action, list) if (
		!is_web_url(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(action,
			"url")))) return false;
	return true;
}

bool message_parse(struct message *message, const char *bytes, size_t len)
{
	message->actions = cJSON_ParseWithLength(bytes, len);
	if (is_list_of_actions(message->actions))
		return true;
	message_release(message);
	return false;
}

void message_release(struct message *message)
{
	cJSON_Delete(message->actions);
	message->actions = NULL;
}

size_t message_count(const struct message *message)
{
	return (size_t)cJSON_GetArraySize(message->actions);
}

const char *message_url(const struct message *message, size_t index)
{
	const cJSON *action = cJSON_GetArrayItem(message->actions, (int)index);

	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(action, "url"));
}

char *message_arguments(const struct message *message, size_t index)
{
	const cJSON *action = cJSON_GetArrayItem(message->actions, (int)index);
	const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(action, "arguments");

	return arguments ? cJSON_PrintUnformatted(arguments) : strdup("[]");
}
