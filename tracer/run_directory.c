#include "tracer/run_directory.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/record.h"
#include "core/record_roots.h"
#include "core/text.h"
#include "tracer/audit/audit.h"
#include "tracer/recording_name.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

static const char note_name[] = "run";

static void close_directory(DIR **directory)
{
	if (*directory)
		closedir(*directory);
}

#define scoped_directory __attribute__((cleanup(close_directory))) DIR *

static bool is_recording(const char *name)
{
	return text_has_suffix(name, RECORDING_SUFFIX);
}

static bool is_ours(const char *name)
{
	return is_recording(name) || text_has_suffix(name, AUDIT_SUFFIX) ||
	       strcmp(name, note_name) == 0 || strcmp(name, ROOTS_FILE) == 0 ||
	       strcmp(name, RECORDING_TICKS) == 0;
}

static const char *make_id(struct arena *arena)
{
	uint64_t random[2];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return NULL;
	return arena_printf(arena, "%016" PRIx64 "%016" PRIx64, random[0], random[1]);
}

static bool check_empty(const char *path, struct error *err)
{
	scoped_directory directory = opendir(path);
	const struct dirent *entry;

	if (!directory)
		return error_set_errno(err, "read", path, NULL);
	while ((entry = readdir(directory)))
		if (is_ours(entry->d_name))
			return error_set(err, (struct location){path, 0, 0},
				"another run has recorded there: 'pcarch recover' takes what it "
				"is, or name another directory");
	return true;
}

static const char *make_temporary(struct arena *arena, struct error *err)
{
	const char *base = getenv("TMPDIR");
	char *path = arena_printf(arena, "%s/pcarch-trace-XXXXXX",
		base && base[0] == '/' ? base : "/tmp");

	if (mkdtemp(path))
		return path;
	error_set_errno(err, "create", path, "set TMPDIR to a directory with room");
	return NULL;
}

static const char *make_named(struct arena *arena, const char *path, struct error *err)
{
	char real[PATH_MAX];

	if (!file_make_dirs(path, err) || !check_empty(path, err))
		return NULL;
	if (realpath(path, real))
		return arena_strdup(arena, real);
	error_set_errno(err, "enter", path, NULL);
	return NULL;
}

bool run_directory_make(struct run_directory *run, struct arena *arena, const char *path,
	struct error *err)
{
	struct run_directory made = {.status = -1};

	made.path = path ? make_named(arena, path, err) : make_temporary(arena, err);
	if (!made.path)
		return false;
	made.id = make_id(arena);
	if (!made.id)
		return error_set_errno(err, "read", "/dev/urandom", NULL);
	if (!run_directory_note(&made, err))
		return false;
	*run = made;
	return true;
}

static void read_note(struct run_directory *run, struct arena *arena, const char *text)
{
	unsigned child;
	char id[33];
	int status;

	if (sscanf(text, "id %32[0-9a-f]", id) != 1 || strlen(id) != 32)
		return;
	run->id = arena_strdup(arena, id);
	if (sscanf(text, "id %*s child %u status %d", &child, &status) == 2) {
		run->child = child;
		run->status = status;
	}
}

bool run_directory_open(struct run_directory *run, struct arena *arena, const char *path,
	struct error *err)
{
	struct run_directory found = {.status = -1};
	char real[PATH_MAX];
	struct error ignored;
	XXH128_hash_t hash;
	const char *note;

	if (!realpath(path, real))
		return error_set_errno(err, "enter", path, NULL);
	found.path = arena_strdup(arena, real);
	note = file_read(arena, arena_printf(arena, "%s/%s", real, note_name), NULL,
		&ignored);
	if (note)
		read_note(&found, arena, note);
	if (!found.id) {
		hash = XXH3_128bits(real, strlen(real));
		found.id = arena_printf(arena, "%016" PRIx64 "%016" PRIx64, hash.high64,
			hash.low64);
	}
	*run = found;
	return true;
}

bool run_directory_note(const struct run_directory *run, struct error *err)
{
	scoped_text path = {0};
	scoped_out out = {0};

	text_printf(&path, "%s/%s", run->path, note_name);
	if (!file_create(&out, path.bytes, err))
		return false;
	fprintf(out.stream, "id %s\nchild %" PRIu32 "\nstatus %d\n", run->id, run->child,
		run->status);
	return file_commit(&out, err);
}

void run_directory_remove(const struct run_directory *run)
{
	scoped_directory directory = opendir(run->path);
	const struct dirent *entry;

	while (directory && (entry = readdir(directory)))
		if (is_ours(entry->d_name))
			unlinkat(dirfd(directory), entry->d_name, 0);
	rmdir(run->path);
}

static bool is_running(const char *name)
{
	uint32_t pid, generation;
	uint64_t ticks;

	return recording_name_read(name, &ticks, &pid, &generation) &&
	       recording_name_is_running(ticks, pid);
}

bool run_directory_is_quiet(const struct run_directory *run)
{
	scoped_directory directory = opendir(run->path);
	const struct dirent *entry;

	while (directory && (entry = readdir(directory)))
		if (is_running(entry->d_name))
			return false;
	return true;
}
