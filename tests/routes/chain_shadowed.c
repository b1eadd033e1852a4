/* A word that an earlier comparison takes never comes to a later one. */
#include <stdio.h>
#include <string.h>

static int show_all(void)
{
	return puts(__func__) < 0;
}
static int show_old(void)
{
	return puts(__func__) < 0;
}
static int set_value(void)
{
	return puts(__func__) < 0;
}
static int reset(void)
{
	return puts(__func__) < 0;
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	if (strcmp(argv[1], "show") == 0)
		return show_all();
	if (strcmp(argv[1], "set") == 0)
		return set_value();
	if (strcmp(argv[1], "show") == 0 || strcmp(argv[1], "display") == 0)
		return show_old();
	if (strcmp(argv[1], "reset") == 0)
		return reset();
	if (strcmp(argv[1], "set") == 0)
		return reset();
	return 1;
}
