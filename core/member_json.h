/*
 * The members of one JSON element, read by key, with errors that point at the element.
 *
 * A failure sticks to the source: the getters then return 0 or NULL, and the caller tests
 * `failed` once, when the element is read. Members that nobody asks for are ignored.
 */
#ifndef PCARCH_CORE_MEMBER_JSON_H
#define PCARCH_CORE_MEMBER_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct cJSON;
struct error;
struct interner;

#define MEMBER_ALONE SIZE_MAX /* index of what is not in an array */

/* Where an element stands. */
struct member_source {
	const char *file;
	const char *section; /* "functions" */
	size_t index; /* of the element in it */
	uint64_t offset; /* of the element in the file, in bytes */
	struct interner *interner; /* where strings go; NULL: they go with the element */
	struct error *err;
	bool failed;
};

struct members {
	struct member_source *source;
	const struct cJSON *object;
	const struct cJSON *next; /* the next key, when they come in schema order */
};

/* The members of `value`, which must be an object. */
struct members members_of(struct member_source *source, const struct cJSON *value);

/* "byte 12: functions[3]: …". Only the first failure is kept. */
void members_fail(struct member_source *source, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Required members. Strings are interned, numbers whole and at most `most`. */
const char *member_string(struct members *in, const char *key);
uint64_t member_uint(struct members *in, const char *key, uint64_t most);
unsigned member_unsigned(struct members *in, const char *key);
bool member_bool(struct members *in, const char *key);
double member_ratio(struct members *in, const char *key); /* 0 to 1 */

/* The same, or null: NULL. */
const char *member_nullable_string(struct members *in, const char *key);

/* One of the NULL-terminated `names`: its index. */
unsigned member_choice(struct members *in, const char *key, const char *const *names);

/* The id of an element is its index. */
void member_check_id(struct members *in);

/* An index into an array of the file; null, where `or_none`, is TRACE_NONE. */
uint32_t member_index(struct members *in, const char *key, bool or_none);

/* The first item of an array or member of an object (see its `next`), and how many. */
const struct cJSON *member_array(struct members *in, const char *key, size_t *nitems);
const struct cJSON *member_object(struct members *in, const char *key, size_t *nitems);

/* The same, where the member may be missing: NULL, 0, false, nothing. */
const char *member_optional_string(struct members *in, const char *key);
bool member_optional_bool(struct members *in, const char *key);
uint64_t member_optional_uint(struct members *in, const char *key, uint64_t most);
unsigned member_optional_unsigned(struct members *in, const char *key);
uint32_t member_optional_id(struct members *in, const char *key); /* TRACE_NONE */
const struct cJSON *member_optional_array(struct members *in, const char *key,
	size_t *nitems);

/* The object at `key` as members of their own; false when it is missing. */
bool member_optional_members(struct members *in, const char *key, struct members *out);

/* The key of a member, kept as strings are. */
const char *item_key(struct members *in, const struct cJSON *item);

/* An item of the array at `key`, which must be a string: interned. */
const char *item_string(struct members *in, const struct cJSON *item, const char *key);

/* All `n` items of it, from `first` on; the array of them is in `arena`. */
const char *const *item_strings(struct members *in, struct arena *arena,
	const struct cJSON *first, size_t n, const char *key);

#endif
