/*
 * The keys of the JSON objects that are open, to find the one that comes twice.
 *
 * Keys are compared by what they mean ("a" is "\u0061"), in time that does not grow with
 * the size of the object: the text is a stranger's, and so is the choice of its keys.
 */
#ifndef PCARCH_CORE_JSON_KEYS_H
#define PCARCH_CORE_JSON_KEYS_H

#include "core/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json_key;
struct json_level;

struct json_keys {
	struct json_key *keys; /* of all open objects, the outermost first */
	size_t nkeys, room;
	struct json_level *levels; /* of open objects; the memory of closed ones */
	size_t nlevels, level_room, levels_used;
	uint64_t seed; /* of this run: no file can choose its collisions */
	struct text left, right; /* unescaped keys */
};

void json_keys_init(struct json_keys *keys);
void json_keys_release(struct json_keys *keys);

/* An object opens; the one that opened last closes. */
void json_keys_push(struct json_keys *keys);
void json_keys_pop(struct json_keys *keys);

/*
 * Add a key of the innermost object: the checked text between its quotes, which must stay
 * readable until the object is popped. False when the object has it already.
 */
bool json_keys_add(struct json_keys *keys, const char *raw, size_t len, bool has_escapes);

/* Append what the checked text between two quotes means. */
void json_unescape(struct text *out, const char *raw, size_t len);

#endif
