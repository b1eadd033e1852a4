/* A unit that does not compile: a header is missing, the table's type is not declared,
 * one expression is wrong. */
#include "not_generated.h"
#include "rows.h"
#include <stdio.h>

static int cmd_send(int argc, char **argv)
{
	puts(__func__);
	return undeclared_flags;
}
static int cmd_receive(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int cmd_sync(int argc, char **argv)
{
	puts(__func__);
	struct generated_options options = GENERATED_DEFAULTS;
	return options.wait;
}

static const struct row rows[] = {
	{"send", cmd_send, SEND_FLAGS},
	{"receive", cmd_receive, 0},
	{"sync", cmd_sync, 1},
	{0},
};

int main(int argc, char **argv)
{
	generated_t state = generated_init(argc);

	if (argc < 2)
		return 2;
	return find_and_run(rows, argc - 1, argv + 1);
}
