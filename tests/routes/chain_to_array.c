/* The number that a look-up of names returns is the index of the functions, which stand
 * in rows without names. */
#include <stdio.h>
#include <string.h>

enum {
	CMD_START,
	CMD_STOP,
	CMD_RELOAD,
	NCMDS
};

static int start_daemon(void)
{
	return puts(__func__) < 0;
}
static int stop_daemon(void)
{
	return puts(__func__) < 0;
}
static int reload_daemon(void)
{
	return puts(__func__) < 0;
}

static const struct {
	unsigned flags;
	int (*fn)(void);
} ops[NCMDS] = {
	[CMD_START] = {0, start_daemon},
	[CMD_STOP] = {1, stop_daemon},
	[CMD_RELOAD] = {1, reload_daemon},
};

static int command_code(const char *name)
{
	static const struct {
		int code;
		const char *name;
	} codes[] = {{CMD_STOP, "stop"}, {CMD_START, "start"}, {CMD_RELOAD, "reload"},
		{CMD_RELOAD, "hup"}};

	for (unsigned i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (!strcmp(name, codes[i].name))
			return codes[i].code;
	return -1;
}

int main(int argc, char **argv)
{
	int code = argc > 1 ? command_code(argv[1]) : -1;

	return code < 0 ? 2 : ops[code].fn();
}
