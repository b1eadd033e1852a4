/* The logs that a command is given: files, and directories full of them. */
#ifndef PCARCH_CLI_LOG_FILES_H
#define PCARCH_CLI_LOG_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;

enum log_file_kind {
	LOG_FILES_ANY, /* "-" is stdin */
	LOG_FILES_AGAIN, /* must be files, since they are read twice */
};

struct log_files {
	const char *const *paths; /* in `arena` */
	size_t count;
};

/*
 * The operands, or the directory that PCARCH_LOG names when there are none. Of a
 * directory, its *.jsonl by name, which is the order in which a process wrote them.
 */
bool log_files_find(struct arena *arena, enum log_file_kind kind, char **operands,
	struct log_files *out, struct error *err);

#endif
