#include "core/guid_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	HEX_SIZE = 2 * GUID_KEY_SIZE
};

static const char kdf_context[crypto_kdf_CONTEXTBYTES] = "pcarcGID";
static const uint8_t for_id[crypto_generichash_blake2b_PERSONALBYTES] = "pcarch.keyid.v1";

void guid_key_derive(struct guid_key *out, const uint8_t *key)
{
	static const uint8_t none[GUID_KEY_SIZE];
	const uint8_t *master = key ? key : none;
	uint8_t *const derived[] = {out->chain, out->tag, out->user, out->log};
	uint8_t id[16];

	for (unsigned i = 0; i < 4; i++)
		crypto_kdf_derive_from_key(derived[i], GUID_KEY_SIZE, i + 1, kdf_context,
			master);
	crypto_generichash_blake2b_salt_personal(id, sizeof(id), NULL, 0, master,
		GUID_KEY_SIZE, NULL, for_id);
	memcpy(out->id, id, sizeof(out->id));
	out->is_keyed = key;
}

void guid_key_wipe(struct guid_key *key)
{
	sodium_memzero(key, sizeof(*key));
}

void guid_key_id_hex(const struct guid_key *key, char out[GUID_KEY_ID_HEX_SIZE])
{
	sodium_bin2hex(out, GUID_KEY_ID_HEX_SIZE, key->id, sizeof(key->id));
}

static enum guid_key_problem check_file(int fd)
{
	struct stat file;

	if (fstat(fd, &file) < 0)
		return GUID_KEY_UNREADABLE;
	if (!S_ISREG(file.st_mode))
		return GUID_KEY_NO_FILE;
	if (file.st_uid != geteuid())
		return GUID_KEY_FOREIGN;
	if (file.st_mode & (S_IRWXG | S_IRWXO))
		return GUID_KEY_EXPOSED;
	return GUID_KEY_OK;
}

static enum guid_key_problem parse(const char *text, size_t length,
	uint8_t key[GUID_KEY_SIZE])
{
	size_t size = 0;

	if (length == HEX_SIZE + 1 && text[HEX_SIZE] == '\n')
		length--;
	if (length != HEX_SIZE ||
		sodium_hex2bin(key, GUID_KEY_SIZE, text, length, NULL, &size, NULL) !=
			0 ||
		size != GUID_KEY_SIZE)
		return GUID_KEY_MALFORMED;
	return sodium_is_zero(key, GUID_KEY_SIZE) ? GUID_KEY_ZERO : GUID_KEY_OK;
}

/* One byte more than a key file has, so that a longer one is seen. */
static enum guid_key_problem read_open(int fd, uint8_t key[GUID_KEY_SIZE])
{
	char text[HEX_SIZE + 2];
	enum guid_key_problem problem = check_file(fd);
	size_t length = 0;
	ssize_t n = 1;

	while (problem == GUID_KEY_OK && n != 0 && length < sizeof(text)) {
		n = read(fd, text + length, sizeof(text) - length);
		if (n > 0)
			length += (size_t)n;
		else if (n < 0 && errno != EINTR)
			problem = GUID_KEY_UNREADABLE;
	}
	if (problem == GUID_KEY_OK)
		problem = parse(text, length, key);
	sodium_memzero(text, sizeof(text));
	return problem;
}

enum guid_key_problem guid_key_read(struct guid_key *out, const char *path)
{
	uint8_t key[GUID_KEY_SIZE];
	enum guid_key_problem problem;
	/* Without O_NONBLOCK, a pipe would have to be opened for writing, too. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	int saved;

	if (fd < 0)
		return errno == ENOENT  ? GUID_KEY_MISSING
		       : errno == ELOOP ? GUID_KEY_LINK
					: GUID_KEY_UNREADABLE;
	problem = read_open(fd, key);
	saved = errno;
	close(fd);
	if (problem == GUID_KEY_OK)
		guid_key_derive(out, key);
	sodium_memzero(key, sizeof(key));
	errno = saved;
	return problem;
}

static bool put_path(char *out, size_t room, const char *folder, const char *rest)
{
	int length = snprintf(NULL, 0, "%s%s", folder, rest);

	if (length < 0 || (size_t)length >= room)
		return false;
	snprintf(out, room, "%s%s", folder, rest);
	return true;
}

bool guid_key_path(char *out, size_t room, bool *is_named)
{
	const char *named = secure_getenv(GUID_KEY_VARIABLE);
	const char *config = secure_getenv("XDG_CONFIG_HOME");
	const char *home = secure_getenv("HOME");

	*is_named = named && *named;
	if (named)
		return *named && put_path(out, room, named, "");
	/* A relative one is to be ignored: XDG Base Directory Specification. */
	if (config && *config == '/')
		return put_path(out, room, config, "/" GUID_KEY_DEFAULT);
	return home && *home == '/' &&
	       put_path(out, room, home, "/.config/" GUID_KEY_DEFAULT);
}

enum guid_key_problem guid_key_load(struct guid_key *out)
{
	char path[4096];
	bool is_named;
	enum guid_key_problem problem;

	guid_key_derive(out, NULL);
	if (!guid_key_path(path, sizeof(path), &is_named))
		return is_named ? GUID_KEY_MISSING : GUID_KEY_OK;
	problem = guid_key_read(out, path);
	return problem == GUID_KEY_MISSING && !is_named ? GUID_KEY_OK : problem;
}

const char *guid_key_problem_text(enum guid_key_problem problem)
{
	static const char *const texts[] = {
		[GUID_KEY_OK] = "is fine",
		[GUID_KEY_MISSING] = "does not exist; 'pcarch guid key new' makes one",
		[GUID_KEY_UNREADABLE] = "cannot be read; check who may read it",
		[GUID_KEY_LINK] =
			"is a symbolic link, which is not followed; name the file "
			"itself",
		[GUID_KEY_NO_FILE] =
			"is not a regular file; name one that 'pcarch guid key "
			"new' made",
		[GUID_KEY_FOREIGN] = "belongs to another user; make one of your own with "
				     "'pcarch guid key new'",
		[GUID_KEY_EXPOSED] =
			"can be read or written by others; 'chmod 600' it, or "
			"make a new one if they may have read it",
		[GUID_KEY_MALFORMED] = "is not a key: 64 hex digits, as 'pcarch guid key "
				       "new' writes them",
		[GUID_KEY_ZERO] =
			"holds only zeros, which is no key; 'pcarch guid key new' "
			"makes one",
	};

	return texts[problem];
}
