/* The value of an option is a format, whose fields are looked up in a table of names and
 * parsers: no words of a command. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct atom;
typedef int (*atom_parser)(struct atom *atom, const char *argument);

struct atom {
	const char *name;
	int width;
	atom_parser parser;
};

static int refname_parser(struct atom *atom, const char *argument)
{
	atom->width = argument ? atoi(argument) : 0;
	return 0;
}
static int color_parser(struct atom *atom, const char *argument)
{
	return argument == NULL;
}

static const struct {
	const char *name;
	atom_parser parser;
} valid_atoms[] = {
	{"refname", refname_parser}, {"color", color_parser}, {"objecttype", NULL}};

static int parse_atom(const char *text, size_t length)
{
	struct atom atom = {0};

	for (size_t i = 0; i < sizeof(valid_atoms) / sizeof(valid_atoms[0]); i++) {
		size_t n = strlen(valid_atoms[i].name);

		if (n > length || memcmp(valid_atoms[i].name, text, n) ||
			(text[n] != ':' && text[n] != ')'))
			continue;
		atom.name = valid_atoms[i].name;
		atom.parser = valid_atoms[i].parser;
		return atom.parser
			       ? atom.parser(&atom, text[n] == ':' ? text + n + 1 : NULL)
			       : 0;
	}
	return -1;
}

static int verify_format(const char *format)
{
	const char *cp = format, *end;

	while ((cp = strstr(cp, "%("))) {
		end = strchr(cp, ')');
		if (!end || parse_atom(cp + 2, end - cp - 2) < 0)
			return -1;
		cp = end + 1;
	}
	return 0;
}

static const char *format_of(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strncmp(argv[i], "--format=", 9))
			return argv[i] + 9;
	return "%(refname)";
}

static int cmd_branch(int argc, char **argv)
{
	puts(__func__);
	return verify_format(format_of(argc, argv));
}
static int cmd_tag(int argc, char **argv)
{
	puts(__func__);
	return verify_format(format_of(argc, argv));
}

static const struct {
	const char *cmd;
	int (*fn)(int argc, char **argv);
} commands[] = {{"branch", cmd_branch}, {"tag", cmd_tag}};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(argv[1], commands[i].cmd))
			return !!commands[i].fn(argc - 1, argv + 1);
	return 1;
}
