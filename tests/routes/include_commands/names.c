#include "tools.h"
#include <string.h>

struct command_name command_names[] = {
#define xx(a, b, c) {#a, b, c, a},
#include "commands.h"
#undef xx
	{.name = NULL},
};

const struct command_name *find_command_name(const char *name)
{
	for (int i = 0; command_names[i].name; i++)
		if (!strcmp(command_names[i].name, name))
			return &command_names[i];
	return NULL;
}
