#include "cli/completion.h"

#include "cli/command.h"
#include "core/finding.h"

#include <string.h>

/* What an option's value completes to: the arguments of _pcarch_reply. */
static void print_value(FILE *out, const struct option *option)
{
	if (option->choices) {
		fputs("words '", out);
		for (size_t i = 0; option->choices[i]; i++)
			fprintf(out, "%s%s", i ? " " : "", option->choices[i]);
		fputc('\'', out);
		return;
	}
	switch (option->kind) {
	case OPTION_FILE:
	case OPTION_FILES:
		fputs("file", out);
		return;
	case OPTION_DIR:
		fputs("dir", out);
		return;
	case OPTION_FUNCTIONS:
		fputs("names ''", out);
		return;
	case OPTION_MODULES:
		fputs("names module", out);
		return;
	case OPTION_CHOICE:
	case OPTION_FLAG:
	case OPTION_STRING:
	case OPTION_STRINGS:
	case OPTION_NUMBER:
		break;
	}
	fputs("none", out);
}

static void print_values(FILE *out, const struct command *command, const char *name)
{
	const struct option *option;

	for (size_t i = 0; (option = option_at(command, i)); i++) {
		if (option->kind == OPTION_FLAG)
			continue;
		fprintf(out, "\t%s:--%s", name, option->name);
		if (option->short_name)
			fprintf(out, " | %s:-%c", name, option->short_name);
		fputs(") value=(", out);
		print_value(out, option);
		fputs(") ;;\n", out);
	}
}

static void print_option_names(FILE *out, const struct command *command)
{
	const struct option *option;

	fputs("options='", out);
	for (size_t i = 0; (option = option_at(command, i)); i++) {
		const char *equals = option->kind == OPTION_FLAG ? "" : "=";

		fprintf(out, "%s--%s%s", i ? " " : "", option->name, equals);
		if (option->short_name)
			fprintf(out, " -%c", option->short_name);
	}
	fputc('\'', out);
}

static void print_command_names(FILE *out)
{
	for (size_t i = 0; commands[i]; i++)
		fprintf(out, "%s%s", i ? " " : "", commands[i]->name);
}

static void print_operand(FILE *out, const struct command *command)
{
	static const char *const kinds[] = {
		[OPERAND_FILE] = "file",
		[OPERAND_JSON] = "json",
		[OPERAND_DIR] = "dir",
		[OPERAND_FUNCTION] = "function",
		[OPERAND_PROGRAM] = "program",
		[OPERAND_NONE] = "none",
	};

	if (command->operand == OPERAND_COMMAND) {
		fputs("words '", out);
		print_command_names(out);
		fputc('\'', out);
	} else if (command->operand == OPERAND_FINDING) {
		fputs("words '", out);
		for (size_t i = 0; i < FINDING_COUNT; i++)
			fprintf(out, "%s%s", i ? " " : "", finding_kinds[i].id);
		fputc('\'', out);
	} else {
		fputs(kinds[command->operand], out);
	}
}

static void print_command(FILE *out, const struct command *command)
{
	fprintf(out, "\t%s)\n\t\t", command->name);
	print_option_names(out, command);
	fputs("\n\t\toperand=(", out);
	print_operand(out, command);
	fputs(")\n", out);
	for (size_t i = 0; command->words && command->words[i]; i++)
		fprintf(out, "%s%s", i ? " " : "\t\tfirst='", command->words[i]);
	if (command->words)
		fputs("'\n", out);
	fputs("\t\t;;\n", out);
}

static const char reply[] =
	"# pcarch completion for bash; made by: pcarch completion bash\n"
	"\n"
	"# KIND [WORDS]: what the word `cur` may become\n"
	"_pcarch_reply()\n"
	"{\n"
	"\tcase $1 in\n"
	"\tfile | dir | json) compopt -o filenames 2> /dev/null ;;\n"
	"\tesac\n"
	"\tcase $1 in\n"
	"\tfile) mapfile -t COMPREPLY < <(compgen -f -- \"$cur\") ;;\n"
	"\tdir) mapfile -t COMPREPLY < <(compgen -d -- \"$cur\") ;;\n"
	"\tjson) mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"\n"
	"\t\tcompgen -f -X '!*.json' -- \"$cur\") ;;\n"
	"\tprogram) mapfile -t COMPREPLY < <(compgen -c -- \"$cur\") ;;\n"
	"\tfunction) _pcarch_reply names \"${operands[@]}\" ;;\n"
	"\tnames) mapfile -t COMPREPLY < <(\"${COMP_WORDS[0]}\" show complete \\\n"
	"\t\t${file:+-f \"$file\"} -- \"${@:2}\" \"$cur\" 2> /dev/null) ;;\n"
	"\twords) mapfile -t COMPREPLY < <(compgen -W \"$2\" -- \"$cur\") ;;\n"
	"\tesac\n"
	"\tif [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then\n"
	"\t\tcompopt -o nospace 2> /dev/null\n"
	"\tfi\n"
	"}\n"
	"\n";

static const char complete[] =
	"# Bash takes the = in --name=value as a word of its own.\n"
	"_pcarch()\n"
	"{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} command= option= dashes= word i\n"
	"\tlocal options= first= file= nwords=0\n"
	"\tlocal -a operand=() operands=() value=()\n"
	"\n"
	"\tCOMPREPLY=()\n"
	"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	"\t\tword=${COMP_WORDS[i]}\n"
	"\t\tif [[ $word == = && $option ]]; then\n"
	"\t\t\tcontinue\n"
	"\t\telif [[ $option ]]; then\n"
	"\t\t\tif [[ $option == -f || $option == --file ]]; then file=$word; fi\n"
	"\t\t\toption=\n"
	"\t\telif [[ $dashes || $word != -?* ]]; then\n"
	"\t\t\tif [[ $command ]]; then operands+=(\"$word\"); fi\n"
	"\t\t\tif [[ $command ]]; then nwords=$((nwords + 1)); else command=$word; fi\n"
	"\t\telif [[ $word == -- ]]; then\n"
	"\t\t\tdashes=1 nwords=0\n"
	"\t\telse\n"
	"\t\t\t_pcarch_value \"$command:$word\"\n"
	"\t\t\tif [[ ${#value[@]} -gt 0 ]]; then option=$word; fi\n"
	"\t\tfi\n"
	"\tdone\n"
	"\t_pcarch_command \"$command\"\n"
	"\tif [[ $option ]]; then\n"
	"\t\tif [[ $cur == = ]]; then cur=; fi\n"
	"\t\t_pcarch_value \"$command:$option\"\n"
	"\t\t_pcarch_reply \"${value[@]}\"\n"
	"\telif [[ ! $dashes && $cur == -* ]]; then\n"
	"\t\t_pcarch_reply words \"$options\"\n"
	"\telif [[ $first && $nwords -eq 0 ]]; then\n"
	"\t\t_pcarch_reply words \"$first\"\n"
	"\telif [[ ${operand[0]} == program && $nwords -gt 0 ]]; then\n"
	"\t\t_pcarch_reply file\n"
	"\telse\n"
	"\t\t_pcarch_reply \"${operand[@]}\"\n"
	"\tfi\n"
	"}\n"
	"\n"
	"complete -F _pcarch pcarch\n";

void completion_bash(FILE *out)
{
	fputs(reply, out);
	fputs("# COMMAND:OPTION: what the option's value is; nothing for a flag\n"
	      "_pcarch_value()\n{\n\tvalue=()\n\tcase $1 in\n",
		out);
	print_values(out, &program, "");
	for (size_t i = 0; commands[i]; i++)
		print_values(out, commands[i], commands[i]->name);
	fputs("\tesac\n}\n\n"
	      "# COMMAND: its options, its operands, what its first operand is\n"
	      "_pcarch_command()\n{\n\tcase $1 in\n\t'')\n\t\t",
		out);
	print_option_names(out, &program);
	fputs("\n\t\tfirst='", out);
	print_command_names(out);
	fputs("'\n\t\t;;\n", out);
	for (size_t i = 0; commands[i]; i++)
		print_command(out, commands[i]);
	fputs("\tesac\n}\n\n", out);
	fputs(complete, out);
}
