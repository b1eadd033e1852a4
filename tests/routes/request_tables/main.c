#include "ss.h"
#include <stdio.h>

extern request_table debug_cmds;

static const char *const standard_names[] = {"list_requests", "lr", "?", NULL};
static request_entry standard_rows[] = {
	{standard_names, ss_standard, "List available requests.", 0}, {0}};
static request_table standard = {2, standard_rows};

void ss_standard(int argc, const char *const argv[], int index, void *info)
{
	puts(__func__);
}

void do_show_params(int argc, const char *const argv[], int index, void *info);
void do_open_store(int argc, const char *const argv[], int index, void *info);
void do_chdir(int argc, const char *const argv[], int index, void *info);

void do_show_params(int argc, const char *const argv[], int index, void *info)
{
	puts(__func__);
}
void do_open_store(int argc, const char *const argv[], int index, void *info)
{
	puts(__func__);
}
void do_chdir(int argc, const char *const argv[], int index, void *info)
{
	puts(__func__);
}

int main(void)
{
	int index = ss_create_invocation("debug", &debug_cmds);
	char line[256];

	ss_add_request_table(index, &standard);
	while (fgets(line, sizeof(line), stdin))
		if (ss_execute_line(index, line))
			printf("Unknown request\n");
	return 0;
}
