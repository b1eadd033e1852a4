#ifndef CMD_H
#define CMD_H

struct cmd {
	const char *name;
	const char *args;
	const char *help;
	int hidden;
	int (*handler)(int argc, char **argv);
	const struct cmd *parent;
};

#define __COMMAND(_section, _symname, _name, _args, _hidden, _handler, _help) \
	static struct cmd __cmd##_##_symname##_##_handler = {                 \
		.name = (_name),                                              \
		.args = (_args),                                              \
		.hidden = (_hidden),                                          \
		.handler = (_handler),                                        \
		.help = (_help),                                              \
		.parent = _section,                                           \
	};                                                                    \
	static struct cmd *__cmd##_##_symname##_##_handler##_p                \
		__attribute__((used, section("__cmd"))) =                     \
			&__cmd##_##_symname##_##_handler
#define COMMAND(section, name, args, handler, help) \
	__COMMAND(&(__section##_##section), name, #name, args, 0, handler, help)
#define TOPLEVEL(_name, _args, _handler, _help)    \
	struct cmd __section##_##_name = {         \
		.name = (#_name),                  \
		.args = (_args),                   \
		.handler = (_handler),             \
		.help = (_help),                   \
	};                                         \
	static struct cmd *__section##_##_name##_p \
		__attribute__((used, section("__cmd"))) = &__section##_##_name
#define SECTION(_name)                             \
	struct cmd __section##_##_name = {         \
		.name = (#_name),                  \
		.hidden = 1,                       \
	};                                         \
	static struct cmd *__section##_##_name##_p \
		__attribute__((used, section("__cmd"))) = &__section##_##_name
#define DECLARE_SECTION(_name) extern struct cmd __section##_##_name

DECLARE_SECTION(scan);
DECLARE_SECTION(power);

#endif
