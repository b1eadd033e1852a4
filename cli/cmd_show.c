#include "cli/command.h"

#include "cli/paragraph.h"
#include "cli/show.h"
#include "cli/static_file.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/names_json.h"
#include "core/static_json.h"
#include "core/suggest.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

extern const struct command cmd_show;

enum {
	TERMINAL_ROWS = 50, /* printed on a terminal without --limit */
	ANY_NUMBER = 1000, /* of operands */
};

/* Options that only some questions know. */
enum {
	USES_DEPTH = 1 << 0,
	USES_ALL = 1 << 1,
	USES_SITES = 1 << 2, /* which call sites */
	USES_MODULE = 1 << 3,
	USES_FAILED = 1 << 4,
	USES_ROUTES = 1 << 5, /* how and which commands; drawn, too */
};

enum question_name {
	CALLERS,
	CALLEES,
	PATH,
	FUNCTION,
	MODULE,
	ENTRY,
	ORPHANS,
	SITES,
	SITE,
	UNITS,
	ROUTES,
	BRANCHES,
	NQUESTIONS
};

static const char *const names[] = {
	[CALLERS] = "callers",
	[CALLEES] = "callees",
	[PATH] = "path",
	[FUNCTION] = "function",
	[MODULE] = "module",
	[ENTRY] = "entry",
	[ORPHANS] = "orphans",
	[SITES] = "sites",
	[SITE] = "site",
	[UNITS] = "units",
	[ROUTES] = "routes",
	[BRANCHES] = "branches",
	[NQUESTIONS] = NULL,
};

static const struct question {
	const char *args; /* as --help prints them */
	const char *help;
	int (*answer)(struct show *show, char **args);
	int least, most; /* operands */
	unsigned uses; /* options */
} questions[] = {
	[CALLERS] = {"FN", "who calls it, and where", show_callers, 1, 1, USES_DEPTH},
	[CALLEES] = {"FN", "what it calls, where, and which of its calls are open",
		show_callees, 1, 1, USES_DEPTH},
	[PATH] = {"FN FN", "a shortest way of calls from one to the other", show_path, 2,
		2, USES_ALL},
	[FUNCTION] = {"FN", "all that is known of it", show_function, 1, 1, 0},
	[MODULE] = {"MODULE", "its functions, its neighbours, who gets there",
		show_module, 1, 1, 0},
	[ENTRY] = {"[TYPE]", "where control enters the program", show_entry, 0, 1, 0},
	[ORPHANS] = {"", "public functions that no entry point reaches", show_orphans, 0,
		0, USES_MODULE},
	[SITES] = {"[FILE[:LINE]]", "call sites; with --open, by what they call",
		show_sites, 0, 1, USES_SITES | USES_MODULE},
	[SITE] = {"FILE:LINE[:COL]", "what one call site may call, and how that is known",
		show_site, 1, 1, 0},
	[UNITS] = {"", "what was compiled, and what of it could not be read", show_units,
		0, 0, USES_FAILED},
	[ROUTES] = {"[WORD...]", "commands and what each runs; below these words",
		show_routes, 0, ANY_NUMBER, USES_ROUTES},
	[BRANCHES] = {"", "where one command's way parts", show_branches, 0, 0, 0},
};

static const char *const formats[] = {"text", "json", "dot", "mermaid", NULL};

static struct {
	const char *file, *module, *program, *format;
	unsigned depth, limit;
	bool wants_all, wants_failed, wants_tree;
	bool wants_open, wants_closed, wants_indirect;
} given = {.format = "text", .limit = UINT32_MAX};

static const struct option *show_options(void)
{
	static const struct option options[] = {
		{'f', "file", OPTION_FILE, &given.file, "FILE",
			"what scan wrote; '-' is stdin (default: static.json, here or above)",
			NULL, 0, 0},
		{0, "depth", OPTION_NUMBER, &given.depth, "N",
			"callers, callees: of these, too, N levels of them (default: 1)",
			NULL, 1, 1000},
		{0, "all", OPTION_FLAG, &given.wants_all, NULL,
			"path: all of that length", NULL, 0, 0},
		{0, "open", OPTION_FLAG, &given.wants_open, NULL,
			"sites: those whose callees are not all known", NULL, 0, 0},
		{0, "closed", OPTION_FLAG, &given.wants_closed, NULL,
			"sites: those whose callees are all known", NULL, 0, 0},
		{0, "indirect", OPTION_FLAG, &given.wants_indirect, NULL,
			"sites: those that call through a pointer", NULL, 0, 0},
		{0, "module", OPTION_STRING, &given.module, "MODULE",
			"orphans, sites: of that module", NULL, 0, 0},
		{0, "failed", OPTION_FLAG, &given.wants_failed, NULL,
			"units: those that were not read whole", NULL, 0, 0},
		{0, "tree", OPTION_FLAG, &given.wants_tree, NULL,
			"routes: each command below those that it follows", NULL, 0, 0},
		{0, "program", OPTION_STRING, &given.program, "NAME",
			"routes: of that program", NULL, 0, 0},
		{'n', "limit", OPTION_NUMBER, &given.limit, "N",
			"print N rows; 0: all (default: 50 on a terminal, else all)",
			NULL, 0, UINT32_MAX - 1},
		{0, "format", OPTION_CHOICE, &given.format, "FORMAT",
			"what is printed; json is one object a line; dot, mermaid: of routes",
			formats, 0, 0},
		{0},
	};

	return options;
}

static void help_questions(FILE *out)
{
	fprintf(out, "\n%sQuestions:%s\n", style_on(out, STYLE_BOLD), style_off(out));
	for (size_t i = 0; i < NQUESTIONS; i++) {
		fprintf(out, "  %s%s%s %-*s ", style_on(out, STYLE_NAME), names[i],
			style_off(out), (int)(21 - strlen(names[i])), questions[i].args);
		paragraph_print(out, questions[i].help, 25, 26);
	}
}

static const struct question *find_question(const char *name)
{
	struct suggestion suggestion = {.word = name};

	for (size_t i = 0; i < NQUESTIONS; i++) {
		if (strcmp(names[i], name) == 0)
			return &questions[i];
		suggestion_offer(&suggestion, names[i]);
	}
	if (suggestion.nearest)
		usage_error("show", "unknown question '%s'; did you mean '%s'?", name,
			suggestion.nearest);
	else if (text_has_suffix(name, ".json"))
		usage_error("show", "the question comes first: 'pcarch show entry -f %s'",
			name);
	else
		usage_error("show",
			"unknown question '%s'; 'pcarch show --help' lists them", name);
	return NULL;
}

static const char *name_of(const struct question *question)
{
	return names[question - questions];
}

static bool check_operands(const struct question *question, int count)
{
	const char *name = name_of(question);

	if (count >= question->least && count <= question->most)
		return true;
	usage_error("show", "'%s' takes %s, not %d operand%s: 'pcarch show %s%s%s'", name,
		!question->most                    ? "none"
		: question->least < question->most ? "at most one"
		: question->most == 1              ? "one"
						   : "two",
		count, show_plural((size_t)count), name, *question->args ? " " : "",
		question->args);
	return false;
}

static bool is_drawn(void)
{
	return strcmp(given.format, "dot") == 0 || strcmp(given.format, "mermaid") == 0;
}

static bool check_options(const struct question *question)
{
	const struct {
		const char *name;
		bool is_given;
		unsigned use;
	} options[] = {
		{"depth", given.depth > 0, USES_DEPTH},
		{"all", given.wants_all, USES_ALL},
		{"open", given.wants_open, USES_SITES},
		{"closed", given.wants_closed, USES_SITES},
		{"indirect", given.wants_indirect, USES_SITES},
		{"module", given.module, USES_MODULE},
		{"failed", given.wants_failed, USES_FAILED},
		{"tree", given.wants_tree, USES_ROUTES},
		{"program", given.program, USES_ROUTES},
	};

	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (!options[i].is_given || (question->uses & options[i].use))
			continue;
		usage_error("show", "'%s' has no use for '--%s'", name_of(question),
			options[i].name);
		return false;
	}
	if (is_drawn() && !(question->uses & USES_ROUTES)) {
		usage_error("show",
			"'%s' cannot be drawn as '%s'; 'pcarch export' draws calls",
			name_of(question), given.format);
		return false;
	}
	if (given.wants_open && given.wants_closed)
		usage_error("show", "no call site is both '--open' and '--closed'");
	return !(given.wants_open && given.wants_closed);
}

/* What this answer cannot know. */
static void warn_incomplete(const struct static_trace *trace)
{
	size_t nbroken = 0;

	for (size_t i = 0; i < trace->nunits; i++)
		nbroken += trace->units[i].status != UNIT_PARSED;
	if (nbroken)
		fprintf(stderr,
			"pcarch show: %swarning:%s %zu of %zu units were not read whole, "
			"so answers may miss something; 'pcarch show units --failed'\n",
			style_on(stderr, STYLE_WARN), style_off(stderr), nbroken,
			trace->nunits);
}

static void say_hidden(const struct show *show)
{
	size_t nhidden = show->nrows > show->limit ? show->nrows - show->limit : 0;

	if (show->hidden)
		show_say("... and %s; %s", show->hidden, show->hint);
	else if (nhidden)
		show_say("... and %zu more; --limit=0 prints all", nhidden);
}

static int answer(const struct question *question, struct show *show, char **args)
{
	int code;

	show->table.arena = show->arena;
	show->module = given.module;
	show->depth = given.depth ? given.depth : 1;
	show->wants_all = given.wants_all;
	show->wants_open = given.wants_open;
	show->wants_closed = given.wants_closed;
	show->wants_indirect = given.wants_indirect;
	show->wants_failed = given.wants_failed;
	show->wants_tree = given.wants_tree;
	show->of_program = given.program;
	show->is_json = strcmp(given.format, "json") == 0;
	show->graph = is_drawn() ? given.format : NULL;
	show->has_limit = given.limit != UINT32_MAX;
	show->limit = show->has_limit ? given.limit : TERMINAL_ROWS;
	if (!show->limit || (!show->has_limit && !terminal_is(stdout)))
		show->limit = SIZE_MAX;
	program_init(&show->program, show->arena, show->trace);
	code = question->answer(show, args);
	show_flush(show);
	say_hidden(show);
	if (code != EXIT_USAGE && !(question->uses & USES_FAILED))
		warn_incomplete(show->trace);
	return code;
}

static int read_and_answer(const struct question *question, struct arena *arena,
	char **args)
{
	struct static_trace trace;
	struct show show = {.arena = arena, .trace = &trace, .file = given.file};
	struct error err;

	if (!show.file)
		show.file = static_file_find(arena, "'-f FILE'", &err);
	if (!show.file || !static_json_read(arena, show.file, &trace, &err)) {
		error_print(&err, "show");
		return EXIT_USAGE;
	}
	if (strcmp(show.file, "-") == 0)
		show.file = "standard input";
	return answer(question, &show, args);
}

static int show_main(int argc, char **argv)
{
	const struct question *question;
	struct arena arena = {0};
	int code = options_parse(&cmd_show, &argc, &argv);

	if (code >= 0)
		return code;
	if (!argc)
		return usage_error("show",
			"ask something, like 'pcarch show callers main'; 'pcarch show "
			"--help' lists the questions");
	if (strcmp(argv[0], "complete") == 0 && argc > 1) /* hidden: for the shells */
		return show_complete(given.file, argv + 1, (size_t)argc - 1);
	question = find_question(argv[0]);
	if (!question || !check_operands(question, argc - 1) || !check_options(question))
		return EXIT_USAGE;
	code = read_and_answer(question, &arena, argv + 1);
	arena_release(&arena);
	return code;
}

const struct command cmd_show = {
	.name = "show",
	.args = "[options] QUESTION [FN | MODULE | FILE | WORD]...",
	.summary = "answer a question about a program's calls and commands",
	.description =
		"Reads static.json and answers from it. FN is a function: NAME, or FILE:NAME, "
		"MODULE:NAME or FILE:LINE where the name is not enough; what it may mean is "
		"listed then. A MODULE is a source file without its extension. Files and "
		"modules may be cut at the left: server.c for src/server.c. WORDs are what is "
		"typed after a program's name, or with it; other names of a command will do.\n\n"
		"'path' exits with 1 when no known calls lead there. A call that is not "
		"simply written in the source says how it is known, and how surely.",
	.examples = "  pcarch show callers strbuf_release\n"
		    "  pcarch show callees main --depth 3\n"
		    "  pcarch show path main die --all\n"
		    "  pcarch show sites --open --format json | jq .name\n"
		    "  pcarch show site src/server.c:3900\n"
		    "  pcarch show routes --tree\n"
		    "  pcarch show routes remote add\n"
		    "  pcarch scan -o - | pcarch show -f - orphans",
	.options = show_options,
	.help = help_questions,
	.run = show_main,
	.operand = OPERAND_FUNCTION,
	.words = names,
};
