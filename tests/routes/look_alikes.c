/* Six tables of names and functions, of which one is a table of commands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*step)(void);

static int start_log(void)
{
	return 0;
}
static int start_net(void)
{
	return 0;
}
static int on_timeout(void)
{
	return 1;
}
static int on_close(void)
{
	return 1;
}
static int cmd_show(void)
{
	return puts(__func__) < 0;
}
static int cmd_stop(void)
{
	return puts(__func__) < 0;
}
static int check_tables(void)
{
	return 0;
}
static int draw_gauge(void)
{
	return 0;
}
static int metric_uptime(void)
{
	return 17;
}
static int metric_load(void)
{
	return 2;
}

struct named {
	const char *name;
	step fn;
};

/* All of them run, in this order. */
static const struct named stages[] = {{"log", start_log}, {"net", start_net}};
/* Found by number. */
static const struct named events[] = {{"timeout", on_timeout}, {"close", on_close}};
/* Found by what the user says. */
static const struct named commands[] = {{"show", cmd_show}, {"stop", cmd_stop}};
/* Found by names that the program itself uses. */
static const struct named widgets[] = {{"gauge", draw_gauge}, {"show", check_tables}};
/* Printed. */
static const struct named metrics[] = {{"uptime", metric_uptime}, {"load", metric_load}};
/* Used by nobody. */
const struct named tests[] = {{"tables", check_tables}};

static step widget(const char *name)
{
	for (int i = 0; i < 2; i++)
		if (!strcmp(widgets[i].name, name))
			return widgets[i].fn;
	return NULL;
}

static int run(const char *word)
{
	for (int i = 0; i < 2; i++)
		if (!strcmp(commands[i].name, word))
			return commands[i].fn();
	return events[rand() % 2].fn();
}

int main(int argc, char **argv)
{
	for (int i = 0; i < 2; i++)
		if (stages[i].fn())
			fprintf(stderr, "%s failed\n", stages[i].name);
	if (widget("gauge")() == 0)
		for (int i = 0; i < 2; i++)
			fprintf(stderr, "%s=%d\n", metrics[i].name, metrics[i].fn());
	return argc > 1 ? run(argv[1]) : 2;
}
