#ifndef COMMANDS_H
#define COMMANDS_H

struct cmd_group;

struct cmd_struct {
	const char *token;
	int (*fn)(const struct cmd_struct *cmd, int argc, char **argv);
	const char *const *usagestr;
	const struct cmd_group *next;
	int flags;
};

struct cmd_group {
	const char *const *usagestr;
	const char *infostr;
	const struct cmd_struct *const commands[];
};

#define DEFINE_COMMAND(name, token, fn, usage, group, flags) \
	const struct cmd_struct cmd_struct_##name = {token, fn, usage, group, flags}
#define DEFINE_SIMPLE_COMMAND(name, token) \
	DEFINE_COMMAND(name, token, cmd_##name, NULL, NULL, 0)
#define DEFINE_GROUP_COMMAND(name, token) \
	DEFINE_COMMAND(name, token, handle_group, NULL, &name##_cmd_group, 0)
#define DEFINE_GROUP_COMMAND_TOKEN(name) DEFINE_GROUP_COMMAND(name, #name)
#define DECLARE_COMMAND(name) extern const struct cmd_struct cmd_struct_##name

DECLARE_COMMAND(device);
DECLARE_COMMAND(qgroup);
DECLARE_COMMAND(send);

int handle_group(const struct cmd_struct *cmd, int argc, char **argv);

#endif
