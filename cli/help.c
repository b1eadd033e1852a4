#include "cli/command.h"

#include "cli/paragraph.h"
#include "cli/terminal.h"
#include "core/text.h"

#include <string.h>

enum {
	LEFT_MOST = 26
}; /* columns for "  -j, --jobs=N"; a longer one has a line of its own */

static void print_heading(FILE *out, const char *heading)
{
	fprintf(out, "\n%s%s%s\n", style_on(out, STYLE_BOLD), heading, style_off(out));
}

/* Lines as they stand, with or without a newline at the end. */
static void print_lines(FILE *out, const char *lines)
{
	fputs(lines, out);
	if (!text_has_suffix(lines, "\n"))
		fputc('\n', out);
}

static void left_side(struct text *text, const struct option *option)
{
	text_clear(text);
	if (option->short_name)
		text_printf(text, "  -%c, --%s", option->short_name, option->name);
	else
		text_printf(text, "      --%s", option->name);
	if (option->kind != OPTION_FLAG)
		text_printf(text, "=%s", option->arg ? option->arg : "VALUE");
}

static void right_side(struct text *text, const struct option *option)
{
	text_clear(text);
	text_add(text, option->help);
	if (option->kind != OPTION_CHOICE)
		return;
	for (size_t i = 0; option->choices[i]; i++)
		text_printf(text, "%s%s",
			!i                       ? ": "
			: option->choices[i + 1] ? ", "
						 : " or ",
			option->choices[i]);
}

static unsigned widest(const struct command *command)
{
	scoped_text left = {0};
	const struct option *option;
	unsigned width = 0;

	for (size_t i = 0; (option = option_at(command, i)); i++) {
		left_side(&left, option);
		if (left.len > width && left.len <= LEFT_MOST)
			width = (unsigned)left.len;
	}
	return width;
}

static void print_options(FILE *out, const struct command *command)
{
	scoped_text left = {0}, right = {0};
	const struct option *option;
	unsigned width = widest(command);

	for (size_t i = 0; (option = option_at(command, i)); i++) {
		unsigned column;

		left_side(&left, option);
		right_side(&right, option);
		column = left.len > width ? 0 : (unsigned)left.len;
		fprintf(out, "%s%s", left.bytes, column ? "" : "\n");
		paragraph_print(out, right.bytes, column, width + 2);
	}
}

static void print_exit_codes(FILE *out)
{
	print_heading(out, "Exit status:");
	fputs("  0  done, and nothing to report\n"
	      "  1  findings\n"
	      "  2  wrong usage, or input that is missing, empty or invalid\n"
	      "  3  done, but the data are incomplete: some input could not be read\n"
	      "  4  an error in pcarch itself\n",
		out);
}

void options_help(const struct command *command)
{
	FILE *out = stdout;
	int column;

	fprintf(out, "%spcarch %s%s:", style_on(out, STYLE_BOLD), command->name,
		style_off(out));
	paragraph_print(out, command->summary, (unsigned)strlen(command->name) + 8, 2);
	print_heading(out, "Usage:");
	column = fprintf(out, "  pcarch %s", command->name);
	paragraph_print(out, command->args, (unsigned)column, (unsigned)column + 1);
	if (command->description) {
		fputc('\n', out);
		paragraph_print(out, command->description, 0, 0);
	}
	if (command->help)
		command->help(out);
	print_heading(out, "Options:");
	print_options(out, command);
	if (command->examples) {
		print_heading(out, "Examples:");
		print_lines(out, command->examples);
	}
	print_exit_codes(out);
}
