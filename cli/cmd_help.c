#include "cli/command.h"

#include "cli/paragraph.h"
#include "cli/terminal.h"

#include <string.h>

/* How --help groups the commands; one that stands in no group is listed at the end. */
static const struct {
	const char *title;
	const char *names[6];
} groups[] = {
	{"Read a program:", {"build", "scan", "show", "export"}},
	{"See it run:", {"trace", "traffic", "recover", "merge", "diff"}},
	{"Follow what programs tell:",
		{"log", "timeline", "explain-guid", "report", "guid"}},
	{"Spread a scan over many machines:", {"extract", "link"}},
	{"When something is wrong:", {"doctor", "explain", "validate"}},
	{"Get help:", {"help", "completion"}},
};

enum {
	NGROUPS = sizeof(groups) / sizeof(groups[0])
};

static bool is_in_group(const char *name, size_t group)
{
	for (size_t i = 0; groups[group].names[i]; i++)
		if (strcmp(groups[group].names[i], name) == 0)
			return true;
	return false;
}

static size_t group_of(const struct command *command)
{
	size_t group = 0;

	while (group < NGROUPS && !is_in_group(command->name, group))
		group++;
	return group;
}

static void print_group(FILE *out, const char *title, size_t group)
{
	bool has_title = false;

	for (size_t i = 0; commands[i]; i++) {
		if (group_of(commands[i]) != group)
			continue;
		if (!has_title)
			fprintf(out, "\n%s%s%s\n", style_on(out, STYLE_BOLD), title,
				style_off(out));
		has_title = true;
		fprintf(out, "  %s%-13s%s", style_on(out, STYLE_NAME), commands[i]->name,
			style_off(out));
		paragraph_print(out, commands[i]->summary, 15, 16);
	}
}

void program_help(FILE *out)
{
	const char *bold = style_on(out, STYLE_BOLD), *off = style_off(out);

	fprintf(out,
		"%spcarch%s: how commands and calls really flow through a C program\n",
		bold, off);
	fprintf(out, "\n%sUsage:%s\n  pcarch [--color=WHEN] COMMAND [ARGUMENT...]\n",
		bold, off);
	for (size_t i = 0; i < NGROUPS; i++)
		print_group(out, groups[i].title, i);
	print_group(out, "More:", NGROUPS);
	fprintf(out, "\n%sOptions:%s\n", bold, off);
	fputs("      --color=WHEN  colour the output: auto, always or never\n"
	      "      --version     print the version\n"
	      "  -h, --help        show this help; after a command, the help of that command\n",
		out);
	fprintf(out, "\n%sStart here:%s in a directory with compile_commands.json\n",
		bold, off);
	fputs("  pcarch scan                     writes static.json, the call graph\n"
	      "  pcarch show callers main        asks it a question\n"
	      "\n"
	      "Without the file, cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON makes it, or\n"
	      "  make clean; pcarch build -- make\n"
	      "\n"
	      "When something is missing, 'pcarch doctor' says what.\n",
		out);
}

extern const struct command cmd_help;

static int help_main(int argc, char **argv)
{
	const struct command *command;
	const char *nearest;
	int code = options_parse(&cmd_help, &argc, &argv);

	if (code >= 0)
		return code;
	if (argc > 1)
		return usage_error("help", "one command at a time, not also '%s'",
			argv[1]);
	if (!argc) {
		program_help(stdout);
		return EXIT_CLEAN;
	}
	command = command_find(argv[0]);
	if (command) {
		options_help(command);
		return EXIT_CLEAN;
	}
	nearest = command_nearest(argv[0]);
	if (nearest)
		return usage_error("help", "unknown command '%s'; did you mean '%s'?",
			argv[0], nearest);
	return usage_error("help", "unknown command '%s'; 'pcarch help' lists them",
		argv[0]);
}

const struct command cmd_help = {
	.name = "help",
	.args = "[COMMAND]",
	.summary = "show what a command does, its options and examples",
	.description =
		"The same as 'pcarch COMMAND --help'. Without a command, the list of them. "
		"The manual pages say more: man pcarch-scan.",
	.examples = "  pcarch help scan",
	.run = help_main,
	.operand = OPERAND_COMMAND,
};
