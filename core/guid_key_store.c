#include "core/guid_key_store.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum {
	FILE_SIZE = 2 * GUID_KEY_SIZE + 1 /* digits and a newline */
};

static const struct location nowhere;

bool guid_key_error(struct error *err, const char *path, enum guid_key_problem problem)
{
	if (problem == GUID_KEY_UNREADABLE)
		return error_set_errno(err, "read key", path, NULL);
	return error_set(err, nowhere, "key '%s' %s", path,
		guid_key_problem_text(problem));
}

/* A new key in a file of its own, beside `path`, to be linked or renamed to it. */
static bool write_new(const char *path, struct text *temporary, struct error *err)
{
	uint8_t key[GUID_KEY_SIZE];
	char line[FILE_SIZE + 1];
	bool ok;
	int fd;

	text_printf(temporary, "%s.XXXXXX", path);
	if (getrandom(key, sizeof(key), 0) != sizeof(key))
		return error_set_errno(err, "get random bytes for", path, NULL);
	fd = mkostemp(temporary->bytes, O_CLOEXEC); /* mode 0600 */
	if (fd < 0)
		return error_set_errno(err, "write", path, NULL);
	sodium_bin2hex(line, sizeof(line), key, sizeof(key));
	line[FILE_SIZE - 1] = '\n';
	ok = write(fd, line, FILE_SIZE) == FILE_SIZE && fsync(fd) == 0;
	sodium_memzero(key, sizeof(key));
	sodium_memzero(line, sizeof(line));
	if (!ok)
		error_set_errno(err, "write", path, NULL);
	close(fd);
	if (!ok)
		unlink(temporary->bytes);
	return ok;
}

static bool make_folder(const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	scoped_text folder = {0};

	if (!slash || slash == path)
		return true;
	text_add_bytes(&folder, path, (size_t)(slash - path));
	return file_make_dirs(folder.bytes, err);
}

bool guid_key_make(const char *path, struct error *err)
{
	scoped_text temporary = {0};
	bool ok;

	if (!make_folder(path, err) || !write_new(path, &temporary, err))
		return false;
	/* Unlike rename(), it never replaces a key. */
	ok = link(temporary.bytes, path) == 0;
	if (!ok && errno == EEXIST)
		error_set(err, nowhere,
			"'%s' is there already; 'pcarch guid key rotate' puts a new key "
			"in its place and keeps it",
			path);
	else if (!ok)
		error_set_errno(err, "write", path, NULL);
	unlink(temporary.bytes);
	return ok;
}

/* The old key by its id. It is there already when a rotation was interrupted. */
static bool keep(const char *path, const struct guid_key *key, struct error *err)
{
	char id[GUID_KEY_ID_HEX_SIZE];
	scoped_text kept = {0};
	struct guid_key other;
	bool is_same;

	guid_key_id_hex(key, id);
	text_printf(&kept, "%s.%s", path, id);
	if (link(path, kept.bytes) == 0)
		return true;
	if (errno != EEXIST)
		return error_set_errno(err, "write", kept.bytes, NULL);
	is_same = guid_key_read(&other, kept.bytes) == GUID_KEY_OK &&
		  sodium_memcmp(other.chain, key->chain, sizeof(other.chain)) == 0;
	guid_key_wipe(&other);
	if (is_same)
		return true;
	return error_set(err, nowhere,
		"'%s' is there already and is another key; move it away first",
		kept.bytes);
}

bool guid_key_rotate(const char *path, struct error *err)
{
	scoped_text temporary = {0};
	struct guid_key key;
	enum guid_key_problem problem = guid_key_read(&key, path);
	bool ok;

	if (problem != GUID_KEY_OK)
		return guid_key_error(err, path, problem);
	ok = keep(path, &key, err) && write_new(path, &temporary, err);
	guid_key_wipe(&key);
	if (!ok)
		return false;
	if (rename(temporary.bytes, path) == 0)
		return true;
	error_set_errno(err, "replace", path, NULL);
	unlink(temporary.bytes);
	return false;
}

/* Does `name` stand for an old key of the file `base`: BASE.KEYID? */
static bool is_old_key(const char *name, const char *base)
{
	size_t length = strlen(base);

	return strncmp(name, base, length) == 0 && name[length] == '.' &&
	       strspn(name + length + 1, "0123456789abcdef") ==
		       GUID_KEY_ID_HEX_SIZE - 1 &&
	       name[length + GUID_KEY_ID_HEX_SIZE] == '\0';
}

static int compare_paths(const void *left, const void *right)
{
	const struct guid_key_entry *a = left, *b = right;

	return strcmp(a->path, b->path);
}

static struct guid_key_entry read_entry(const char *path, bool is_old)
{
	struct guid_key_entry entry = {.path = path};
	char id[GUID_KEY_ID_HEX_SIZE];

	entry.problem = guid_key_read(&entry.key, path);
	if (!is_old || entry.problem != GUID_KEY_OK)
		return entry;
	guid_key_id_hex(&entry.key, id);
	entry.is_misnamed = !text_has_suffix(path, id);
	return entry;
}

static void close_folder(DIR **folder)
{
	if (*folder)
		closedir(*folder);
}

/* Paths of the old keys, after the current one. */
static bool find_keys(struct guid_keys *keys, struct arena *arena, const char *path,
	struct error *err)
{
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
	const char *prefix = arena_copy(arena, path, (size_t)(base - path));
	__attribute__((cleanup(close_folder))) DIR *folder =
		opendir(slash ? prefix : ".");
	size_t room = 0;
	struct dirent *file;

	if (!folder)
		return errno == ENOENT ||
		       error_set_errno(err, "read folder", slash ? prefix : ".", NULL);
	while ((file = readdir(folder))) {
		if (!is_old_key(file->d_name, base))
			continue;
		keys->items = grow(keys->items, keys->count, &room, sizeof(*keys->items));
		keys->items[keys->count++] = (struct guid_key_entry){
			.path = arena_printf(arena, "%s%s", prefix, file->d_name)};
	}
	return true;
}

bool guid_keys_read(struct guid_keys *out, struct arena *arena, const char *path,
	struct error *err)
{
	struct guid_keys found = {0};
	struct guid_key_entry *items;

	if (!find_keys(&found, arena, path, err)) {
		free(found.items);
		return false;
	}
	if (found.count)
		qsort(found.items, found.count, sizeof(*found.items), compare_paths);
	items = arena_alloc(arena, (found.count + 1) * sizeof(*items));
	items[0] = read_entry(path, false);
	for (size_t i = 0; i < found.count; i++)
		items[i + 1] = read_entry(found.items[i].path, true);
	free(found.items);
	*out = (struct guid_keys){items, found.count + 1};
	return true;
}

void guid_keys_wipe(struct guid_keys *keys)
{
	for (size_t i = 0; i < keys->count; i++)
		guid_key_wipe(&keys->items[i].key);
}
