/* A macro makes each branch, from a word or from a name that makes the word and the
 * handler. */
#include <stdio.h>
#include <string.h>

#define COMMAND(word)                 \
	}                             \
	else if (!strcmp(cmd, #word)) \
	{                             \
		handle_##word(args)
#define ALSO(text, function)          \
	if (strcmp(cmd, text) == 0) { \
		function(args);       \
		return 0;             \
	}

static void handle_attach(char **args)
{
	puts(__func__);
}
static void handle_detach(char **args)
{
	puts(__func__);
}
static void handle_rename(char **args)
{
	puts(__func__);
}
static void handle_move(char **args)
{
	puts(__func__);
}

static int run(const char *cmd, char **args)
{
	/* clang-format off */
	if (!*cmd) {
		return 1;
	COMMAND(attach);
	COMMAND(detach);
	COMMAND(rename);
	} else {
		ALSO("mv", handle_move)
		ALSO("move-to", handle_move)
		return 1;
	}
	/* clang-format on */
	return 0;
}

int main(int argc, char **argv)
{
	return argc > 1 ? run(argv[1], argv + 2) : 2;
}
