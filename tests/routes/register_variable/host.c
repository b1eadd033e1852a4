/* What is called to register is a variable, or a field of a table of functions that the
 * host hands out. */
#include "host.h"
#include <stdio.h>
#include <string.h>

static struct {
	const char *name;
	command_fn *fn;
} slots[16];
static int nslots;

static void slot_add(const char *name, command_fn *fn)
{
	slots[nslots].name = name;
	slots[nslots++].fn = fn;
}

static void host_log(const char *text)
{
	fputs(text, stderr);
}

void (*add_command)(const char *name, command_fn *fn) = slot_add;

static int host_quit(int argc, char **argv)
{
	return puts(__func__) < 0;
}

int main(int argc, char **argv)
{
	static const struct host_api api = {3, slot_add, host_log};

	add_command("quit", host_quit);
	media_init(&api);
	for (int i = 0; argc > 1 && i < nslots; i++)
		if (!strcmp(slots[i].name, argv[1]))
			return slots[i].fn(argc - 1, argv + 1);
	return 1;
}
