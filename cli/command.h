/* What a command is: a name, a table of options, and a function that runs it. */
#ifndef PCARCH_CLI_COMMAND_H
#define PCARCH_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

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
	OPTION_STRINGS, /* struct option_values: every one given, in order */
	OPTION_NUMBER, /* unsigned: decimal, `least` to `most` */
	OPTION_CHOICE, /* const char *: one of `choices` */
	OPTION_FILE, /* as OPTION_STRING; completes to files */
	OPTION_FILES, /* as OPTION_STRINGS; completes to files */
	OPTION_DIR, /* as OPTION_STRING; completes to directories */
	OPTION_FUNCTIONS, /* the same; completes to functions */
	OPTION_MODULES, /* the same; completes to modules */
};

/* The heap's, for as long as the program runs. */
struct option_values {
	const char **items;
	size_t count, room;
};

/* One option: parsing, --help and completion are made from these rows. */
/* NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding): tables read best so */
struct option {
	char short_name; /* 'j', or 0 */
	const char *name; /* "jobs", without dashes */
	enum option_kind kind;
	void *value; /* where it goes, of the type that `kind` says; holds the default */
	const char *arg; /* "N", for --help; NULL for a flag */
	const char *help; /* one line, lower case, no full stop */
	const char *const
		*choices; /* NULL-terminated; but for OPTION_CHOICE, completion's */
	unsigned least, most; /* for OPTION_NUMBER; most 0: no limit */
};

/* What shells complete an operand to. */
enum operand_kind {
	OPERAND_FILE,
	OPERAND_JSON, /* *.json, and directories on the way */
	OPERAND_DIR,
	OPERAND_COMMAND, /* a pcarch command's name */
	OPERAND_FINDING, /* an id such as PCA002 */
	OPERAND_FUNCTION, /* a function of static.json */
	OPERAND_PROGRAM, /* a program to run, and its arguments */
	OPERAND_NONE,
};

struct command {
	const char *name;
	const char *args; /* "[options] [DIR | FILE...]" */
	const char *summary; /* one line, lower case, no full stop */
	const char *description; /* paragraphs of --help after the summary; NULL: none */
	const char *examples; /* lines of --help, each "  pcarch …"; NULL: none */
	void (*help)(FILE *out); /* more of --help, before the options; or NULL */
	const struct option *(*options)(void); /* ends with a row whose name is NULL */
	int (*run)(int argc, char **argv); /* argv[0] is the command's name */
	enum operand_kind operand; /* for completion */
	const char *const *words; /* of the first operand, NULL-terminated; or NULL */
};

/* All commands in the order of --help, NULL-terminated. Defined in cli/main.c. */
extern const struct command *const commands[];

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);

/* The name in commands[] nearest to `name`, or NULL when none is close. */
const char *command_nearest(const char *name);

/*
 * Parse argv by `command`'s table, --help and --color. On success *argc and *argv hold
 * what is left, the command's name gone too: argv[0] is the first operand (and, after
 * "--", everything as it stands; argv[argc] is NULL). Options may follow operands.
 * Returns -1 to go on, or the exit code at which to stop: 0 after --help, 2 after an
 * error, which is on stderr with the nearest option's name.
 */
int options_parse(const struct command *command, int *argc, char ***argv);

/*
 * The same for what stands before the command: the first operand ends it, `command` has
 * no name, and --help is left to the caller, who asks options_wants_help() afterwards.
 */
int options_parse_leading(const struct command *command, int *argc, char ***argv);
bool options_wants_help(void);

/* How many operands stood before "--"; all when there was none. After options_parse(). */
int options_before_dashes(void);

/* Was there a "--", though perhaps nothing after it? */
bool options_has_dashes(void);

bool option_may_repeat(const struct option *option);

/* Row `i` of the command's options, then of those that all have; NULL at the end. */
const struct option *option_at(const struct command *command, size_t i);

/* Print --help of `command` to stdout. */
void options_help(const struct command *command);

/* Print the program's own --help, with the list of commands, to `stream`. */
void program_help(FILE *stream);

/* The options that stand before the command; its name is NULL. */
extern const struct command program;

/* Print "pcarch COMMAND: error: …" (NULL: "pcarch: error: …"). Returns EXIT_USAGE. */
int usage_error(const char *command, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
