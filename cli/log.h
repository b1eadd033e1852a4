/* The questions of `pcarch log`, and what was asked. */
#ifndef PCARCH_CLI_LOG_H
#define PCARCH_CLI_LOG_H

#include "cli/command.h"
#include "cli/log_print.h"
#include "diff/log_filter.h"

#include <stdbool.h>

struct arena;
struct error;

struct log_given {
	const char *asker; /* the command, for messages */
	const char *guid, *trace_id, *level, *event, *service, *command, *since, *until;
	const char *error_type, *group, *format, *auditor_key, *anchors;
	struct option_values where, keys, binaries;
	unsigned limit; /* UINT32_MAX: not given */
	unsigned max_age_h;
	bool is_pretty;
};

/* Each takes the operands after its name, and returns the exit code. */
int log_query(const struct log_given *given, char **operands);
int log_verify_files(const struct log_given *given, char **operands);
int log_print_anchors(const struct log_given *given, char **operands);
int log_join(const struct log_given *given, char **operands);
int log_grep(const struct log_given *given, char **operands);

enum log_format log_format_of(const struct log_given *given);

/* What the events must be; strings are in `arena`. False: a usage error was printed. */
bool log_filter_of(const struct log_given *given, struct arena *arena,
	struct log_filter *out);

/* An id that was typed; false, and the message printed, where it is none. */
bool log_id_of(const char *command, const char *typed, char out[LOG_ID_SIZE]);

/* Lines that are no events: counted, and told at the end. */
struct log_skipped {
	uint64_t count;
	char first[640]; /* what is wrong with the first */
};

void log_skip(struct log_skipped *skipped, const struct error *err);
void log_skipped_warn(const struct log_skipped *skipped, const char *command);

#endif
