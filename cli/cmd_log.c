#include "cli/command.h"

#include "cli/log.h"
#include "cli/paragraph.h"
#include "core/suggest.h"

#include <string.h>

extern const struct command cmd_log;

static struct log_given given = {.asker = "log",
	.format = "text",
	.limit = UINT32_MAX,
	.max_age_h = 24};

static const char *const formats[] = {"text", "json", NULL};

/* Options that only some questions know. */
enum {
	USES_FILTER = 1 << 0,
	USES_GROUP = 1 << 1,
	USES_KEYS = 1 << 2,
	USES_ROWS = 1 << 3,
	USES_FORMAT = 1 << 4,
	USES_GUID = 1 << 5,
};

static const char *const names[] = {"query", "verify", "anchor", "join", "grep", NULL};

static const struct question {
	const char *args, *help;
	int (*answer)(const struct log_given *given, char **operands);
	unsigned uses;
} questions[] = {
	{"[LOG...]", "the events that options ask for", log_query,
		USES_FILTER | USES_GROUP | USES_ROWS | USES_FORMAT | USES_GUID},
	{"[LOG...]", "was a log changed, cut or made elsewhere? all of it is checked",
		log_verify_files, USES_KEYS | USES_FORMAT},
	{"[LOG...]", "where logs end, to be kept elsewhere: verify --anchors",
		log_print_anchors, 0},
	{"[LOG...]", "the story of --guid: all that led to it or came of it", log_join,
		USES_GUID | USES_ROWS | USES_FORMAT},
	{"GUID [FILE...]", "lines of any text that hold a GUID", log_grep,
		USES_ROWS | USES_FORMAT},
};

static const struct option *log_options(void)
{
	static const struct option options[] = {
		{0, "guid", OPTION_STRING, &given.guid, "GUID",
			"query, join: of that GUID or execution; a beginning will do",
			NULL, 0, 0},
		{0, "trace", OPTION_STRING, &given.trace_id, "ID", "query: of that trace",
			NULL, 0, 0},
		{0, "level", OPTION_CHOICE, &given.level, "LEVEL",
			"query: of that level or above", event_level_names, 0, 0},
		{0, "event", OPTION_STRING, &given.event, "NAME",
			"query: called so; 'command.*' is all that begin so", NULL, 0, 0},
		{0, "service", OPTION_STRING, &given.service, "NAME",
			"query: of that service", NULL, 0, 0},
		{0, "command", OPTION_STRING, &given.command, "WORDS",
			"query: of commands that begin with these words", NULL, 0, 0},
		{0, "error", OPTION_STRING, &given.error_type, "TYPE",
			"query: with that type of error, as AUTH_FAILED", NULL, 0, 0},
		{0, "where", OPTION_STRINGS, &given.where, "KEY=VALUE",
			"query: where a member is (=), is not (!=) or has (~) that; may "
			"be repeated",
			NULL, 0, 0},
		{0, "since", OPTION_STRING, &given.since, "TIME",
			"query: from then on: 2026-01-31T15:30Z, 2026-01-31, 90s, 10m, "
			"2h, 7d",
			NULL, 0, 0},
		{0, "until", OPTION_STRING, &given.until, "TIME", "query: before then",
			NULL, 0, 0},
		{0, "group", OPTION_STRING, &given.group, "KEY",
			"query: count events by a member, as error.code or guid", NULL, 0,
			0},
		{'n', "limit", OPTION_NUMBER, &given.limit, "N",
			"print N rows; 0: all (default: 50 on a terminal, else all)",
			NULL, 0, UINT32_MAX - 1},
		{0, "pretty", OPTION_FLAG, &given.is_pretty, NULL,
			"query, join: all that events say, to be read", NULL, 0, 0},
		{0, "binary", OPTION_FILES, &given.binaries, "FILE",
			"query, join, with --pretty: a program or shared object, or a "
			"directory of them: what the frames of stacks are in the source",
			NULL, 0, 0},
		{0, "format", OPTION_CHOICE, &given.format, "FORMAT",
			"what is printed; json is one object a line", formats, 0, 0},
		{0, "key", OPTION_FILES, &given.keys, "FILE",
			"verify: a key of an installation; may be repeated (default: "
			"this one's)",
			NULL, 0, 0},
		{0, "auditor-key", OPTION_FILE, &given.auditor_key, "FILE",
			"verify: an auditor's secret key, 64 hex digits", NULL, 0, 0},
		{0, "anchors", OPTION_FILE, &given.anchors, "FILE",
			"verify: what 'pcarch log anchor' printed: has the log that yet?",
			NULL, 0, 0},
		{0, "max-age", OPTION_NUMBER, &given.max_age_h, "HOURS",
			"verify: how long an execution may last; 0: any (default: 24)",
			NULL, 0, 1000000},
		{0},
	};

	return options;
}

static void help_questions(FILE *out)
{
	fprintf(out, "\n%sQuestions:%s\n", style_on(out, STYLE_BOLD), style_off(out));
	for (size_t i = 0; names[i]; i++) {
		fprintf(out, "  %s%s%s %-*s ", style_on(out, STYLE_NAME), names[i],
			style_off(out), (int)(21 - strlen(names[i])), questions[i].args);
		paragraph_print(out, questions[i].help, 25, 26);
	}
}

static const struct question *find_question(const char *name)
{
	struct suggestion suggestion = {.word = name};

	for (size_t i = 0; names[i]; i++) {
		if (strcmp(names[i], name) == 0)
			return &questions[i];
		suggestion_offer(&suggestion, names[i]);
	}
	if (suggestion.nearest)
		usage_error("log", "unknown question '%s'; did you mean '%s'?", name,
			suggestion.nearest);
	else
		usage_error("log",
			"unknown question '%s'; 'pcarch log --help' lists them: 'pcarch "
			"log query %s'?",
			name, name);
	return NULL;
}

static bool check_options(const struct question *question)
{
	const struct {
		const char *name;
		bool is_given;
		unsigned use;
	} options[] = {
		{"guid", given.guid, USES_GUID},
		{"trace", given.trace_id, USES_FILTER},
		{"level", given.level, USES_FILTER},
		{"event", given.event, USES_FILTER},
		{"service", given.service, USES_FILTER},
		{"command", given.command, USES_FILTER},
		{"error", given.error_type, USES_FILTER},
		{"where", given.where.count, USES_FILTER},
		{"since", given.since, USES_FILTER},
		{"until", given.until, USES_FILTER},
		{"group", given.group, USES_GROUP},
		{"limit", given.limit != UINT32_MAX, USES_ROWS},
		{"pretty", given.is_pretty, USES_GUID},
		{"binary", given.binaries.count, USES_GUID},
		{"format", strcmp(given.format, "text") != 0, USES_FORMAT},
		{"key", given.keys.count, USES_KEYS},
		{"auditor-key", given.auditor_key, USES_KEYS},
		{"anchors", given.anchors, USES_KEYS},
		{"max-age", given.max_age_h != 24, USES_KEYS},
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (!options[i].is_given || (question->uses & options[i].use))
			continue;
		usage_error("log", "'%s' has no use for '--%s'",
			names[question - questions], options[i].name);
		return false;
	}
	return true;
}

static int log_main(int argc, char **argv)
{
	int code = options_parse(&cmd_log, &argc, &argv);
	const struct question *question = &questions[0];
	bool is_named;

	if (code >= 0)
		return code;
	/* 'pcarch log --pretty FILE' asks for all events. */
	is_named = !given.is_pretty || (argc && strcmp(argv[0], "query") == 0) ||
		   (argc && strcmp(argv[0], "join") == 0);
	if (is_named && !argc)
		return usage_error("log",
			"ask something, like 'pcarch log query LOG'; 'pcarch log --help' "
			"lists the questions");
	if (is_named)
		question = find_question(argv[0]);
	if (!question || !check_options(question))
		return EXIT_USAGE;
	return question->answer(&given, argv + is_named);
}

const struct command cmd_log = {
	.name = "log",
	.args = "[options] QUESTION [LOG | GUID]...",
	.summary = "search, follow and verify the event logs of programs",
	.description =
		"Reads the events that programs wrote by tracer/pcarch_trace.h. A LOG is a "
		"file, or a directory of *.jsonl; none: the directory that PCARCH_LOG "
		"names. Logs of any size are read in bounded memory.\n\n"
		"'verify' exits with 1 when a log was changed or contradicts itself, with 3 "
		"when it could not be checked or events are known to be lost. 'grep' exits "
		"with 1 when no line is found.",
	.examples =
		"  pcarch log query --level error --since 2h\n"
		"  pcarch log query --where error.code=401 --group guid logs/\n"
		"  pcarch log --pretty app.jsonl\n"
		"  pcarch log join --guid 01969bec0b2070a1a2a3a4a5a6a7a8a9 logs/\n"
		"  pcarch log grep 01969bec0b2070a1 /var/log/nginx/access.log\n"
		"  pcarch log anchor logs/ >anchors; pcarch log verify --anchors anchors logs/",
	.options = log_options,
	.help = help_questions,
	.run = log_main,
	.operand = OPERAND_FILE,
	.words = names,
};
