#include "cmd.h"
#include <stdio.h>

static int handle_scan(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
TOPLEVEL(scan, "[-u] [freq <freq>*]", handle_scan, "Scan and print results.");

static int handle_scan_dump(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
COMMAND(scan, dump, "[-u]", handle_scan_dump, "Dump the current scan results.");

static int handle_scan_abort(int argc, char **argv)
{
	puts(__func__);
	return 0;
}
COMMAND(scan, abort, "", handle_scan_abort, "Abort ongoing scan");
