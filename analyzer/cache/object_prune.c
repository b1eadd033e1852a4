/* Keeps an object store small: what was not used for long goes, then the oldest. */
#include "analyzer/cache/object_store.h"
#include "core/arena.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FILE_PATH_SIZE = 48,
	TEMPORARY_AGE_S = 86400
};

struct stored_file {
	char path[FILE_PATH_SIZE];
	int64_t used_s;
	uint64_t bytes;
};

struct inventory {
	struct stored_file *files; /* heap */
	size_t nfiles, room;
};

static bool is_fanout(const char *name)
{
	return strlen(name) == 2 && isxdigit((unsigned char)name[0]) &&
	       isxdigit((unsigned char)name[1]);
}

/* Ours only: a mistaken PCARCH_CACHE_DIR must not cost anyone a file. */
static bool is_object(const char *name)
{
	size_t ndigits = strspn(name, "0123456789abcdef");

	if (strncmp(name, "tmp.", 4) == 0)
		return strlen(name) == 20 && strspn(name + 4, "0123456789abcdef") == 16;
	return ndigits == 30 && name[30] == '.' && strchr("fms", name[31]) && name[31] &&
	       !name[32];
}

static void list_objects(struct inventory *inventory, DIR *dir, const char *fanout)
{
	struct dirent *entry;

	while ((entry = readdir(dir))) {
		struct stored_file *file;
		struct stat st;

		if (!is_object(entry->d_name) ||
			fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		inventory->files = grow(inventory->files, inventory->nfiles,
			&inventory->room, sizeof(*inventory->files));
		file = &inventory->files[inventory->nfiles++];
		snprintf(file->path, sizeof(file->path), "%.2s/%.40s", fanout,
			entry->d_name);
		file->used_s = st.st_mtim.tv_sec;
		file->bytes = (uint64_t)st.st_blocks * 512;
	}
}

static DIR *open_directory(int parent, const char *name)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (!dir && fd >= 0)
		close(fd);
	return dir;
}

static void take_inventory(struct inventory *inventory, int store)
{
	DIR *root = open_directory(store, "."), *dir;
	struct dirent *entry;

	while (root && (entry = readdir(root))) {
		dir = is_fanout(entry->d_name) ? open_directory(store, entry->d_name)
					       : NULL;
		if (!dir)
			continue;
		list_objects(inventory, dir, entry->d_name);
		closedir(dir);
	}
	if (root)
		closedir(root);
}

static int oldest_first(const void *a, const void *b)
{
	const struct stored_file *left = a, *right = b;

	if (left->used_s != right->used_s)
		return left->used_s < right->used_s ? -1 : 1;
	return strcmp(left->path, right->path);
}

static bool is_temporary(const struct stored_file *file)
{
	return strncmp(file->path + 3, "tmp.", 4) == 0;
}

struct object_tally object_store_prune(const struct object_store *store,
	const struct object_limits *limits)
{
	struct inventory inventory = {0};
	struct object_tally tally = {0};

	take_inventory(&inventory, store->fd);
	if (inventory.nfiles)
		qsort(inventory.files, inventory.nfiles, sizeof(*inventory.files),
			oldest_first);
	for (size_t i = 0; i < inventory.nfiles; i++)
		tally.bytes_left += inventory.files[i].bytes;
	for (size_t i = 0; i < inventory.nfiles; i++) {
		const struct stored_file *file = &inventory.files[i];
		int64_t max_age_s =
			is_temporary(file) ? TEMPORARY_AGE_S : limits->max_age_s;
		bool is_old = limits->now_s - file->used_s > max_age_s;
		bool is_too_much = tally.bytes_left > limits->max_bytes;

		/* A temporary file may be somebody's who is writing now. */
		if (!is_old && (!is_too_much || is_temporary(file)))
			continue;
		if (unlinkat(store->fd, file->path, 0) < 0)
			continue;
		tally.bytes_left -= file->bytes;
		tally.nremoved++;
	}
	tally.nleft = inventory.nfiles - tally.nremoved;
	free(inventory.files);
	return tally;
}
