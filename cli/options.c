#include "cli/command.h"

#include "cli/terminal.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/suggest.h"
#include "core/terminal_text.h"
#include "core/text.h"

#include <ctype.h>
#include <limits.h>
#include <stdarg.h>
#include <string.h>

static const char *const color_choices[] = {"auto", "always", "never", NULL};
static const char *color_when = "auto";
static bool wants_help;
static int before_dashes;
static bool has_dashes;

static const struct option common[] = {
	{0, "color", OPTION_CHOICE, &color_when, "WHEN", "colour the output",
		color_choices, 0, 0},
	{'h', "help", OPTION_FLAG, &wants_help, NULL, "show this help", NULL, 0, 0},
	{0},
};

bool options_wants_help(void)
{
	return wants_help;
}

int options_before_dashes(void)
{
	return before_dashes;
}

bool options_has_dashes(void)
{
	return has_dashes;
}

/* One write, so that the line stays whole among those of other processes. */
static void print_error(const char *command, const char *untrusted)
{
	scoped_text line = {0};

	text_printf(&line, "pcarch%s%s: error: ", command ? " " : "",
		command ? command : "");
	terminal_escape(&line, untrusted);
	text_add_char(&line, '\n');
	fputs(line.bytes, stderr);
}

int usage_error(const char *command, const char *fmt, ...)
{
	char message[1024];
	va_list args;

	va_start(args, fmt);
	vsnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	print_error(command, message);
	return EXIT_USAGE;
}

/* The arguments being parsed; `nkept` operands have moved to the front. */
struct parser {
	const struct command *command;
	char **argv;
	int argc, next, nkept;
	bool stops_at_operand;
};

/* What error_set() calls the place: none, since argv has no file. */
static const struct location nowhere;

const struct option *option_at(const struct command *command, size_t i)
{
	const struct option *own = command->options ? command->options() : NULL;
	size_t nown = 0;

	while (own && own[nown].name)
		nown++;
	if (i < nown)
		return &own[i];
	return common[i - nown].name ? &common[i - nown] : NULL;
}

static const struct option *find_long(const struct command *command, const char *name,
	size_t len)
{
	const struct option *option;

	for (size_t i = 0; (option = option_at(command, i)); i++)
		if (strncmp(option->name, name, len) == 0 && !option->name[len])
			return option;
	return NULL;
}

static const struct option *find_short(const struct command *command, char name)
{
	const struct option *option;

	for (size_t i = 0; (option = option_at(command, i)); i++)
		if (option->short_name == name)
			return option;
	return NULL;
}

static bool unknown_long(const struct parser *parser, const char *name, size_t len,
	struct error *err)
{
	scoped_text word = {0};
	struct suggestion suggestion = {0};
	const struct option *option;

	text_add_bytes(&word, name, len);
	suggestion.word = text_string(&word);
	for (size_t i = 0; (option = option_at(parser->command, i)); i++)
		suggestion_offer(&suggestion, option->name);
	if (suggestion.nearest)
		return error_set(err, nowhere,
			"unknown option '--%s'; did you mean '--%s'?", suggestion.word,
			suggestion.nearest);
	return error_set(err, nowhere,
		"unknown option '--%s'; '--help' lists the options", suggestion.word);
}

static bool unknown_short(const struct parser *parser, const char *cluster, char name,
	struct error *err)
{
	char other = (char)(name ^ ('a' ^ 'A'));
	scoped_text message = {0};

	text_printf(&message, "unknown option '-%c'", name);
	if (cluster[2])
		text_printf(&message, " in '%s'", cluster);
	if (isalpha((unsigned char)name) && find_short(parser->command, other))
		text_printf(&message, "; did you mean '-%c'?", other);
	else
		text_add(&message, "; '--help' lists the options");
	return error_set(err, nowhere, "%s", message.bytes);
}

/* "auto, always or never" */
static void add_choices(struct text *text, const char *const *choices)
{
	for (size_t i = 0; choices[i]; i++) {
		if (i)
			text_add(text, choices[i + 1] ? ", " : " or ");
		text_add(text, choices[i]);
	}
}

static bool set_choice(const struct option *option, const char *value, struct error *err)
{
	struct suggestion suggestion = {.word = value};
	scoped_text choices = {0};

	for (size_t i = 0; option->choices[i]; i++) {
		if (strcmp(option->choices[i], value) == 0) {
			*(const char **)option->value = option->choices[i];
			return true;
		}
		suggestion_offer(&suggestion, option->choices[i]);
	}
	add_choices(&choices, option->choices);
	return error_set(err, nowhere, "option '--%s' takes %s, not '%s'%s%s%s",
		option->name, text_string(&choices), value,
		suggestion.nearest ? "; did you mean '" : "",
		suggestion.nearest ? suggestion.nearest : "",
		suggestion.nearest ? "'?" : "");
}

/* Digits and nothing else: no sign, no space, no "0x", no "1e3". */
static bool number_parse(const char *string, unsigned most, unsigned *out)
{
	unsigned number = 0;

	if (!*string)
		return false;
	for (; *string; string++) {
		unsigned digit = (unsigned)*string - '0';

		if (digit > 9 || number > most / 10 || number * 10 > most - digit)
			return false;
		number = number * 10 + digit;
	}
	*out = number;
	return true;
}

static bool set_number(const struct option *option, const char *value, struct error *err)
{
	unsigned most = option->most ? option->most : UINT_MAX;
	unsigned number;

	if (number_parse(value, most, &number) && number >= option->least) {
		*(unsigned *)option->value = number;
		return true;
	}
	return error_set(err, nowhere,
		"option '--%s' takes a number from %u to %u, not '%s'", option->name,
		option->least, most, value);
}

bool option_may_repeat(const struct option *option)
{
	return option->kind == OPTION_STRINGS || option->kind == OPTION_FILES ||
	       option->kind == OPTION_FUNCTIONS || option->kind == OPTION_MODULES;
}

static void add_value(struct option_values *values, const char *value)
{
	values->items =
		grow(values->items, values->count, &values->room, sizeof(*values->items));
	values->items[values->count++] = value;
}

static bool set_value(const struct option *option, const char *value, struct error *err)
{
	bool is_path = option->kind == OPTION_FILE || option->kind == OPTION_FILES ||
		       option->kind == OPTION_DIR;

	if (option->kind == OPTION_CHOICE)
		return set_choice(option, value, err);
	if (option->kind == OPTION_NUMBER)
		return set_number(option, value, err);
	if (is_path && !*value)
		return error_set(err, nowhere,
			"option '--%s' needs a name, not the empty string", option->name);
	if (option_may_repeat(option))
		add_value(option->value, value);
	else
		*(const char **)option->value = value;
	return true;
}

/* The value of `option` is what follows in the same argument, or the next argument. */
static bool take_value(struct parser *parser, const struct option *option,
	const char *attached, struct error *err)
{
	const char *value = attached;

	if (!value && parser->next < parser->argc)
		value = parser->argv[parser->next++];
	if (!value || (!attached && strcmp(value, "--") == 0))
		return error_set(err, nowhere, "option '--%s' needs a value: '--%s=%s'",
			option->name, option->name, option->arg ? option->arg : "VALUE");
	return set_value(option, value, err);
}

static bool parse_long(struct parser *parser, const char *name, struct error *err)
{
	size_t len = strcspn(name, "=");
	const struct option *option = find_long(parser->command, name, len);

	if (!option)
		return unknown_long(parser, name, len, err);
	if (option->kind != OPTION_FLAG)
		return take_value(parser, option, name[len] ? name + len + 1 : NULL, err);
	if (name[len])
		return error_set(err, nowhere,
			"option '--%s' takes no value, but was given '%s'", option->name,
			name + len + 1);
	*(bool *)option->value = true;
	return true;
}

/* `cluster` is "-qvj4": flags, the last of which may take the rest as its value. */
static bool parse_short(struct parser *parser, const char *cluster, struct error *err)
{
	for (const char *p = cluster + 1; *p && !wants_help; p++) {
		const struct option *option = find_short(parser->command, *p);

		if (!option)
			return unknown_short(parser, cluster, *p, err);
		if (option->kind != OPTION_FLAG)
			return take_value(parser, option, p[1] ? p + 1 : NULL, err);
		*(bool *)option->value = true;
	}
	return true;
}

static bool parse_all(struct parser *parser, struct error *err)
{
	bool in_options = true;

	has_dashes = false;
	while (parser->next < parser->argc &&
		!(wants_help && !parser->stops_at_operand)) {
		char *arg = parser->argv[parser->next++];
		bool ok = true;

		if (!in_options || arg[0] != '-' || !arg[1]) {
			parser->argv[parser->nkept++] = arg;
			in_options = in_options && !parser->stops_at_operand;
		} else if (strcmp(arg, "--") == 0) {
			before_dashes = parser->nkept;
			has_dashes = true;
			in_options = false;
		} else if (arg[1] == '-') {
			ok = parse_long(parser, arg + 2, err);
		} else {
			ok = parse_short(parser, arg, err);
		}
		if (!ok)
			return false;
	}
	if (!has_dashes)
		before_dashes = parser->nkept;
	return true;
}

static int parse(struct parser *parser, int *argc, char ***argv)
{
	struct error err = {0};

	/* argv[0] may be missing when a program is started by hand: execve allows it. */
	parser->argv = *argv + (*argc > 0);
	parser->argc = *argc - (*argc > 0);
	wants_help = false;
	if (!parse_all(parser, &err))
		return usage_error(parser->command->name, "%s", err.text);
	terminal_set_color(color_when);
	if (wants_help && !parser->stops_at_operand) {
		options_help(parser->command);
		return EXIT_CLEAN;
	}
	parser->argv[parser->nkept] = NULL;
	*argv = parser->argv;
	*argc = parser->nkept;
	return -1;
}

int options_parse(const struct command *command, int *argc, char ***argv)
{
	struct parser parser = {.command = command};

	return parse(&parser, argc, argv);
}

int options_parse_leading(const struct command *command, int *argc, char ***argv)
{
	struct parser parser = {.command = command, .stops_at_operand = true};

	return parse(&parser, argc, argv);
}
