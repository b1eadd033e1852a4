/* Negative: names of errors and of signals, one way and the other, with functions beside
 * some of them. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void on_child(int n)
{
}
static void on_hangup(int n)
{
}

static const struct {
	int number;
	const char *name;
	void (*action)(int);
} signals[] = {
	{SIGHUP, "HUP", on_hangup},
	{SIGCHLD, "CHLD", on_child},
	{SIGTERM, "TERM", SIG_DFL},
};

static const struct {
	int code;
	const char *name, *text;
} errors[] = {
	{EINVAL, "EINVAL", "not valid"},
	{ENOENT, "ENOENT", "not there"},
};

static int signal_number(const char *name)
{
	if (!strncmp(name, "SIG", 3))
		name += 3;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (!strcasecmp(signals[i].name, name))
			return signals[i].number;
	return atoi(name);
}

int main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		signal(signals[i].number, signals[i].action);
	for (int i = 1; i < argc; i++) {
		for (size_t k = 0; k < sizeof(errors) / sizeof(errors[0]); k++)
			if (!strcmp(errors[k].name, argv[i]))
				printf("%d: %s\n", errors[k].code, errors[k].text);
		printf("%d\n", signal_number(argv[i]));
	}
	return 0;
}
