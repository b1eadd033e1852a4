#ifndef COMMAND_H
#define COMMAND_H

enum node_type {
	VIEW_NODE,
	CONFIG_NODE,
	NODE_MAX
};

struct vty {
	enum node_type node;
};

struct cmd_element {
	const char *string;
	const char *doc;
	int (*func)(const struct cmd_element *self, struct vty *vty, int argc,
		char **argv);
};

#define DEFUN(funcname, cmdname, cmdstr, helpstr)                                      \
	static int funcname(const struct cmd_element *self, struct vty *vty, int argc, \
		char **argv);                                                          \
	static const struct cmd_element cmdname = {                                    \
		.string = cmdstr,                                                      \
		.doc = helpstr,                                                        \
		.func = funcname,                                                      \
	};                                                                             \
	static int funcname(const struct cmd_element *self, struct vty *vty, int argc, \
		char **argv)
#define ALIAS(funcname, cmdname, cmdstr, helpstr)   \
	static const struct cmd_element cmdname = { \
		.string = cmdstr,                   \
		.doc = helpstr,                     \
		.func = funcname,                   \
	}

void install_element(enum node_type node, const struct cmd_element *cmd);
void zebra_init(void);

#endif
