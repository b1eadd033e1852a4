/*
 * JSON read element by element: a splitter walks the text once, checks it, and hands each
 * element of a top-level array to a callback as a small cJSON tree, so that memory
 * does not grow with the file.
 *
 * Refused, with the byte offset: trailing text, duplicate keys, invalid UTF-8, a byte
 * order mark, NaN, unpaired surrogates, nesting deeper than JSON_READ_MAX_DEPTH, a
 * truncated file; and what is JSON but cannot be held: "\u0000" in a string, a number
 * beyond double.
 */
#ifndef PCARCH_CORE_JSON_READER_H
#define PCARCH_CORE_JSON_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct cJSON;
struct error;

enum {
	JSON_READ_MAX_DEPTH = 100
};

/*
 * Called for each member of the top-level object; for a member whose value is an array,
 * once for each element, in order (never for the array itself). `key` is NULL when the
 * text is an array: then each of its elements is handed over. `offset` is the byte where
 * the value starts. `value` is dropped after the call. Return false, with `err` set, to
 * stop reading.
 */
typedef bool json_value_fn(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err);

/* Called once for each top-level array before its elements; may be NULL. */
typedef bool json_array_fn(void *context, const char *key, uint64_t offset,
	struct error *err);

/*
 * Which member of the elements of the array `key` is an array whose items are handed over
 * one by one, too, each before its element, in which the array is then empty; NULL: none.
 */
typedef const char *json_inner_fn(void *context, const char *key);

/* The visitor; the last two may be NULL. */
struct json_visitor {
	json_value_fn *value;
	json_array_fn *array;
	void *context;
	json_inner_fn *inner;
	json_value_fn *item; /* `key` is that of the outer array */
};

/* A text to read: bytes in memory and their name, or a file. */
struct json_source {
	const char *name; /* for messages; the file's path, "-" for stdin */
	const char *bytes; /* NULL: the file `name` */
	size_t size;
};

/* Read a text. A file is mapped; an empty one is an error that says so. */
bool json_read(const struct json_source *source, const struct json_visitor *visitor,
	struct error *err);

/* The same, of a text in memory, and of a file. */
bool json_read_text(const char *bytes, size_t size, const char *name,
	const struct json_visitor *visitor, struct error *err);
bool json_read_file(const char *path, const struct json_visitor *visitor,
	struct error *err);

/* A small text whole, as a tree in `arena`; NULL, and `err`, when it is wrong. */
const struct cJSON *json_read_tree(struct arena *arena, const char *bytes, size_t size,
	const char *name, struct error *err);

#endif
