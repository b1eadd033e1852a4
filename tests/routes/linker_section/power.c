#include "cmd.h"
#include <stdio.h>

SECTION(power);

static int get_power(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
COMMAND(power, get, "", get_power, "Get power save state.");

static int set_power(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
COMMAND(power, set, "<on|off>", set_power, "Set power save state.");
