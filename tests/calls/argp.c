/* GNU's argp: a parser in a struct of the library, handed over by address, that sets what main calls. */
#include <argp.h>

static int (*command)(int);

static int list(int x)
{
	return x + 1;
}

static int show(int x)
{
	return x + 2;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
	(void)argument, (void)state;
	switch (key) {
	case 'l':
		command = list;
		return 0;
	case 's':
		command = show;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

int main(void)
{
	static const struct argp_option options[] = {{"list", 'l', 0, 0, "List", 0}, {"show", 's', 0, 0, "Show", 0}, {0}};
	static const struct argp argp = {options, parse_option, 0, 0, 0, 0, 0};
	char *arguments[] = {(char *)"program", (char *)"--list", 0};

	if (argp_parse(&argp, 2, arguments, 0, 0, 0)) /* -> argp_parse, parse_option; sound */
		return 1;
	return command(0) == 1 ? 0 : 1; /* -> list, show (not run); closed */
}
