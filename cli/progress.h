/*
 * Progress on stderr. On a terminal: one line, redrawn at most ten times a second, from
 * the first second on. On a pipe: a plain line every ten seconds. Silent with --quiet.
 */
#ifndef PCARCH_CLI_PROGRESS_H
#define PCARCH_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
	const char *noun; /* "units" */
	bool is_quiet, is_terminal, is_drawn;
	double start_s, drawn_s; /* CLOCK_MONOTONIC */
	size_t done, total; /* total 0: unknown */
	double rate; /* a second, smoothed */
	double sampled_s; /* when, and at how many done, `rate` was brought up to date */
	size_t sampled;
};

/* The word that lines begin with: the command's name, from main(). Borrowed. */
void progress_set_title(const char *title);

void progress_start(struct progress *progress, const char *noun, size_t total,
	bool is_quiet);

/* `done` of the total are done; `current` (may be NULL) is what is being worked on. */
void progress_update(struct progress *progress, size_t done, const char *current);

/* Erase the bar, so that a message can be printed; the next update draws it again. */
void progress_clear(struct progress *progress);

#endif
