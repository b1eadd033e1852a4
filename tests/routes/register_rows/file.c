#include "command.h"
#include <stdio.h>

static struct cmdinfo file_cmd;
static struct cmdinfo print_cmd;

static void print_help(void)
{
	puts("list the open files");
}
static int file_f(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int print_f(int argc, char **argv)
{
	puts(__func__);
	return 0;
}

void file_init(void)
{
	file_cmd.name = "file";
	file_cmd.altname = "f";
	file_cmd.cfunc = file_f;
	file_cmd.argmin = 0;
	file_cmd.argmax = 1;
	file_cmd.oneline = "set the current file";

	print_cmd.name = "print";
	print_cmd.altname = "p";
	print_cmd.cfunc = print_f;
	print_cmd.argmax = 0;
	print_cmd.oneline = "list the open files";
	print_cmd.help = print_help;

	add_command(&file_cmd);
	add_command(&print_cmd);
}
