#include "cli/command.h"

#include "cli/log.h"
#include "cli/log_story.h"
#include "cli/stack_names.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_writer.h"
#include "core/static_json.h"
#include "core/terminal_text.h"
#include "core/trace.h"
#include "diff/guid_answers.h"

#include <inttypes.h>
#include <string.h>

extern const struct command cmd_explain_guid;

enum {
	NONCE_DIGITS = 32,
	NAMED_MAX = 10, /* executions that are named when there are several */
};

static struct log_given given = {.asker = "explain-guid",
	.format = "text",
	.limit = UINT32_MAX};
static const char *scanned;

static const char *const formats[] = {"text", "json", NULL};

static const struct option *explain_guid_options(void)
{
	static const struct option options[] = {
		{0, "static", OPTION_FILE, &scanned, "FILE",
			"what 'pcarch scan' wrote: say which function runs the command",
			NULL, 0, 0},
		{0, "binary", OPTION_FILES, &given.binaries, "FILE",
			"a program or shared object, or a directory of them: say where in "
			"the source the error was",
			NULL, 0, 0},
		{'n', "limit", OPTION_NUMBER, &given.limit, "N",
			"print N events of the sequence; 0: all (default: 50 on a "
			"terminal, else all)",
			NULL, 0, UINT32_MAX - 1},
		{0, "format", OPTION_CHOICE, &given.format, "FORMAT",
			"what is printed; json is one object a line", formats, 0, 0},
		{0},
	};

	return options;
}

static const struct {
	const char *name, *words;
} questions[DEBUG_QUESTIONS] = {
	[QUESTION_WHAT] = {"what", "What happened?"},
	[QUESTION_WHEN] = {"when", "When did it happen?"},
	[QUESTION_INPUT] = {"input", "What was the input?"},
	[QUESTION_STATE] = {"state", "What was the state of the system?"},
	[QUESTION_SEQUENCE] = {"sequence", "What was the sequence of events?"},
	[QUESTION_CAUSE] = {"cause", "What was the root cause?"},
};

static void print_text(const struct answer *answer)
{
	fputs("  ", stdout);
	if (answer->is_missing)
		printf("%snot captured:%s ", style_on(stdout, STYLE_WARN),
			style_off(stdout));
	terminal_print(stdout, answer->text);
	if (answer->file) {
		printf("  %s", style_on(stdout, STYLE_PLACE));
		terminal_print(stdout, answer->file);
		printf(":%" PRIu64 "%s", answer->line, style_off(stdout));
	}
	putchar('\n');
}

static void print_json(const struct answer *answer)
{
	struct json_writer json;

	json_open(&json, stdout);
	json_begin_line_object(&json);
	json_member_string(&json, "row", "answer");
	json_member_string(&json, "question", questions[answer->question].name);
	json_member_string(&json, "text", answer->text);
	json_member_bool(&json, "captured", !answer->is_missing);
	json_member_optional_string(&json, "file", answer->file);
	json_member_nonzero(&json, "line", answer->line);
	json_end_object(&json);
	json_close(&json); /* main() asks stdout whether a write failed */
}

static void print_answers(const struct guid_answers *answers)
{
	bool is_json = log_format_of(&given) == LOG_FORMAT_JSON;
	size_t limit = log_print_limit(given.limit), nprinted, nhidden = 0;

	for (unsigned question = 0; question < DEBUG_QUESTIONS; question++) {
		nprinted = 0;
		if (!is_json)
			printf("%s%s%u. %s%s\n", question ? "\n" : "",
				style_on(stdout, STYLE_BOLD), question + 1,
				questions[question].words, style_off(stdout));
		for (size_t i = 0; i < answers->nanswers; i++) {
			if (answers->answers[i].question != question)
				continue;
			if (question == QUESTION_SEQUENCE && nprinted++ >= limit)
				nhidden++;
			else if (is_json)
				print_json(&answers->answers[i]);
			else
				print_text(&answers->answers[i]);
		}
	}
	fflush(stdout);
	if (nhidden)
		fprintf(stderr, "... and %zu more events; --limit=0 prints all\n",
			nhidden);
}

/* The executions that a short id may mean: one, or a message that names them. */
static bool find_execution(const struct story *story, char out[NONCE_DIGITS + 1])
{
	scoped_story_reader reader;
	char named[NAMED_MAX][NONCE_DIGITS + 1];
	const char *typed = story->filter.guid;
	struct log_line line;
	struct event event;
	size_t n = 0;

	story_reader_init(&reader);
	for (size_t i = 0; i < story->nentries && n < NAMED_MAX; i++) {
		size_t j = 0;

		if (story->entries[i].span ||
			!story_read(&reader, story, &story->entries[i], &line, &event) ||
			!event.guid ||
			strncmp(event.guid, typed, strnlen(typed, NONCE_DIGITS)) != 0)
			continue;
		while (j < n && strncmp(named[j], event.guid, NONCE_DIGITS) != 0)
			j++;
		if (j == n)
			snprintf(named[n++], sizeof(named[0]), "%.32s", event.guid);
	}
	if (n > 1) {
		usage_error("explain-guid",
			"'%s' may be any of %s%zu executions, as %s and %s: give more digits",
			typed, n == NAMED_MAX ? "more than " : "", n, named[0], named[1]);
		return false;
	}
	if (n)
		memcpy(out, named[0], sizeof(named[0]));
	return n;
}

static const char *name_frame(void *context, const char *frame)
{
	return stack_names_of(context, frame);
}

static int explain(struct story *story, struct arena *arena)
{
	__attribute__((cleanup(stack_names_close))) struct stack_names names = {
		.binaries = NULL};
	struct guid_answers answers = {.story = story};
	struct static_trace trace;
	char nonce[NONCE_DIGITS + 1];
	struct error err;

	if ((scanned && !static_json_read(arena, scanned, &trace, &err)) ||
		!stack_names_open(&names, &given.binaries, &err)) {
		error_print(&err, "explain-guid");
		return EXIT_USAGE;
	}
	if (!story->nentries)
		return usage_error("explain-guid",
			"no event of these logs has the GUID %s; 'pcarch guid decode' may "
			"tell its route",
			story->filter.guid);
	if (!find_execution(story, nonce))
		return EXIT_USAGE;
	answers.guid = nonce;
	answers.program = scanned ? &trace : NULL;
	answers.name_frame = name_frame;
	answers.context = &names;
	guid_answers_find(&answers);
	print_answers(&answers);
	guid_answers_release(&answers);
	return EXIT_CLEAN;
}

static int explain_guid_main(int argc, char **argv)
{
	struct story story = {.nsources = 0};
	struct arena arena = {0};
	int code = options_parse(&cmd_explain_guid, &argc, &argv);

	if (code >= 0)
		return code;
	if (!argc)
		return usage_error("explain-guid",
			"say which execution: 'pcarch explain-guid GUID [LOG]...'");
	given.guid = argv[0];
	code = EXIT_USAGE;
	if (log_filter_of(&given, &arena, &story.filter) &&
		log_story_find(&story, &arena, "explain-guid", argv + 1))
		code = explain(&story, &arena);
	story_release(&story);
	arena_release(&arena);
	return code;
}

const struct command cmd_explain_guid = {
	.name = "explain-guid",
	.args = "[options] GUID [LOG | dynamic.json]...",
	.summary = "answer what happened in one execution, from the logs",
	.description =
		"Six questions, as somebody asks them who is called at night: what happened, "
		"when, with which input, in which state of the system, in which sequence, and "
		"why. Each answer names the line of a log that it is taken from; what no log "
		"says is called not captured. The whole story of the GUID is looked at, the "
		"logs of all processes that took part.\n\n"
		"A LOG is a file, or a directory of *.jsonl; none: the directory that "
		"PCARCH_LOG names.",
	.examples = "  pcarch explain-guid 01969bec0b2070a1a2a3a4a5a6a7a8a9 logs/\n"
		    "  pcarch explain-guid 01969bec-0b20-70a1-a2a3-a4a5a6a7a8a9\n"
		    "  pcarch explain-guid --static static.json 01969bec0b2070a1 a.jsonl",
	.options = explain_guid_options,
	.run = explain_guid_main,
	.operand = OPERAND_FILE,
};
