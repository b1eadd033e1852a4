#include "tracer/traffic_room.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"
#include "core/traffic_rules.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	OPEN_DIRECTORIES = 16
};

static bool make_directories(const struct traffic_room *room, struct error *err)
{
	return file_make_dirs(room->work, err) && file_make_dirs(room->temporary, err);
}

bool traffic_room_make(struct traffic_room *room, struct arena *arena, struct error *err)
{
	const char *base = getenv("TMPDIR");
	char *top;

	if (!base || base[0] != '/')
		base = "/tmp";
	top = arena_printf(arena, "%s/pcarch-traffic-XXXXXX", base);
	if (!mkdtemp(top))
		return error_set_errno(err, "create", top,
			"set TMPDIR to a directory with room");
	*room = (struct traffic_room){
		.top = top,
		.work = arena_printf(arena, "%s/work", top),
		.temporary = arena_printf(arena, "%s/tmp", top),
		.recordings = arena_printf(arena, "%s/recordings", top),
		.trace = arena_printf(arena, "%s/dynamic.json", top),
	};
	if (make_directories(room, err))
		return true;
	traffic_room_remove(room);
	return false;
}

static int open_directory(const char *path, const struct stat *st, int type,
	struct FTW *at)
{
	(void)at;
	if (type == FTW_DNR && !(st->st_mode & S_IXUSR))
		return chmod(path, 0700) && false;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	remove(path);
	return 0;
}

void traffic_room_remove(struct traffic_room *room)
{
	const int flags = FTW_PHYS | FTW_MOUNT;

	if (!room->top)
		return;
	/* A program may have left a directory that nobody can enter. */
	nftw(room->top, open_directory, OPEN_DIRECTORIES, flags);
	nftw(room->top, remove_one, OPEN_DIRECTORIES, flags | FTW_DEPTH);
	room->top = NULL;
}

static bool write_file(const char *path, const char *text, struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, path, err))
		return false;
	fputs(text, out.stream);
	return file_commit(&out, err);
}

bool traffic_room_file(const struct traffic_room *room, const char *path,
	const char *text, struct error *err)
{
	struct arena arena = {0};
	char *whole = arena_printf(&arena, "%s/%s", room->work, path);
	char *slash = strrchr(whole, '/');
	bool ok;

	*slash = '\0';
	ok = file_make_dirs(whole, err);
	*slash = '/';
	ok = ok && write_file(whole, text, err);
	arena_release(&arena);
	return ok;
}

const char *traffic_room_input(const struct traffic_room *room, struct arena *arena,
	const char *text, struct error *err)
{
	const char *path = arena_printf(arena, "%s/input", room->top);

	return write_file(path, text, err) ? path : NULL;
}

const char *traffic_room_named(const struct traffic_room *room, struct arena *arena,
	const char *file, const char *name)
{
	const char *slash = strrchr(file, '/');
	const char *link = arena_printf(arena, "%s/%s", room->top, name);

	if (strcmp(slash ? slash + 1 : file, name) == 0 || symlink(file, link) < 0)
		return file;
	return link;
}

/* Is it among those that the rules set? */
static bool is_set(const struct traffic_how *how, const char *name)
{
	for (size_t i = 0; i < how->variables.count; i++)
		if (strcmp(how->variables.items[i].name, name) == 0)
			return true;
	return false;
}

char **traffic_room_variables(const struct traffic_room *room, struct arena *arena,
	const struct traffic_how *how)
{
	static const char *const ours[] = {
		"PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", NULL};
	const struct traffic_pair own[] = {{"HOME", room->work},
		{"TMPDIR", room->temporary}, {"XDG_CONFIG_HOME", room->work},
		{"LANG", "C.UTF-8"}, {"TERM", "dumb"}};
	const size_t nown = sizeof(own) / sizeof(own[0]);
	size_t n = 0;
	char **all = arena_alloc(arena,
		(how->variables.count + nown + sizeof(ours) / sizeof(ours[0])) *
			sizeof(*all));

	for (size_t i = 0; ours[i]; i++)
		if (getenv(ours[i]) && !is_set(how, ours[i]))
			all[n++] = arena_printf(arena, "%s=%s", ours[i], getenv(ours[i]));
	for (size_t i = 0; i < nown; i++)
		if (!is_set(how, own[i].name))
			all[n++] =
				arena_printf(arena, "%s=%s", own[i].name, own[i].value);
	for (size_t i = 0; i < how->variables.count; i++)
		all[n++] = arena_printf(arena, "%s=%s", how->variables.items[i].name,
			how->variables.items[i].value);
	return all;
}
