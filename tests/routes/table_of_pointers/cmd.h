#ifndef CMD_H
#define CMD_H

struct session;

enum cmd_result {
	CMD_OK,
	CMD_ERROR
};

struct cmd_entry {
	const char *name;
	const char *alias;

	struct {
		const char *template;
		int lower, upper;
	} args;

	const char *usage;
	enum cmd_result (*exec)(struct session *, int, char **);
};

extern const struct cmd_entry *cmd_table[];

#endif
