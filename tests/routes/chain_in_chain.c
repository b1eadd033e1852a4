/* Chains inside of chains, in one function: the second word is compared below the branch
 * of the first. */
#include <stdio.h>
#include <string.h>

#define ARRAY_END(argc, argv) ((argc)--, (argv)++)

static int addr_add(int argc, char **argv, int cmd)
{
	puts(__func__);
	return 0;
}
static int addr_show(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int addr_flush(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
static int limits(int argc, char **argv, int cmd)
{
	puts(__func__);
	return 0;
}
static int monitor(void)
{
	puts(__func__);
	return 0;
}

static int do_command(int argc, char **argv)
{
	if (argc < 1)
		return 2;
	if (strcmp(*argv, "endpoint") == 0) {
		ARRAY_END(argc, argv);
		if (argc < 1)
			return addr_show(0, NULL);
		if (strcmp(*argv, "add") == 0)
			return addr_add(argc - 1, argv + 1, 1);
		if (strcmp(*argv, "change") == 0)
			return addr_add(argc - 1, argv + 1, 2);
		if (strcmp(*argv, "show") == 0)
			return addr_show(argc - 1, argv + 1);
		if (strcmp(*argv, "flush") == 0)
			return addr_flush(argc - 1, argv + 1);
		goto unknown;
	}
	if (strcmp(*argv, "limits") == 0) {
		ARRAY_END(argc, argv);
		if (argc < 1)
			return limits(0, NULL, 3);
		if (strcmp(*argv, "set") == 0)
			return limits(argc - 1, argv + 1, 4);
		if (strcmp(*argv, "show") == 0)
			return limits(argc - 1, argv + 1, 3);
	}
	if (argc > 0 && strcmp(*argv, "monitor") == 0)
		return monitor();
unknown:
	fprintf(stderr, "Command \"%s\" is unknown.\n", argc > 0 ? *argv : "");
	return 255;
}

int main(int argc, char **argv)
{
	return do_command(argc - 1, argv + 1);
}
