/* One rule file being read: what its parts, calls and tables, need of each other. */
#ifndef PCARCH_CORE_RULE_READER_JSON_H
#define PCARCH_CORE_RULE_READER_JSON_H

#include "core/interner.h"
#include "core/member_json.h"
#include "core/rule_file.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct cJSON;

/* What "\u0000" is read as: no string of ours holds a NUL. U+E000 is in private use. */
#define RULE_NUL "\xee\x80\x80"

/* A growing array, on the heap. */
struct rule_list {
	void *items;
	size_t count, room;
};

struct rule_reader {
	struct arena *arena;
	struct interner strings;
	struct member_source source; /* of the element that is read */
	struct rule_origin origin; /* of it */
	struct rule_list calls, assignments, tables, dispatchers, compares, forwards,
		functions, suppressions, learned;
};

/* Append a copy of the element of `size` bytes. */
void rule_list_add(struct rule_list *list, const void *element, size_t size);

/* Read one element of a section. What is wrong is in `source`. */
void rule_read_call(struct rule_reader *reader, const struct cJSON *value,
	bool is_registration);
void rule_read_assignment(struct rule_reader *reader, const struct cJSON *value);
void rule_read_table(struct rule_reader *reader, const struct cJSON *value);
void rule_read_dispatcher(struct rule_reader *reader, const struct cJSON *value);
void rule_read_compare(struct rule_reader *reader, const struct cJSON *value);
void rule_read_forward(struct rule_reader *reader, const struct cJSON *value);
void rule_read_function(struct rule_reader *reader, const struct cJSON *value);
void rule_read_suppression(struct rule_reader *reader, const struct cJSON *value);
void rule_read_learned(struct rule_reader *reader, const struct cJSON *value);

/* The number of an argument; RULE_NO_ARGUMENT when the member is missing. */
int rule_argument(struct members *in, const char *key);

/* A number, or a key that must be one. */
int rule_item_argument(struct members *in, const struct cJSON *item, const char *key);
int rule_key_argument(struct members *in, const char *text, const char *key);

/* One of `names`, whose first stands for a missing member. */
unsigned rule_choice(struct members *in, const char *key, const char *const *names);

/* A string or an array of strings. */
const char *const *rule_strings(struct rule_reader *reader, struct members *in,
	const char *key, size_t *count);

/* {"4": "usage"}: other arguments that are called. */
struct rule_role *rule_argument_roles(struct rule_reader *reader, struct members *in,
	size_t *count);

#endif
