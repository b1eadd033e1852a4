/* The command line's words: tables of commands, each row a function or a table of its
 * own. */
#ifndef POLYCALL_CLI_COMMAND_H
#define POLYCALL_CLI_COMMAND_H

struct command {
	const char *name; /* NULL ends a table */
	const char *args; /* what stands after the words, for help */
	const char *summary;
	int (*run)(int argc, char **argv); /* operands only; NULL where `sub` goes on */
	const struct command *sub;
};

/* All commands, and the tables that its rows go on with. */
extern const struct command root_commands[];
extern const struct command telemetry_commands[];
extern const struct command config_commands[];
extern const struct command queue_commands[];

/* Follow `argv` through `table` and run what it names; the exit status, 2 for bad words.
 */
int command_run(const struct command *table, int argc, char **argv);

/* List every command below `root_commands`, sorted. */
int command_help(int argc, char **argv);

/* Say on stderr that `words` was used wrongly; returns 2. */
int command_usage(const char *words);

/* Say on stderr that `words` failed and why; returns 1. */
int command_failed(const char *words, const char *why);

#endif
