#include "interp.h"
#include <stdio.h>

static int file_delete(struct interp *interp, int argc, char *const *argv)
{
	puts(__func__);
	return 0;
}
static int file_exists(struct interp *interp, int argc, char *const *argv)
{
	puts(__func__);
	return 0;
}
static int pwd_command(struct interp *interp, int argc, char *const *argv)
{
	puts(__func__);
	return 0;
}

static const struct subcommand file_table[] = {
	{"delete", "?-force? file ...", file_delete, 1, -1},
	{"exists", "name", file_exists, 1, 1},
	{NULL},
};

void file_init(struct interp *interp)
{
	create_command(interp, "file", subcommand_proc, (void *)file_table);
	create_command(interp, "pwd", pwd_command, NULL);
}
