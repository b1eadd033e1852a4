#include "table.h"

static int cmd_show(int x)
{
	return x + 1;
}

static int before(int x)
{
	return x + 4;
}

const struct command commands[] = {{"show", cmd_show}, {"list", cmd_list}, {0, 0}};
static int (*const hook_list[])(int) = {before, 0};
int (*const *const hooks)(int) = hook_list;
