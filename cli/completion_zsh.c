#include "cli/completion.h"

#include "cli/command.h"
#include "core/finding.h"

/* Text inside single quotes and the brackets of an _arguments specification. */
static void print_quoted(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", out);
		else if (*text == '[' || *text == ']' || *text == '\\')
			fprintf(out, "\\%c", *text);
		else
			fputc(*text, out);
	}
}

static void print_value(FILE *out, const struct option *option)
{
	fprintf(out, ":%s:", option->arg ? option->arg : "value");
	if (option->choices) {
		for (size_t i = 0; option->choices[i]; i++)
			fprintf(out, "%s%s", i ? " " : "(", option->choices[i]);
		fputc(')', out);
		return;
	}
	switch (option->kind) {
	case OPTION_FILE:
	case OPTION_FILES:
		fputs("_files", out);
		return;
	case OPTION_DIR:
		fputs("_files -/", out);
		return;
	case OPTION_FUNCTIONS:
		fputs("_pcarch_function_names", out);
		return;
	case OPTION_MODULES:
		fputs("_pcarch_module_names", out);
		return;
	case OPTION_CHOICE:
	case OPTION_FLAG:
	case OPTION_STRING:
	case OPTION_STRINGS:
	case OPTION_NUMBER:
		break;
	}
	fputc(' ', out);
}

static void print_option(FILE *out, const struct option *option)
{
	bool is_flag = option->kind == OPTION_FLAG;

	fputs(" \\\n\t\t\t", out);
	if (option->short_name)
		fprintf(out, "'(-%c --%s)'{-%c%s,--%s%s}'[", option->short_name,
			option->name, option->short_name, is_flag ? "" : "+",
			option->name, is_flag ? "" : "=");
	else
		fprintf(out, "'%s--%s%s[", option_may_repeat(option) ? "*" : "",
			option->name, is_flag ? "" : "=");
	print_quoted(out, option->help);
	fputc(']', out);
	if (!is_flag)
		print_value(out, option);
	fputc('\'', out);
}

static void print_options(FILE *out, const struct command *command)
{
	const struct option *option;

	for (size_t i = 0; (option = option_at(command, i)); i++)
		print_option(out, option);
}

static void print_operands(FILE *out, const struct command *command)
{
	static const char *const actions[] = {
		[OPERAND_FILE] = "*:file:_files",
		[OPERAND_JSON] = "*:file:_files -g \"*.json\"",
		[OPERAND_DIR] = "*:directory:_files -/",
		[OPERAND_COMMAND] = "1:command:_pcarch_commands",
		[OPERAND_FINDING] = "*:finding:_pcarch_findings",
		[OPERAND_FUNCTION] = "*:function:_pcarch_functions",
		[OPERAND_PROGRAM] = "*::program:_normal",
		[OPERAND_NONE] = "",
	};

	for (size_t i = 0; command->words && command->words[i]; i++)
		fprintf(out, "%s%s", i ? " " : " \\\n\t\t\t'1:what:(", command->words[i]);
	if (command->words)
		fputs(")'", out);
	if (*actions[command->operand])
		fprintf(out, " \\\n\t\t\t'%s'", actions[command->operand]);
}

/* The list NAME:DESCRIPTION… for _describe, as the function _pcarch_WHAT. */
static void print_description(FILE *out, const char *name, const char *summary)
{
	fprintf(out, "\t\t'%s:", name);
	print_quoted(out, summary);
	fputs("'\n", out);
}

static void print_lists(FILE *out)
{
	fputs("_pcarch_commands() {\n\tlocal -a names=(\n", out);
	for (size_t i = 0; commands[i]; i++)
		print_description(out, commands[i]->name, commands[i]->summary);
	fputs("\t)\n\t_describe command names\n}\n\n"
	      "_pcarch_findings() {\n\tlocal -a names=(\n",
		out);
	for (size_t i = 0; i < FINDING_COUNT; i++)
		print_description(out, finding_kinds[i].id, finding_kinds[i].summary);
	fputs("\t)\n\t_describe finding names\n}\n\n", out);
	fputs("_pcarch_functions() {\n"
	      "\tlocal file=${opt_args[-f]:-$opt_args[--file]}\n"
	      "\tlocal -a names=(${(f)\"$(command pcarch show complete "
	      "${file:+-f} ${file:+${(Q)file}} -- \"${(@)line[1,-2]}\" \"$PREFIX\" 2> /dev/null)\"})\n"
	      "\tcompadd -a names\n}\n\n",
		out);
	fputs("# QUESTION: what its operand may be\n"
	      "_pcarch_names() {\n"
	      "\tlocal -a names=(${(f)\"$(command pcarch show complete -- "
	      "\"$1\" \"$PREFIX\" 2> /dev/null)\"})\n"
	      "\tcompadd -a names\n}\n"
	      "_pcarch_function_names() { _pcarch_names ''; }\n"
	      "_pcarch_module_names() { _pcarch_names module; }\n\n",
		out);
}

void completion_zsh(FILE *out)
{
	fputs("#compdef pcarch\n# pcarch completion for zsh; made by: pcarch completion zsh\n\n",
		out);
	print_lists(out);
	fputs("_pcarch() {\n"
	      "\tlocal curcontext=$curcontext state line ret=1\n"
	      "\ttypeset -A opt_args\n"
	      "\n"
	      "\t_arguments -C -s",
		out);
	print_options(out, &program);
	fputs(" \\\n\t\t\t'1:command:_pcarch_commands' '*::argument:->argument' && ret=0\n"
	      "\t[[ $state == argument ]] || return ret\n"
	      "\tcase $words[1] in\n",
		out);
	for (size_t i = 0; commands[i]; i++) {
		fprintf(out, "\t%s)\n\t\t_arguments -s", commands[i]->name);
		print_options(out, commands[i]);
		print_operands(out, commands[i]);
		fputs(" && ret=0\n\t\t;;\n", out);
	}
	/* In fpath, the file is the function's body; sourced, it announces itself. */
	fputs("\tesac\n\treturn ret\n}\n\n"
	      "if [[ $funcstack[1] == _pcarch ]]; then\n"
	      "\t_pcarch \"$@\"\n"
	      "else\n"
	      "\tcompdef _pcarch pcarch\n"
	      "fi\n",
		out);
}
