/* What `pcarch guid` was asked for, and the keys that it may use: for cli/guid_*.c. */
#ifndef PCARCH_CLI_GUID_REQUEST_H
#define PCARCH_CLI_GUID_REQUEST_H

#include "cli/command.h"
#include "core/arena.h"
#include "core/guid.h"
#include "core/guid_key_store.h"
#include "core/guid_search.h"
#include "core/route_tree.h"

#include <stdbool.h>
#include <stddef.h>

struct json_writer;

struct guid_request {
	const char *action; /* "decode" */
	const char *file; /* static.json, or NULL */
	const char *key_file, *user, *user_ref, *program, *format;
	struct option_values branches, outcomes, logs;
	unsigned nforks, budget;
	char **operands; /* after the action */
	size_t noperands;
};

bool guid_wants_json(const struct guid_request *request);

/* The path of the key file: --key-file, or where the environment says. NULL: none. */
const char *guid_key_file(const struct guid_request *request, struct arena *arena);

/*
 * All keys that a GUID may have been made with: the installation's, old ones, and at last
 * none at all. Says what is wrong where the key that is to be used cannot be; old ones
 * that cannot be read are warned of, and left out.
 */
bool guid_request_keys(const struct guid_request *request, struct arena *arena,
	struct guid_keys *out);

/* What --user or --user-ref name under that key; `*out` NULL: no user. Says what is
 * wrong.
 */
bool guid_request_user(const struct guid_request *request, const struct guid_key *key,
	uint8_t storage[GUID_USER_SIZE], const uint8_t **out);

/* Read an operand that is a whole GUID, or say that it is none. */
bool guid_request_parse(const char *operand, uint8_t out[GUID_SIZE]);

/* Routes of --static, or of the nearest static.json; says what is wrong. */
bool guid_request_routes(const struct guid_request *request, struct arena *arena,
	struct route_tree *out);

/* "unkeyed", or the id of the key. */
void guid_key_label(const struct guid_key *key, char out[GUID_KEY_ID_HEX_SIZE]);

/* What a GUID is searched in. */
struct guid_known {
	const struct guid_request *request;
	struct arena arena;
	struct route_tree tree;
	struct guid_keys keys;
};

struct guid_known_way {
	struct guid_found found; /* hashes are those of all keys */
	const struct guid_key *key; /* of a match */
};

/* Read static.json and the keys; says what is wrong. Release in any case. */
bool guid_known_open(struct guid_known *known, const struct guid_request *request);
void guid_known_release(struct guid_known *known);

#define scoped_known __attribute__((cleanup(guid_known_release))) struct guid_known

/* Search for `guid` with each key; says what is wrong with the options. */
bool guid_known_find(struct guid_known *known, const uint8_t guid[GUID_SIZE],
	struct guid_known_way *out);

/* The member "steps": an array of "KIND:LABEL". */
void guid_steps_json(struct json_writer *json, const char *member,
	const struct guid_way_step *steps, size_t count);

/* What each action is: an exit code. */
int guid_new(const struct guid_request *request);
int guid_route(const struct guid_request *request);
int guid_decode(const struct guid_request *request);
int guid_verify(const struct guid_request *request);
int guid_compare(const struct guid_request *request);
int guid_lookup(const struct guid_request *request);
int guid_key_action(const struct guid_request *request);

#endif
