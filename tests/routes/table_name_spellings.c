/* Names that are not plain literals: macros, adjacent literals, constants, arrays of
 * characters, escapes. */
#include <stdio.h>
#include <string.h>

#define STR_(x) #x
#define STR(x) STR_(x)
#define VERSION 2
#define NAME_LIST "list"
#define PREFIX "pool-"

static const char name_stop[] = "stop";
static const char *const name_start = "start";

static int op_list(void)
{
	return puts(__func__) < 0;
}
static int op_list_all(void)
{
	return puts(__func__) < 0;
}
static int op_pool_add(void)
{
	return puts(__func__) < 0;
}
static int op_stop(void)
{
	return puts(__func__) < 0;
}
static int op_proto(void)
{
	return puts(__func__) < 0;
}
static int op_odd(void)
{
	return puts(__func__) < 0;
}

static const struct op {
	const char *name;
	int (*run)(void);
} ops[] = {
	{NAME_LIST, op_list},
	{NAME_LIST "-all", op_list_all},
	{PREFIX "add", op_pool_add},
	{name_stop, op_stop},
	{"proto" STR(VERSION), op_proto},
	{("\x6f\144d"), op_odd},
	{&"no-lock"[3], op_pool_add},
	{NULL, NULL},
};

int main(int argc, char **argv)
{
	const struct op *op = ops;

	while (argc > 1 && op->name && strcmp(op->name, argv[1]) != 0)
		op++;
	return argc > 1 && op->name && strcmp(name_start, argv[1]) ? op->run() : 2;
}
