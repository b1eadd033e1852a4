/*
 * Where the processes of one run record, and what is known of the run itself: its id, the
 * command's pid, and how it ended. All is in the directory, so that a run that was cut
 * off can be recovered.
 */
#ifndef PCARCH_TRACER_RUN_DIRECTORY_H
#define PCARCH_TRACER_RUN_DIRECTORY_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct error;

struct run_directory {
	const char *path; /* absolute */
	const char *id; /* of the run: 32 hexadecimal digits */
	uint32_t child; /* pid; 0: not started, or not known */
	int status; /* as in a shell; -1: not known */
};

/* A new one: `path`, which is made, or must be empty; NULL: a temporary one. */
bool run_directory_make(struct run_directory *run, struct arena *arena, const char *path,
	struct error *err);

/* One that is there. What is not known of it is made up from its name. */
bool run_directory_open(struct run_directory *run, struct arena *arena, const char *path,
	struct error *err);

/* Write down what is known now. */
bool run_directory_note(const struct run_directory *run, struct error *err);

/* Remove it and the recordings in it. */
void run_directory_remove(const struct run_directory *run);

/* No process that records there still runs. */
bool run_directory_is_quiet(const struct run_directory *run);

#endif
