/* What a command is: a name, a table of options, and a function that runs it. */
#ifndef PCARCH_CLI_COMMAND_H
#define PCARCH_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

enum exit_code {
	EXIT_CLEAN = 0,
	EXIT_FINDINGS = 1,
	EXIT_USAGE = 2, /* usage, missing, empty or invalid input */
	EXIT_INCOMPLETE = 3,
	EXIT_INTERNAL = 4,
};

enum option_kind {
	OPTION_FLAG, /* bool: given or not */
	OPTION_STRING, /* const char *: the last one given */
	OPTION_NUMBER, /* unsigned: decimal, `least` to `most` */
	OPTION_CHOICE, /* const char *: one of `choices` */
	OPTION_FILE, /* as OPTION_STRING; completes to files */
	OPTION_DIR, /* as OPTION_STRING; completes to directories */
};

/* One row of a command's option table, from which parsing, --help and completion are made. */
struct option {
	char short_name; /* 'j', or 0 */
	const char *name; /* "jobs", without dashes */
	enum option_kind kind;
	void *value; /* where it goes, of the type that `kind` says; holds the default */
	const char *arg; /* "N", for --help; NULL for a flag */
	const char *help; /* one line, lower case, no full stop */
	const char *const *choices; /* NULL-terminated, for OPTION_CHOICE */
	unsigned least, most; /* for OPTION_NUMBER; most 0: no limit */
};

struct command {
	const char *name;
	const char *args; /* "[options] [DIR | FILE...]" */
	const char *summary; /* one line, lower case, no full stop */
	const char *description; /* paragraphs of --help after the summary; NULL: none */
	const char *examples; /* lines of --help, each "  pcarch …"; NULL: none */
	const struct option *(*options)(void); /* ends with a row whose name is NULL */
	int (*run)(int argc, char **argv); /* argv[0] is the command's name */
};

/* All commands, in the order --help lists them; NULL-terminated. Defined in cli/main.c. */
extern const struct command *const commands[];

/*
 * Parse argv by `command`'s table. On success *argc and *argv hold what is left: the operands
 * (and, after "--", everything as it stands; argv[argc] is NULL). Options may follow operands.
 * Returns -1 to go on, or the exit code at which to stop: 0 after --help, 2 after an error,
 * which is on stderr with the nearest option's name.
 */
int options_parse(const struct command *command, int *argc, char ***argv);

/* How many operands stood before "--"; argc when there was none. Valid after options_parse(). */
int options_before_dashes(void);

/* Print --help of `command` to stdout. */
void options_help(const struct command *command);

#endif
