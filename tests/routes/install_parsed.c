/* Elements are installed one by one; the text of each is parted into words when that
 * happens, and what users type is compared with these. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum node {
	VIEW_NODE,
	ENABLE_NODE,
	NODES
};

struct token {
	char *text;
	struct token *children, *next;
	const struct cmd_element *element;
};

struct cmd_element {
	const char *string;
	int (*func)(const struct cmd_element *self, int argc, struct token *argv[]);
	const char *doc;
};

#define DEFUN(funcname, cmdname, cmdstr, helpstr)                               \
	static int funcname(const struct cmd_element *, int, struct token *[]); \
	static struct cmd_element cmdname = {                                   \
		.string = cmdstr, .func = funcname, .doc = helpstr};            \
	static int funcname(const struct cmd_element *self, int argc,           \
		struct token *argv[])

static struct token roots[NODES];

static struct token *child_of(struct token *token, const char *text)
{
	struct token *child;

	for (child = token->children; child; child = child->next)
		if (!strcmp(child->text, text))
			return child;
	child = calloc(1, sizeof(*child));
	if (!child)
		abort();
	child->text = strdup(text);
	child->next = token->children;
	token->children = child;
	return child;
}

static void install_element(enum node node, const struct cmd_element *cmd)
{
	char *copy = strdup(cmd->string), *save = NULL;
	struct token *at = &roots[node];

	for (char *word = strtok_r(copy, " ", &save); word;
		word = strtok_r(NULL, " ", &save))
		at = child_of(at, word);
	at->element = cmd;
	free(copy);
}

static int matches(const struct token *token, const char *word)
{
	if (token->text[0] == '<')
		return word[0] >= '0' && word[0] <= '9';
	return !strcmp(token->text, word);
}

static int execute(int argc, char **argv)
{
	struct token *at = &roots[ENABLE_NODE];

	for (int i = 0; i < argc && at; i++) {
		struct token *child = at->children;

		while (child && !matches(child, argv[i]))
			child = child->next;
		at = child;
	}
	return at && at->element ? at->element->func(at->element, 0, NULL) : 1;
}

DEFUN(show_version, show_version_cmd, "show version", "Show\nThe version\n")
{
	puts(__func__);
	return 0;
}

DEFUN(show_memory, show_memory_cmd, "show memory detail", "Show\nMemory\nAll of it\n")
{
	puts(__func__);
	return 0;
}

DEFUN(clear_counters, clear_counters_cmd, "clear counters", "Clear\nCounters\n")
{
	puts(__func__);
	return 0;
}

DEFUN(terminal_length, terminal_length_cmd, "terminal length <0-512>",
	"Terminal\nLength\n")
{
	puts(__func__);
	return 0;
}

DEFUN(leave, leave_cmd, "exit", "Leave\n")
{
	puts(__func__);
	return 0;
}

int main(int argc, char **argv)
{
	install_element(ENABLE_NODE, &show_version_cmd);
	install_element(ENABLE_NODE, &show_memory_cmd);
	install_element(ENABLE_NODE, &clear_counters_cmd);
	install_element(ENABLE_NODE, &terminal_length_cmd);
	install_element(ENABLE_NODE, &leave_cmd);
	return execute(argc - 1, argv + 1);
}
