/* A carrier of a few headers, in memory: names as they stand, values in order. */
#ifndef PCARCH_TESTS_HEADER_CARRIER_H
#define PCARCH_TESTS_HEADER_CARRIER_H

#include "core/trace_context.h"

#include <stdlib.h>
#include <string.h>

enum {
	HEADER_ROOM = 80
};

struct headers {
	struct {
		const char *name;
		struct trace_value value;
	} items[HEADER_ROOM];
	size_t count;
	char *owned[HEADER_ROOM]; /* what was set */
	size_t nowned;
};

static inline void headers_add_bytes(struct headers *headers, const char *name,
	const char *text, size_t length)
{
	headers->items[headers->count].name = name;
	headers->items[headers->count++].value = (struct trace_value){text, length};
}

static inline void headers_add(struct headers *headers, const char *name,
	const char *text)
{
	headers_add_bytes(headers, name, text, strlen(text));
}

static inline size_t headers_get(void *context, const char *name,
	struct trace_value *values, size_t room)
{
	const struct headers *headers = context;
	size_t count = 0;

	for (size_t i = 0; i < headers->count; i++) {
		if (strcmp(headers->items[i].name, name) != 0)
			continue;
		if (count < room)
			values[count] = headers->items[i].value;
		count++;
	}
	return count;
}

static inline bool headers_set(void *context, const char *name, const char *value,
	size_t length)
{
	struct headers *headers = context;
	char *copy;

	if (headers->count == HEADER_ROOM || value[length] != '\0')
		return false;
	copy = malloc(length + 1);
	memcpy(copy, value, length + 1);
	headers->owned[headers->nowned++] = copy;
	headers_add_bytes(headers, name, copy, length);
	return true;
}

/* The value of a header that stands there once; NULL: it does not. */
static inline const char *headers_one(struct headers *headers, const char *name)
{
	struct trace_value value;

	return headers_get(headers, name, &value, 1) == 1 ? value.text : NULL;
}

static inline void headers_release(struct headers *headers)
{
	while (headers->nowned)
		free(headers->owned[--headers->nowned]);
	headers->count = 0;
}

static inline struct trace_carrier headers_carrier(struct headers *headers)
{
	return (struct trace_carrier){
		.context = headers, .get = headers_get, .set = headers_set};
}

#endif
