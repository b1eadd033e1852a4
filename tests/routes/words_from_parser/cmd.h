#ifndef CMD_H
#define CMD_H

struct args {
	int argc;
	char **argv;
	struct args *next;
};

struct cmd {
	const struct cmd_entry *entry;
	struct args *args;
	struct cmd *next;
};

/* What may follow the name; `cb` says what an argument is, and is NULL for most commands.
 */
struct args_parse {
	const char *template;
	int lower, upper;
	int (*cb)(struct args *args, int index, char **cause);
};

struct cmd_entry {
	const char *name;
	const char *alias;
	struct args_parse args;
	int (*exec)(struct cmd *self);
};

const struct cmd_entry *cmd_get_entry(struct cmd *cmd);
int cmdq_run(struct cmd *first);

extern const struct cmd_entry *cmd_table[];
extern const struct cmd_entry cmd_new_entry, cmd_kill_entry, cmd_wait_entry;

struct args *parse_input(const char *text);

#endif
