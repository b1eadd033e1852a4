/*
 * The key files of an installation: the current one, and those before it beside it, by
 * their ids: "guid.key", "guid.key.1a2b3c4d". What an old key tagged stays readable.
 */
#ifndef PCARCH_CORE_GUID_KEY_STORE_H
#define PCARCH_CORE_GUID_KEY_STORE_H

#include "core/guid_key.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;

/* Make a new random key at `path`, and the folders above it. Fails when the file is there
 * already. */
bool guid_key_make(const char *path, struct error *err);

/*
 * Put a new random key at `path`; the one that is there is kept as PATH.KEYID. Whenever
 * it is interrupted, a key is at `path`.
 */
bool guid_key_rotate(const char *path, struct error *err);

/* "'FILE' …" with what is wrong and what to do. */
bool guid_key_error(struct error *err, const char *path, enum guid_key_problem problem);

struct guid_key_entry {
	const char *path;
	struct guid_key key; /* of use where `problem` is GUID_KEY_OK */
	enum guid_key_problem problem;
	bool is_misnamed; /* an old one whose id is not that of its name */
};

/* The current key comes first, the old ones by name; in an arena, so wipe them. */
struct guid_keys {
	struct guid_key_entry *items;
	size_t count;
};

/* Read the key at `path`, which may be missing, and the old ones beside it. Fails when
 * the folder cannot be read; keys that cannot be say so themselves. */
bool guid_keys_read(struct guid_keys *out, struct arena *arena, const char *path,
	struct error *err);

void guid_keys_wipe(struct guid_keys *keys);

#define scoped_keys __attribute__((cleanup(guid_keys_wipe))) struct guid_keys

#endif
