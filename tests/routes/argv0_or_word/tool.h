#ifndef TOOL_H
#define TOOL_H

struct tool {
	const char *name;
	int (*cmd)(int argc, char *argv[]);
	const char *help;
};

extern const struct tool tool_list, tool_nodes, compat_lsmod, compat_rmmod;

#endif
