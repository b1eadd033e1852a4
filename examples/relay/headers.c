#include "headers.h"

#include <curl/curl.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct search {
	const char *name;
	struct pcarch_value *values;
	size_t room, found;
};

static enum MHD_Result match(void *context, enum MHD_ValueKind kind, const char *key,
	size_t key_size, const char *value, size_t value_size)
{
	struct search *search = context;

	(void)kind;
	if (key_size != strlen(search->name) ||
		strncasecmp(key, search->name, key_size) != 0)
		return MHD_YES;
	if (search->found < search->room)
		search->values[search->found] = (struct pcarch_value){value, value_size};
	search->found++;
	return MHD_YES;
}

static size_t get(void *connection, const char *name, struct pcarch_value *values,
	size_t room)
{
	struct search search = {.name = name, .values = values, .room = room};

	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, match, &search);
	return search.found;
}

struct pcarch_carrier headers_of_request(struct MHD_Connection *connection)
{
	return (struct pcarch_carrier){.data = connection, .get = get};
}

/* Each name is set once for a request. */
static bool set(void *data, const char *name, const char *value, size_t length)
{
	struct curl_slist **headers = data, *longer;
	size_t size = strlen(name) + 2 + length + 1;
	char *line = malloc(size);

	if (!line)
		return false;
	snprintf(line, size, "%s: %.*s", name, (int)length, value);
	longer = curl_slist_append(*headers, line);
	free(line);
	if (longer)
		*headers = longer;
	return longer;
}

struct pcarch_carrier headers_to_send(struct curl_slist **headers)
{
	return (struct pcarch_carrier){.data = headers, .set = set};
}
