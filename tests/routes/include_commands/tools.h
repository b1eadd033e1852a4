#ifndef TOOLS_H
#define TOOLS_H

struct cmd_context;
typedef int (*command_fn)(struct cmd_context *cmd, int argc, char **argv);

struct command_name {
	const char *name;
	const char *desc;
	unsigned flags;
	command_fn fn;
};

enum {
	PERMITTED_READ_ONLY = 1,
	ALL_VGS = 2
};

#define xx(a, b, c) int a(struct cmd_context *cmd, int argc, char **argv);
#include "commands.h"
#undef xx

extern struct command_name command_names[];
const struct command_name *find_command_name(const char *name);

#endif
