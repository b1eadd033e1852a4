/* Parts of diff.json: schemas/diff.schema.json. */
#ifndef PCARCH_DIFF_JSON_PARTS_H
#define PCARCH_DIFF_JSON_PARTS_H

struct changes;
struct comparison;
struct function;
struct json_writer;

/* The common record of a function as the member `key`; NULL is null. */
void json_function(struct json_writer *json, const char *key, const struct function *fn);

/* The members that only a comparison has, and that only changes have. */
void json_comparison(struct json_writer *json, const struct comparison *comparison);
void json_changes(struct json_writer *json, const struct changes *changes);

/* What they add to the summary. */
void json_comparison_summary(struct json_writer *json,
	const struct comparison *comparison);
void json_changes_summary(struct json_writer *json, const struct changes *changes);

#endif
