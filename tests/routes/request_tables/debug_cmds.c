/* debug_cmds.c - automatically generated from debug_cmds.ct */
#include "ss.h"

static char const *const ssu00001[] = {"show_params", "params", (char const *)0};
extern void do_show_params(int, const char *const *, int, void *);
static char const *const ssu00002[] = {"open_store", "open", (char const *)0};
extern void do_open_store(int, const char *const *, int, void *);
static char const *const ssu00003[] = {"cd", (char const *)0};
extern void do_chdir(int, const char *const *, int, void *);
static request_entry ssu00004[] = {
	{ssu00001, do_show_params, "Show parameters", 0},
	{ssu00002, do_open_store, "Open a store", 0},
	{ssu00003, do_chdir, "Change directory", 0},
	{0, 0, 0, 0},
};

request_table debug_cmds = {2, ssu00004};
