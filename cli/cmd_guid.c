#include "cli/guid_request.h"

#include "cli/paragraph.h"
#include "cli/terminal.h"

#include <stdio.h>
#include <string.h>

extern const struct command cmd_guid;

/* In the order of `actions`, for completion. */
static const char *const words[] = {
	"compare", "decode", "key", "lookup", "new", "route", "verify", NULL};

static const char *const formats[] = {"text", "json", NULL};

enum uses { /* of an option: the actions that have it, bits */
	COMPARE = 1,
	DECODE = 2,
	KEY = 4,
	LOOKUP = 8,
	NEW = 16,
	ROUTE = 32,
	VERIFY = 64,
};

static const struct {
	const char *name, *args, *help;
	int (*run)(const struct guid_request *request);
} actions[] = {
	{"compare", "GUID GUID", "the first step at which two executions differ",
		guid_compare},
	{"decode", "GUID", "the command and branches that a GUID stands for",
		guid_decode},
	{"key", "new|list|rotate", "the key file that GUIDs are made with",
		guid_key_action},
	{"lookup", "GUID [LOG | dynamic.json]...",
		"where an execution occurs in logs and dynamic.json", guid_lookup},
	{"new", "PROGRAM [WORD]...", "make the GUID of a new execution", guid_new},
	{"route", "PROGRAM [WORD]...", "the id of a command, without key or time",
		guid_route},
	{"verify", "LOG... | GUID STEP...",
		"do recorded steps give the GUID beside them?", guid_verify},
};

enum {
	NACTIONS = sizeof(actions) / sizeof(*actions)
};

static struct guid_request given = {.format = "text", .budget = GUID_SEARCH_BUDGET};

static const struct option *guid_options(void)
{
	static const struct option options[] = {
		{0, "static", OPTION_FILE, &given.file, "FILE",
			"what scan wrote; route and new: words may be aliases then, and "
			"unknown ones are errors",
			NULL, 0, 0},
		{0, "branch", OPTION_STRINGS, &given.branches, "POINT=CHOICE",
			"route, new: a branch taken; may be repeated, in order", NULL, 0,
			0},
		{0, "key-file", OPTION_FILE, &given.key_file, "FILE",
			"the key; default: $" GUID_KEY_VARIABLE
			", or ~/.config/" GUID_KEY_DEFAULT,
			NULL, 0, 0},
		{0, "user", OPTION_STRING, &given.user, "REALM:NAME",
			"of this user, as in posix:alice", NULL, 0, 0},
		{0, "user-ref", OPTION_STRING, &given.user_ref, "HEX",
			"the same as events have it: 32 hex digits", NULL, 0, 0},
		{0, "program", OPTION_STRING, &given.program, "NAME",
			"decode, compare: only ways of this program", NULL, 0, 0},
		{0, "outcome", OPTION_STRINGS, &given.outcomes, "NAME",
			"decode, compare: how commands may have ended; may be repeated; "
			"default: ok",
			NULL, 0, 0},
		{0, "forks", OPTION_NUMBER, &given.nforks, "N",
			"decode, compare: try the first N forked children, too", NULL, 0,
			1000},
		{0, "budget", OPTION_NUMBER, &given.budget, "N",
			"decode, compare: ways to try for each key; default: 1048576",
			NULL, 1, 1 << 30},
		{0, "log", OPTION_FILES, &given.logs, "FILE",
			"compare: events that may have recorded the steps; may be "
			"repeated",
			NULL, 0, 0},
		{0, "format", OPTION_CHOICE, &given.format, "FORMAT", "how to print it",
			formats, 0, 0},
		{0},
	};

	return options;
}

static void print_actions(FILE *out)
{
	fprintf(out, "\n%sActions:%s\n", style_on(out, STYLE_BOLD), style_off(out));
	for (size_t i = 0; i < NACTIONS; i++) {
		fprintf(out, "  %s%s%s %-*s ", style_on(out, STYLE_NAME), actions[i].name,
			style_off(out), (int)(29 - strlen(actions[i].name)),
			actions[i].args);
		paragraph_print(out, actions[i].help, 33, 34);
	}
}

/* Options that the action does not look at: said, so that nobody relies on them. */
static const char *unused_option(unsigned action)
{
	const struct {
		const char *name;
		bool is_given;
		unsigned uses;
	} rows[] = {
		{"static", given.file, COMPARE | DECODE | NEW | ROUTE},
		{"branch", given.branches.count, NEW | ROUTE},
		{"key-file", given.key_file, COMPARE | DECODE | KEY | NEW | VERIFY},
		{"user", given.user, COMPARE | DECODE | NEW | VERIFY},
		{"user-ref", given.user_ref, COMPARE | DECODE | NEW | VERIFY},
		{"program", given.program, COMPARE | DECODE},
		{"outcome", given.outcomes.count, COMPARE | DECODE},
		{"forks", given.nforks, COMPARE | DECODE},
		{"budget", given.budget != GUID_SEARCH_BUDGET, COMPARE | DECODE},
		{"log", given.logs.count, COMPARE},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (rows[i].is_given && !(rows[i].uses & action))
			return rows[i].name;
	}
	return NULL;
}

static int run_action(size_t i)
{
	const char *unused = unused_option(1u << i);

	if (unused)
		return usage_error("guid", "option '--%s' means nothing to '%s'", unused,
			actions[i].name);
	given.action = actions[i].name;
	return actions[i].run(&given);
}

static int guid_main(int argc, char **argv)
{
	int code = options_parse(&cmd_guid, &argc, &argv);

	if (code >= 0)
		return code;
	if (!argc)
		return usage_error("guid",
			"say what to do, as in 'pcarch guid route PROGRAM WORD...'");
	given.operands = argv + 1;
	given.noperands = (size_t)argc - 1;
	for (size_t i = 0; i < NACTIONS; i++) {
		if (strcmp(argv[0], actions[i].name) == 0)
			return run_action(i);
	}
	return usage_error("guid",
		"unknown action '%s'; it is compare, decode, key, lookup, new, route or "
		"verify",
		argv[0]);
}

const struct command cmd_guid = {
	.name = "guid",
	.args = "[options] ACTION [ARG]...",
	.summary = "make, decode and verify the ids of executions and commands",
	.description =
		"A GUID names one execution: its first half is a nonce that holds the "
		"time, its second half a tag of the steps that were taken, by a key. Who "
		"has the key finds out which command and which branches it stands for, "
		"and whether recorded steps are the true ones.\n\n"
		"The id of a command is a hash of its program's name and its words alone: "
		"the route_id of static.json, and of what a run of the program reports. "
		"With --branch, of the branches too that it took: its path_id. Words that "
		"begin with '-' stand after '--'.",
	.examples = "  pcarch guid route git remote add\n"
		    "  pcarch guid route polycall telemetry status --branch source=net\n"
		    "  pcarch guid decode --static static.json GUID\n"
		    "  pcarch guid verify events.jsonl\n"
		    "  pcarch guid key new",
	.help = print_actions,
	.options = guid_options,
	.run = guid_main,
	.operand = OPERAND_FILE,
	.words = words,
};
