#include "cli/completion.h"

#include "cli/command.h"
#include "core/finding.h"

static void print_quoted(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

/* What a line of the script begins with: it is valid while `name` is the command. */
static void print_condition(FILE *out, const char *name)
{
	fprintf(out, "complete -c pcarch -n '__pcarch_command_is \"%s\"'", name);
}

static void print_words(FILE *out, const char *const *words)
{
	for (size_t i = 0; words[i]; i++)
		fprintf(out, "%s%s", i ? " " : " -a '", words[i]);
	fputc('\'', out);
}

static void print_option(FILE *out, const struct option *option)
{
	if (option->short_name)
		fprintf(out, " -s %c", option->short_name);
	fprintf(out, " -l %s", option->name);
	if (option->kind == OPTION_FILE || option->kind == OPTION_FILES)
		fputs(" -r -F", out);
	else if (option->kind != OPTION_FLAG)
		fputs(" -x", out);
	if (option->kind == OPTION_DIR)
		fputs(" -a '(__fish_complete_directories)'", out);
	if (option->choices)
		print_words(out, option->choices);
	if (option->kind == OPTION_FUNCTIONS)
		fputs(" -a '(__pcarch_names \"\")'", out);
	if (option->kind == OPTION_MODULES)
		fputs(" -a '(__pcarch_names module)'", out);
	fputs(" -d ", out);
	print_quoted(out, option->help);
	fputc('\n', out);
}

static void print_options(FILE *out, const struct command *command, const char *name)
{
	const struct option *option;

	for (size_t i = 0; (option = option_at(command, i)); i++) {
		print_condition(out, name);
		print_option(out, option);
	}
}

/* The command's name, and those of its options that take a value. */
static void print_values(FILE *out, const struct command *command)
{
	const struct option *option;

	fputs(command->name, out);
	for (size_t i = 0; (option = option_at(command, i)); i++) {
		if (option->kind == OPTION_FLAG)
			continue;
		fprintf(out, " --%s", option->name);
		if (option->short_name)
			fprintf(out, " -%c", option->short_name);
	}
}

/* The test that the first operand is what is completed. */
static void print_first(FILE *out, const struct command *command)
{
	fputs("__pcarch_wants_first ", out);
	print_values(out, command);
}

static void print_candidate(FILE *out, const char *condition, const char *word,
	const char *summary)
{
	print_condition(out, condition);
	fprintf(out, " -a %s -d ", word);
	print_quoted(out, summary);
	fputc('\n', out);
}

static void print_operands(FILE *out, const struct command *command)
{
	/* It lists the other files, too, after these. */
	static const char json[] = " -k -a '(__fish_complete_suffix .json |"
				   " string match -er \"(/|[.]json)(\\t|\\$)\")'";
	static const char *const actions[] = {
		[OPERAND_FILE] = " -F",
		[OPERAND_JSON] = json,
		[OPERAND_DIR] = " -a '(__fish_complete_directories)'",
		[OPERAND_FUNCTION] = " -a '(__pcarch_functions ",
		[OPERAND_PROGRAM] = " -a '(__fish_complete_subcommand --fcs-skip=2)'",
		[OPERAND_NONE] = NULL,
	};

	if (command->words) {
		fputs("complete -c pcarch -n '", out);
		print_first(out, command);
		fputc('\'', out);
		print_words(out, command->words);
		fputc('\n', out);
	}
	if (command->operand == OPERAND_COMMAND) {
		for (size_t i = 0; commands[i]; i++)
			print_candidate(out, command->name, commands[i]->name,
				commands[i]->summary);
	} else if (command->operand == OPERAND_FINDING) {
		for (size_t i = 0; i < FINDING_COUNT; i++)
			print_candidate(out, command->name, finding_kinds[i].id,
				finding_kinds[i].name);
	} else if (actions[command->operand]) {
		fprintf(out, "complete -c pcarch -n '__pcarch_command_is %s",
			command->name);
		if (command->words)
			fputs("; and not ", out);
		if (command->words)
			print_first(out, command);
		fprintf(out, "'%s", actions[command->operand]);
		if (command->operand == OPERAND_FUNCTION) {
			print_values(out, command);
			fputs(")'", out);
		}
		fputc('\n', out);
	}
}

static const char head[] =
	"# pcarch completion for fish; made by: pcarch completion fish\n"
	"\n"
	"function __pcarch_command_is # NAME; \"\": no command yet\n"
	"    set -l words (commandline -opc)\n"
	"    set -e words[1]\n"
	"    while set -q words[1]\n"
	"        switch $words[1]\n"
	"            case --color\n"
	"                set -e words[1]\n"
	"            case '-*'\n"
	"            case '*'\n"
	"                test \"$words[1]\" = \"$argv[1]\"\n"
	"                return\n"
	"        end\n"
	"        set -e words[1]\n"
	"    end\n"
	"    test -z \"$argv[1]\"\n"
	"end\n"
	"\n"
	"function __pcarch_wants_first # NAME OPTION...: OPTIONs take a value\n"
	"    __pcarch_command_is $argv[1]\n"
	"    or return\n"
	"    set -l words (commandline -opc)\n"
	"    set -l noperands -2 # pcarch and NAME are none\n"
	"    while set -q words[1]\n"
	"        if contains -- $words[1] $argv[2..]\n"
	"            set -e words[1..2]\n"
	"            continue\n"
	"        end\n"
	"        string match -q -- '-?*' $words[1]\n"
	"        or set noperands (math $noperands + 1)\n"
	"        set -e words[1]\n"
	"    end\n"
	"    test $noperands -eq 0\n"
	"end\n"
	"\n"
	"function __pcarch_functions # NAME OPTION...: OPTIONs take a value\n"
	"    set -l words (commandline -opc)\n"
	"    set -l program $words[1]\n"
	"    set -l operands\n"
	"    set -l file\n"
	"    while set -q words[1]\n"
	"        if contains -- $words[1] $argv[2..]\n"
	"            contains -- $words[1] -f --file\n"
	"            and set file -f $words[2]\n"
	"            set -e words[1..2]\n"
	"            continue\n"
	"        end\n"
	"        if string match -q -- '--file=*' $words[1]\n"
	"            set file $words[1]\n"
	"        else if not string match -q -- '-?*' $words[1]\n"
	"            set -a operands $words[1]\n"
	"        end\n"
	"        set -e words[1]\n"
	"    end\n"
	"    $program show complete $file -- $operands[3..] (commandline -ct) 2>/dev/null\n"
	"end\n"
	"\n"
	"function __pcarch_names # QUESTION: what its operand may be\n"
	"    set -l words (commandline -opc)\n"
	"    set -l word (string replace -r -- '^--[a-z-]+=' '' (commandline -ct))\n"
	"    $words[1] show complete -- \"$argv[1]\" \"$word\" 2>/dev/null\n"
	"end\n"
	"\n"
	"complete -c pcarch -f\n";

void completion_fish(FILE *out)
{
	fputs(head, out);
	print_options(out, &program, "");
	for (size_t i = 0; commands[i]; i++)
		print_candidate(out, "", commands[i]->name, commands[i]->summary);
	for (size_t i = 0; commands[i]; i++) {
		print_options(out, commands[i], commands[i]->name);
		print_operands(out, commands[i]);
	}
}
