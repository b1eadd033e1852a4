/*
 * Many programs in one: the name by which it is started, or the first argument, is looked
 * up in one text of all names; its number chooses from an array of functions.
 */
#include "applets.h"
#include <stdio.h>
#include <string.h>

static int find_applet_by_name(const char *name)
{
	const char *p = applet_names;
	int i = 0;

	while (*p) {
		if (strcmp(name, p) == 0)
			return i;
		p += strlen(p) + 1;
		i++;
	}
	return -1;
}

static void run_applet_and_exit(const char *name, int argc, char **argv, int *status)
{
	int applet = find_applet_by_name(name);

	if (applet >= 0)
		*status = applet_main[applet](argc, argv);
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/'), *name = slash ? slash + 1 : argv[0];
	int status = 127;

	run_applet_and_exit(name, argc, argv, &status);
	if (status == 127 && argc > 1)
		run_applet_and_exit(argv[1], argc - 1, argv + 1, &status);
	return status;
}
