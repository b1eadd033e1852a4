/*
 * A process of a stranger's: in a session of its own, its output read and bounded, never
 * longer than it may, and gone at the end with all of its group.
 */
#ifndef PCARCH_TRACER_TRAFFIC_PROCESS_H
#define PCARCH_TRACER_TRAFFIC_PROCESS_H

#include "core/text.h"

#include <stdbool.h>
#include <sys/types.h>

struct error;

struct traffic_process {
	char *const *argv; /* the first is a path */
	char *const *variables; /* its environment, all of it */
	const char *directory; /* that it runs in */
	const char *input; /* file; NULL: nothing can be read */

	pid_t pid;
	int handle, output; /* -1: none */
	struct text printed; /* the last of its output and errors, at most 64 KiB */
	bool has_ended;
	int status; /* when it is closed: as in a shell */
};

/* SIGINT, SIGTERM and SIGHUP end the driving, not us; and its orphans become ours. */
void traffic_process_prepare(void);

/* Such a signal came: nothing is to be started any more. 0, or its number. */
int traffic_process_interrupted(void);

/* Fails when there can be no process; one that cannot run its file ends with 127. */
bool traffic_process_start(struct traffic_process *process, struct error *err);

/* Until it has ended (true), `seconds` are over or a signal came (both false). */
bool traffic_process_wait(struct traffic_process *process, unsigned seconds);

/* The same, and then it is asked to end, and has two seconds for that. */
bool traffic_process_finish(struct traffic_process *process, unsigned seconds);

/* As traffic_process_wait(), until it has printed `text`. False also when it has ended
 * without. */
bool traffic_process_wait_text(struct traffic_process *process, const char *text,
	unsigned seconds);

/* As traffic_process_wait(), until something listens on the port of this machine. */
bool traffic_process_wait_port(struct traffic_process *process, unsigned port,
	unsigned seconds);

/* A descriptor of what it runs, its first child; -1: none is known. */
int traffic_process_child(const struct traffic_process *process);

/* Has it ended, or that child of it? */
bool traffic_process_is_over(struct traffic_process *process, int child);

/* Ask it to end, with SIGTERM. */
void traffic_process_ask(const struct traffic_process *process);

/* End what is left of its group, take its status and close it; twice is fine. */
void traffic_process_close(struct traffic_process *process);

#define scoped_process \
	__attribute__((cleanup(traffic_process_close))) struct traffic_process

/* End what went to the background in a group of its own. Our other children go, too. */
void traffic_process_end_orphans(void);

/* What follows `mark` at the begin of a line that it printed, the last one of such. */
bool traffic_process_line_after(const struct traffic_process *process, const char *mark,
	struct text *out);

/* The last line that it printed that says something, in `out`; "" when none does. */
void traffic_process_last_line(const struct traffic_process *process, struct text *out);

#endif
