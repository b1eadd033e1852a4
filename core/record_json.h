/* The record by which all pcarch files name a function, both directions. */
#ifndef PCARCH_CORE_RECORD_JSON_H
#define PCARCH_CORE_RECORD_JSON_H

struct function;
struct json_writer;
struct members;

/* Into the object that is open; `type_key` is what its `type` is called there. */
void record_json_write(struct json_writer *json, const struct function *fn,
	const char *type_key);

/* Sets what the record has, and nothing else. */
void record_json_read(struct members *in, struct function *fn, const char *type_key);

#endif
