/*
 * The key of an installation, K, and what is derived from it, for core/guid.h and the
 * sealed log.
 *
 *	Kc Kt Ku Kl = crypto_kdf_derive_from_key(32, id = 1 2 3 4, "pcarcGID", K)
 *	key_id      = first 4 bytes of B(16, K, "pcarch.keyid.v1", "")
 *
 * Without a key, K is 32 zero bytes: GUIDs then tell executions and routes apart, but
 * anybody can make or decode them, and every record says "unkeyed".
 *
 * A key file is text, so that it can be pasted and compared: 64 hex digits and at most a
 * newline. It is read only when it is a regular file, not a symbolic link, ours, and
 * nobody else's to read or write.
 *
 * libc and libsodium only, no malloc: it is loaded into programs.
 */
#ifndef PCARCH_CORE_GUID_KEY_H
#define PCARCH_CORE_GUID_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	GUID_KEY_SIZE = 32, /* of K and of what is derived */
	GUID_KEY_ID_SIZE = 4,
	GUID_KEY_ID_HEX_SIZE = 9,
};

/* Names the key file. Empty: no key, whatever the default file holds. */
#define GUID_KEY_VARIABLE "PCARCH_GUID_KEY_FILE"
/* The default, in $XDG_CONFIG_HOME or else in $HOME/.config. */
#define GUID_KEY_DEFAULT "pcarch/guid.key"

struct guid_key {
	uint8_t chain[GUID_KEY_SIZE], tag[GUID_KEY_SIZE];
	uint8_t user[GUID_KEY_SIZE], log[GUID_KEY_SIZE];
	uint8_t id[GUID_KEY_ID_SIZE]; /* may be printed; the keys never are */
	bool is_keyed;
};

/* Why there is no key. */
enum guid_key_problem {
	GUID_KEY_OK,
	GUID_KEY_MISSING, /* no such file */
	GUID_KEY_UNREADABLE, /* errno says why */
	GUID_KEY_LINK, /* a symbolic link */
	GUID_KEY_NO_FILE, /* a directory, a pipe, … */
	GUID_KEY_FOREIGN, /* another user's */
	GUID_KEY_EXPOSED, /* others can read or write it */
	GUID_KEY_MALFORMED, /* not 64 hex digits */
	GUID_KEY_ZERO, /* all zeros: that is no key */
};

/* `key` NULL: unkeyed. */
void guid_key_derive(struct guid_key *out, const uint8_t *key);

/* Overwrite keys that are no longer needed. */
void guid_key_wipe(struct guid_key *key);

void guid_key_id_hex(const struct guid_key *key, char out[GUID_KEY_ID_HEX_SIZE]);

/* Read a key file. `out` is left alone unless it is GUID_KEY_OK. */
enum guid_key_problem guid_key_read(struct guid_key *out, const char *path);

/*
 * The path of the key file: what GUID_KEY_VARIABLE names, or the default. False: there is
 * none (the variable is empty, or neither home is known); `out` is left alone.
 * `is_named`: the variable names it, so that it must be there. The environment does not
 * count in a program that gained privileges (secure_getenv).
 */
bool guid_key_path(char *out, size_t room, bool *is_named);

/*
 * The key of this installation. The default file may be missing: unkeyed. With a problem,
 * `out` is unkeyed as well, so that a program runs on; who prints should say so.
 */
enum guid_key_problem guid_key_load(struct guid_key *out);

/* What is wrong and what to do, as the end of a sentence about the file: "is …; …". */
const char *guid_key_problem_text(enum guid_key_problem problem);

#endif
