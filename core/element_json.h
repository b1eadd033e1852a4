/*
 * One JSON value as a cJSON tree, checked and built in the same pass.
 *
 * Why not cJSON's own parser: it accepts what our files must not hold, so that the text
 * would be walked twice, and it takes malloc, strncmp and localeconv for each value: 95
 * MB/s where this reads 360 (bench/json).
 */
#ifndef PCARCH_CORE_ELEMENT_JSON_H
#define PCARCH_CORE_ELEMENT_JSON_H

struct arena;
struct cJSON;
struct json_text;

/*
 * The value at `in->at`, which ends up behind it; NULL, and in->err, when it is wrong.
 * The tree is all in `pool`: it must not go to cJSON_Delete, nor be changed by cJSON.
 */
struct cJSON *element_json_read(struct json_text *in, struct arena *pool);

#endif
