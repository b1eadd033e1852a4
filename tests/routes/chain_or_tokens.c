/* Several words a branch, set-up before the handler, and a handler whose result is kept
 * and looked at later. */
#include <stdio.h>
#include <string.h>

static int verbose;

static void open_log(const char *name)
{
	setvbuf(stderr, NULL, _IOLBF, 0);
}
static int zone_add(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int zone_list(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int zone_remove(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static void zone_dump(void)
{
	puts(__func__);
}

int main(int argc, char **argv)
{
	const char *command = argc > 1 ? argv[1] : "";
	int result = 0;

	if (!strcmp(command, "add") || !strcmp(command, "new") ||
		!strcmp(command, "create")) {
		open_log("zone");
		verbose = 1;
		result = zone_add(argc - 2, argv + 2);
	} else if (!strcmp(command, "ls") || !strcmp(command, "list")) {
		result = zone_list(argc - 2, argv + 2);
		fflush(stdout);
	} else if (strcmp(command, "remove") == 0 ||
		   (strcmp(command, "delete") == 0 && argc > 2 && argv[2][0] != '-')) {
		open_log("zone");
		result = zone_remove(argc - 2, argv + 2);
		if (result < 0)
			fprintf(stderr, "cannot remove\n");
	} else if (!strcmp(command, "dump")) {
		zone_dump();
	} else {
		fprintf(stderr, "what is '%s'?\n", command);
		result = -1;
	}
	return result ? 1 : 0;
}
