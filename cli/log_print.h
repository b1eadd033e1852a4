/* Events on stdout: rows of a table, blocks with all that they say, or lines of JSON. */
#ifndef PCARCH_CLI_LOG_PRINT_H
#define PCARCH_CLI_LOG_PRINT_H

#include "cli/table.h"
#include "core/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct event;
struct log_line;
struct stack_names;

enum log_format {
	LOG_FORMAT_TEXT,
	LOG_FORMAT_JSON, /* the line as it stands in the log */
	LOG_FORMAT_PRETTY,
};

struct log_print {
	enum log_format format; /* to set before use, as the next */
	bool wants_file; /* text: the file that the event is from, instead of its service
			  */
	size_t limit; /* events to print */
	struct stack_names *names; /* pretty: of stacks; NULL: they stay as they are */
	size_t nprinted, nhidden;
	struct table table;
	struct arena arena; /* of the table's rows that are not printed yet */
};

/* How many events are printed: `given` of --limit, UINT32_MAX when it was not. */
size_t log_print_limit(unsigned given);

void log_print_event(struct log_print *print, const char *file,
	const struct log_line *line, const struct event *event);

/* Print the rest, say how many events were not printed, release. */
void log_print_end(struct log_print *print);

enum style log_print_style(const struct event *event);

#endif
