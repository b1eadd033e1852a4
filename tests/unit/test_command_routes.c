#include "tracer/command_routes.h"

#include "core/arena.h"
#include "core/trace.h"

#include <criterion/criterion.h>

/*
 * A program of commands:
 *	<default>, list    show_all, called by its name, and through the table
 *	remote             remote
 *	remote add         add
 *	remote rm, remove  erase, each
 *	log                none
 *	log show, log all  print
 *	rm                 erase
 * and another one with the same handlers.
 */
enum {
	SHOW_ALL,
	REMOTE,
	ADD,
	ERASE,
	PRINT,
	NFUNCTIONS,
};

enum {
	DEFAULT,
	LIST,
	LOG,
	LOG_ALL,
	LOG_SHOW,
	R_REMOTE,
	REMOTE_ADD,
	REMOTE_REMOVE,
	REMOTE_RM,
	RM,
	OTHER_RM,
	NROUTES,
};

static const struct function functions[NFUNCTIONS] = {
	{.name = "show_all", .file = "a.c"},
	{.name = "remote", .file = "a.c"},
	{.name = "add", .file = "a.c"},
	{.name = "erase", .file = "a.c"},
	{.name = "print", .file = "log.c"},
};

#define WORDS(...)                                                                    \
	.tokens = (const char *const[]){__VA_ARGS__},                                 \
	.ntokens = sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), \
	.match = "exact", .pattern = "table", .program = "shop",                      \
	.reached_from = TRACE_NONE

static const struct route all_routes[NROUTES] = {
	[DEFAULT] = {WORDS("<default>"), .parent = TRACE_NONE, .handler = SHOW_ALL,
		.is_default = true, .route_id = "0"},
	[LIST] = {WORDS("list"), .parent = TRACE_NONE, .handler = SHOW_ALL,
		.route_id = "1"},
	[LOG] = {WORDS("log"), .parent = TRACE_NONE, .handler = TRACE_NONE,
		.route_id = "2"},
	[LOG_ALL] = {WORDS("log", "all"), .parent = LOG, .handler = PRINT,
		.route_id = "3"},
	[LOG_SHOW] = {WORDS("log", "show"), .parent = LOG, .handler = PRINT,
		.route_id = "4"},
	[R_REMOTE] = {WORDS("remote"), .parent = TRACE_NONE, .handler = REMOTE,
		.route_id = "5"},
	[REMOTE_ADD] = {WORDS("remote", "add"), .parent = R_REMOTE, .handler = ADD,
		.route_id = "6"},
	[REMOTE_REMOVE] = {WORDS("remote", "remove"), .parent = R_REMOTE,
		.handler = ERASE, .route_id = "7"},
	[REMOTE_RM] = {WORDS("remote", "rm"), .parent = R_REMOTE, .handler = ERASE,
		.route_id = "8"},
	[RM] = {WORDS("rm"), .parent = TRACE_NONE, .handler = ERASE, .route_id = "9"},
	[OTHER_RM] = {.program = "stall",
		.tokens = (const char *const[]){"rm"},
		.ntokens = 1,
		.match = "exact",
		.pattern = "chain",
		.parent = TRACE_NONE,
		.handler = ERASE,
		.reached_from = TRACE_NONE,
		.route_id = "a"},
};

/* show_all() is called by its name at a.c:7. */
static const struct call_site site = {.file = "a.c", .line = 7, .is_direct = true};
static const struct call call = {.callee = SHOW_ALL};

static struct arena arena;
static struct interner strings;
static struct command_routes routes;
static const struct static_trace program = {
	.functions = functions,
	.nfunctions = NFUNCTIONS,
	.routes = all_routes,
	.nroutes = NROUTES,
	.sites = &site,
	.nsites = 1,
	.calls = &call,
	.ncalls = 1,
};

static void set_up(void)
{
	strings.arena = &arena;
	command_routes_init(&routes, &arena, &strings, &program);
}

static void tear_down(void)
{
	command_routes_release(&routes);
	interner_release(&strings);
	arena_release(&arena);
}

TestSuite(command_routes, .init = set_up, .fini = tear_down);

static uint32_t handler_at(unsigned function, unsigned line)
{
	const struct handler_call made = {
		functions[function].name, functions[function].file, "a.c", line, false};

	return command_routes_handler(&routes, &made);
}

static struct route_choice choose(struct index_list handlers, const char *program_name,
	const char *word, const char *next)
{
	const char *words[] = {word, next};
	const struct command_line line = {program_name, word != NULL,
		{words, (word && word[0]) + (size_t)(next != NULL)}};
	struct route_choice choice;

	command_routes_choose(&routes, handlers, &line, &choice);
	return choice;
}

static struct route_choice choose_one(unsigned function, const char *word)
{
	uint32_t handler = handler_at(function, 1);

	return choose((struct index_list){&handler, 1}, "shop", word, NULL);
}

Test(command_routes, one_command_of_a_handler_needs_no_words)
{
	struct route_choice choice = choose_one(ADD, NULL);

	cr_assert_eq(choice.route, REMOTE_ADD);
	cr_assert_not(choice.is_shared);
	cr_assert_not(choice.is_typed);
}

Test(command_routes, no_handler_is_no_route)
{
	struct route_choice choice =
		choose((struct index_list){NULL, 0}, "shop", "rm", NULL);

	cr_assert_eq(choice.route, TRACE_NONE);
	cr_assert_not(choice.is_shared, "nothing is shared, nothing ran");
}

Test(command_routes, the_deepest_handler_below_the_first_one_decides)
{
	uint32_t deeper[] = {handler_at(REMOTE, 1), handler_at(ADD, 1)};
	uint32_t beside[] = {handler_at(ADD, 1), handler_at(PRINT, 1)};

	cr_assert_eq(choose((struct index_list){deeper, 2}, "shop", NULL, NULL).route,
		REMOTE_ADD);
	cr_assert_eq(choose((struct index_list){beside, 2}, "shop", NULL, NULL).route,
		REMOTE_ADD, "what a command runs besides does not name it");
}

Test(command_routes, words_decide_between_commands_of_one_handler)
{
	cr_assert_eq(choose_one(ERASE, "rm").route, RM);
	cr_assert(choose_one(ERASE, "rm").is_typed);
	cr_assert_eq(choose_one(ERASE, NULL).route, TRACE_NONE);
	cr_assert(choose_one(ERASE, NULL).is_shared);
	cr_assert_eq(choose_one(ERASE, "add").route, TRACE_NONE, "that is another's");
}

Test(command_routes, words_may_stand_behind_the_value_of_an_option)
{
	uint32_t handlers[] = {handler_at(REMOTE, 1), handler_at(ERASE, 1)};
	const char *words[] = {"list", "remote", "rm"};
	const struct command_line line = {"shop", true, {words, 3}};
	struct route_choice choice;

	command_routes_choose(&routes, (struct index_list){handlers, 2}, &line, &choice);
	cr_assert_eq(choice.route, REMOTE_RM);
	cr_assert(choice.is_typed);
}

Test(command_routes, what_all_of_them_are_below_is_known)
{
	struct route_choice choice = choose_one(PRINT, NULL);

	cr_assert_eq(choice.route, LOG);
	cr_assert(choice.is_shared, "it was one below");
	cr_assert_eq(choose((struct index_list){(uint32_t[]){handler_at(PRINT, 1)}, 1},
			     "shop", "log", "all")
			     .route,
		LOG_ALL);
}

Test(command_routes, a_default_runs_when_no_command_is_typed)
{
	cr_assert_eq(choose_one(SHOW_ALL, "").route, DEFAULT);
	cr_assert_eq(choose_one(SHOW_ALL, "list").route, LIST);
	cr_assert_eq(choose_one(SHOW_ALL, NULL).route, TRACE_NONE, "nobody knows");
}

Test(command_routes, another_program_has_routes_of_its_own)
{
	uint32_t handler = handler_at(ERASE, 1);

	cr_assert_eq(choose((struct index_list){&handler, 1}, "stall", NULL, NULL).route,
		OTHER_RM);
}

Test(command_routes, what_code_calls_by_name_is_no_row_of_a_table)
{
	cr_assert_eq(handler_at(ADD, 7), handler_at(ADD, 1), "not there");
	cr_assert_neq(handler_at(SHOW_ALL, 7), handler_at(SHOW_ALL, 1));
	cr_assert_eq(command_routes_of(&routes, handler_at(SHOW_ALL, 7)).count, 1);
	cr_assert_eq(command_routes_of(&routes, handler_at(SHOW_ALL, 7)).items[0],
		DEFAULT, "but a default is");
	cr_assert_eq(command_routes_handler(&routes,
			     &(struct handler_call){"add", "a.c", NULL, 0, true}),
		TRACE_NONE, "an inlined call");
	cr_assert_neq(command_routes_handler(&routes,
			      &(struct handler_call){"erase", "a.c", NULL, 0, true}),
		TRACE_NONE, "a chain of comparisons may call by name");
}

Test(command_routes, a_function_without_a_file_is_found_by_its_name)
{
	cr_assert_eq(command_routes_handler(&routes,
			     &(struct handler_call){"add", "", NULL, 0, false}),
		handler_at(ADD, 1));
	cr_assert_eq(command_routes_handler(&routes,
			     &(struct handler_call){"add", "b.c", NULL, 0, false}),
		TRACE_NONE);
}

Test(command_routes, a_program_without_routes_has_no_handlers)
{
	scoped_routes none = {0};

	command_routes_init(&none, &arena, &strings, NULL);
	cr_assert_eq(command_routes_handler(&none,
			     &(struct handler_call){"add", "a.c", NULL, 0, false}),
		TRACE_NONE);
	cr_assert_eq(command_routes_nhandlers(&none), 0);
}
