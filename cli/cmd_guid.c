#include "cli/command.h"

#include "cli/known_route.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/route_id.h"
#include "core/static_json.h"
#include "core/suggest.h"
#include "core/trace.h"

#include <string.h>

extern const struct command cmd_guid;

static const char *const kinds[] = {"route", NULL};

static struct {
	const char *file;
	struct option_values branches;
} given;

static const struct option *guid_options(void)
{
	static const struct option options[] = {
		{0, "static", OPTION_FILE, &given.file, "FILE",
			"what scan wrote: words may be aliases, and unknown ones are errors",
			NULL, 0, 0},
		{0, "branch", OPTION_STRINGS, &given.branches, "POINT=CHOICE",
			"route: a branch taken; may be repeated, in order", NULL, 0, 0},
		{0},
	};

	return options;
}

static bool read_branches(void)
{
	for (size_t i = 0; i < given.branches.count; i++) {
		const char *branch = given.branches.items[i];
		const char *equals = strchr(branch, '=');

		if (equals && equals > branch)
			continue;
		usage_error("guid", "option '--branch' takes POINT=CHOICE, not '%s'",
			branch);
		return false;
	}
	return true;
}

static bool check_branch(struct arena *arena, const struct static_trace *trace,
	const char *branch)
{
	struct suggestion suggestion = {.word = branch};

	for (size_t i = 0; i < trace->nbranches; i++) {
		const struct branch *known = &trace->branches[i];

		for (size_t c = 0; c < known->nchoices; c++) {
			const char *name = arena_printf(arena, "%s=%s", known->point,
				known->choices[c]);

			if (strcmp(name, branch) == 0)
				return true;
			suggestion_offer(&suggestion, name);
		}
	}
	if (suggestion.nearest)
		usage_error("guid", "'%s' has no branch '%s'; did you mean '%s'?",
			given.file, branch, suggestion.nearest);
	else
		usage_error("guid",
			"'%s' has no branch '%s'; 'pcarch show branches' lists them",
			given.file, branch);
	return false;
}

/* The program and the words by the names that they have in the file. */
static bool find_route(struct arena *arena, const struct static_trace *trace,
	const char **name, struct route_words *words)
{
	struct route_tree tree;
	struct known_routes known = {"guid", given.file, &tree, arena};
	struct route_part part;
	uint32_t owner;

	route_tree_init(&tree, arena, trace);
	if (!known_program(&known, *name, &owner) ||
		!known_route(&known, owner, *words, &part))
		return false;
	*name = tree.programs[owner];
	*words = (struct route_words){0};
	if (part.route != TRACE_NONE)
		*words = (struct route_words){trace->routes[part.route].tokens,
			trace->routes[part.route].ntokens};
	return true;
}

static bool find_known(struct arena *arena, const char **name, struct route_words *words)
{
	struct static_trace trace;
	struct error err;

	if (!static_json_read(arena, given.file, &trace, &err)) {
		error_print(&err, "guid");
		return false;
	}
	if (strcmp(given.file, "-") == 0)
		given.file = "standard input";
	if (!find_route(arena, &trace, name, words))
		return false;
	for (size_t i = 0; i < given.branches.count; i++)
		if (!check_branch(arena, &trace, given.branches.items[i]))
			return false;
	return true;
}

static bool step(struct route_chain *chain, enum route_step kind, const char *label)
{
	if (route_chain_step(chain, kind, label))
		return true;
	usage_error("guid",
		"'%.40s...' is too long for a part of an id: it may have %d bytes", label,
		ROUTE_LABEL_MAX);
	return false;
}

static bool print_id(const char *name, struct route_words words)
{
	struct route_chain chain = {0};
	char id[ROUTE_ID_SIZE];
	bool ok = step(&chain, ROUTE_PROGRAM, name);

	for (size_t i = 0; i < words.count && ok; i++)
		ok = step(&chain, ROUTE_COMMAND, words.items[i]);
	for (size_t i = 0; i < given.branches.count && ok; i++)
		ok = step(&chain, ROUTE_BRANCH, given.branches.items[i]);
	if (!ok)
		return false;
	route_chain_id(&chain, id);
	puts(id);
	return true;
}

static int guid_route(char **args, size_t count)
{
	struct route_words words = {(const char *const *)args + 1, count - 1};
	struct arena arena = {0};
	const char *name = args[0];
	bool ok;

	if (!count)
		return usage_error("guid",
			"no program is named: 'pcarch guid route PROGRAM WORD...'");
	ok = read_branches() && (!given.file || find_known(&arena, &name, &words)) &&
	     print_id(name, words);
	arena_release(&arena);
	return ok ? EXIT_CLEAN : EXIT_USAGE;
}

static int guid_main(int argc, char **argv)
{
	int code = options_parse(&cmd_guid, &argc, &argv);

	if (code >= 0)
		return code;
	if (!argc)
		return usage_error("guid",
			"say of what, as in 'pcarch guid route PROGRAM WORD...'");
	if (strcmp(argv[0], kinds[0]) != 0)
		return usage_error("guid", "unknown kind of id '%s'; 'route' is known",
			argv[0]);
	return guid_route(argv + 1, (size_t)argc - 1);
}

const struct command cmd_guid = {
	.name = "guid",
	.args = "[options] route PROGRAM [WORD]...",
	.summary = "print the id of a command, which its words determine",
	.description =
		"The id of a command is a hash of its program's name and its words: the "
		"route_id of static.json, and of what a run of the program reports. With "
		"--branch, of the branches too that it took: its path_id.\n\n"
		"Words are its canonical names. With --static they may be aliases, in "
		"another case, or beginnings, where the program takes these, and a command "
		"that is not known is an error. Words that begin with '-' stand after '--'.",
	.examples = "  pcarch guid route git remote add\n"
		    "  pcarch guid route --static static.json ethtool -- --pause\n"
		    "  pcarch guid route polycall telemetry status --branch source=net",
	.options = guid_options,
	.run = guid_main,
	.operand = OPERAND_NONE,
	.words = kinds,
};
