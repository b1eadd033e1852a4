/* Any bytes as JSON: what is accepted, cJSON must read alike. */
#include "core/error.h"
#include "core/json_reader.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	COMPARE_MAX =
		4096, /* bytes; cJSON_Compare takes the square of an object's size */
	CJSON_NUMBER_MAX = 63, /* characters; cJSON stops there, in the middle */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has_long_number(const char *text)
{
	size_t run = 0;

	for (; *text; text++) {
		run = isdigit((unsigned char)*text) || strchr("+-.eE", *text) ? run + 1
									      : 0;
		if (run > CJSON_NUMBER_MAX)
			return true;
	}
	return false;
}

static bool compare(void *context, const char *key, const cJSON *value, uint64_t offset,
	struct error *err)
{
	const char *text = context;
	cJSON *expected;

	(void)key, (void)err;
	if (!text)
		return true;
	expected = cJSON_ParseWithOpts(text + offset, NULL, false);
	if (!expected || !cJSON_Compare(expected, value, true))
		abort(); /* not assert(): NDEBUG may be set */
	cJSON_Delete(expected);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct error err;
	struct json_visitor visitor = {.value = compare};

	memcpy(text, data, size);
	text[size] = '\0';
	if (size < COMPARE_MAX && !has_long_number(text))
		visitor.context = text;
	json_read_text((const char *)data, size, "fuzz", &visitor, &err);
	free(text);
	return 0;
}
