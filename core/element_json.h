/*
 * One JSON value as a cJSON tree, checked and built in the same pass.
 *
 * Why not cJSON's own parser: it accepts what our files must not hold, so that the text
 * would be walked twice, and it takes malloc, strncmp and localeconv for each value: 95
 * MB/s where this reads 360 (bench/json).
 */
#ifndef PCARCH_CORE_ELEMENT_JSON_H
#define PCARCH_CORE_ELEMENT_JSON_H

#include "core/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct cJSON;
struct error;
struct json_text;

/*
 * The value at `in->at`, which ends up behind it; NULL, and in->err, when it is wrong.
 * The tree is all in `pool`: it must not go to cJSON_Delete, nor be changed by cJSON.
 */
struct cJSON *element_json_read(struct json_text *in, struct arena *pool);

/* An array in an element that may be longer than memory: its items, one at a time. */
struct element_items {
	const char *key; /* of a member of the element; written without escapes */
	/* As json_value_fn; `value` is dropped after the call. */
	bool (*item)(void *context, const struct cJSON *value, uint64_t offset,
		struct error *err);
	void *context;
	struct arena pool; /* of the item that is read; the caller's to release */
};

/*
 * The same; where the value is an object and its member `items->key` an array, its items
 * are handed over when they are read, before the element, in which the array is empty.
 */
struct cJSON *element_json_read_items(struct json_text *in, struct arena *pool,
	struct element_items *items);

#endif
