/* The directory that one run has for itself, fresh and empty, and that goes with it. */
#ifndef PCARCH_TRACER_TRAFFIC_ROOM_H
#define PCARCH_TRACER_TRAFFIC_ROOM_H

#include <stdbool.h>

struct arena;
struct error;
struct traffic_how;

struct traffic_room {
	const char *top; /* NULL: there is none */
	const char *work; /* in it: where it runs, and its home */
	const char *temporary; /* TMPDIR */
	const char *recordings;
	const char *trace; /* the file that is made of them */
};

/* Make it, in TMPDIR. */
bool traffic_room_make(struct traffic_room *room, struct arena *arena, struct error *err);

/* Remove all of it. Links are removed, not followed. */
void traffic_room_remove(struct traffic_room *room);

#define scoped_room __attribute__((cleanup(traffic_room_remove))) struct traffic_room

/* Make a file below `work`, with the directories on the way. */
bool traffic_room_file(const struct traffic_room *room, const char *path,
	const char *text, struct error *err);

/* A file outside of `work` with that text: its path, or NULL. */
const char *traffic_room_input(const struct traffic_room *room, struct arena *arena,
	const char *text, struct error *err);

/* A path whose last part is `name`: `file` itself, or a link to it. */
const char *traffic_room_named(const struct traffic_room *room, struct arena *arena,
	const char *file, const char *name);

/*
 * The environment of what runs there, NULL-terminated: PATH and LD_LIBRARY_PATH are ours,
 * HOME, TMPDIR, LANG, TERM and XDG_CONFIG_HOME its own, and then those that `how` names.
 */
char **traffic_room_variables(const struct traffic_room *room, struct arena *arena,
	const struct traffic_how *how);

#endif
