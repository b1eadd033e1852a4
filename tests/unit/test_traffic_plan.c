#include "tracer/traffic.h"

#include "core/arena.h"
#include "core/text.h"
#include "core/trace.h"
#include "tracer/traffic_command.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

TestSuite(traffic_plan, .fini = release);

static const char *const remote[] = {"remote"}, *const add[] = {"remote", "add"};
static const char *const none[] = {"<default>"};
static const struct function functions[] = {
	{.name = "cmd_remote", .file = "r.c"},
	{.name = "cmd_add", .file = "r.c"},
	{.name = "usage", .file = "m.c"},
	{.name = "get_status", .file = "s.c"},
	{.name = "take_job", .file = "s.c"},
};
static const struct route routes[] = {
	{.program = "git",
		.tokens = none,
		.ntokens = 1,
		.parent = TRACE_NONE,
		.handler = 2,
		.is_default = true},
	{.program = "git",
		.tokens = remote,
		.ntokens = 1,
		.parent = TRACE_NONE,
		.handler = TRACE_NONE},
	{.program = "git", .tokens = add, .ntokens = 2, .parent = 1, .handler = 1},
};
static const struct metadata request[] = {{"method", "GET"}, {"path", "/status"}};
static const struct metadata queue[] = {{"queue", "jobs"}};
static const struct entry_point entries[] = {
	{.id = "cli_0", .type = "cli", .function = 0},
	{.id = "http_0",
		.type = "http",
		.function = 3,
		.metadata = request,
		.nmetadata = 2},
	{.id = "amqp_0",
		.type = "amqp",
		.function = 4,
		.metadata = queue,
		.nmetadata = 1},
};
static const struct static_trace scanned = {
	.functions = functions,
	.nfunctions = 5,
	.routes = routes,
	.nroutes = 3,
	.entry_points = entries,
	.nentry_points = 3,
};

static struct traffic plan(const struct traffic_rules *rules, const char *given)
{
	const char **programs = arena_alloc(&arena, sizeof(*programs));
	struct traffic traffic = {.scanned = &scanned,
		.rules = rules,
		.given = programs,
		.ngiven = given != NULL};

	*programs = given;
	traffic_plan(&traffic, &arena);
	return traffic;
}

static void describes(const struct traffic *traffic, size_t index, const char *expected)
{
	scoped_text line = {0};

	cr_assert_null(traffic->items[index].why, "%s", traffic->items[index].why);
	traffic_command_describe(traffic, &traffic->items[index], &line);
	cr_assert_str_eq(text_string(&line), expected);
}

static const struct traffic_rules no_rules = {.directory = "/"};

Test(traffic_plan, each_command_request_and_message_is_an_item)
{
	static const char *const names[] = {
		"git <default>", "git remote", "git remote add", "GET /status", "jobs"};
	struct traffic traffic = plan(&no_rules, "git=/bin/true");

	cr_assert_eq(traffic.nitems, 5);
	for (size_t i = 0; i < 5; i++)
		cr_assert_str_eq(traffic.items[i].name, names[i]);
	cr_assert_eq(traffic.items[1].outcome, TRAFFIC_LEADS_ON);
	cr_assert(strstr(traffic.items[3].why, "'url'"));
	cr_assert(strstr(traffic.items[4].why, "'publish'"));
}

Test(traffic_plan, help_is_asked_for_but_of_defaults)
{
	struct traffic traffic = plan(&no_rules, "git=/bin/true");
	scoped_text expected = {0};

	text_add(&expected, traffic.items[0].file);
	describes(&traffic, 0, expected.bytes);
	text_add(&expected, " remote add --help");
	describes(&traffic, 2, expected.bytes);
}

Test(traffic_plan, only_programs_that_are_named_are_run)
{
	struct traffic traffic = plan(&no_rules, NULL);

	cr_assert_str_eq(traffic.items[2].why,
		"give the file of the program: --program git=FILE");
	traffic = plan(&no_rules, "other=/bin/true");
	cr_assert_not_null(traffic.items[2].why);
	traffic = plan(&no_rules, "/nowhere/git");
	cr_assert_str_eq(traffic.items[2].why,
		"'/nowhere/git' cannot be run: No such file or directory");
}

Test(traffic_plan, the_last_rule_that_says_it_decides)
{
	static const char *const words[] = {"a b", "it's"}, *const empty[] = {NULL};
	static const struct traffic_program program = {
		.name = "git", .path = "/bin/true", .how = {.status = 0, .timeout_s = 7}};
	static const struct traffic_rule list[] = {
		{"git *", {.status = 1, .arguments = {words, 2}}},
		{"git remote [x]", {.status = 3}},
		{"git remote add", {.status = TRAFFIC_ANY_STATUS, .skip = NULL}},
		{"GET *", {.status = 200, .skip = "not now"}},
		{"git <default>",
			{.status = TRAFFIC_ANY_STATUS, .arguments = {empty, 0}}},
	};
	static const struct traffic_rules rules = {"/", &program, 1, list, 5};
	struct traffic traffic = plan(&rules, NULL);
	scoped_text expected = {0};

	cr_assert_eq(traffic.items[2].how.status, 1);
	cr_assert_eq(traffic.items[2].how.timeout_s, 7);
	text_printf(&expected, "%s remote add 'a b' 'it'\\''s'", traffic.items[2].file);
	describes(&traffic, 2, expected.bytes);
	describes(&traffic, 0, traffic.items[0].file);
	cr_assert_eq(traffic.items[3].outcome, TRAFFIC_SKIPPED);
	cr_assert_str_eq(traffic.items[3].why, "not now");
}

Test(traffic_plan, servers_get_what_they_take)
{
	static const char *const start[] = {"{program}"}, *const publish[] = {
								  "publish", "{queue}"};
	static const struct traffic_server web = {.start = {start, 1},
						   .url = "http://127.0.0.1"},
					   worker = {.start = {start, 1},
						   .publish = {publish, 2}};
	static const struct traffic_program programs[] = {
		{.name = "web", .path = "/bin/true", .server = &web},
		{.name = "worker", .path = "/bin/true", .server = &worker},
		{.name = "web2", .path = "/bin/true", .server = &web},
	};
	static const struct traffic_rule list[] = {
		{"GET /status", {.status = TRAFFIC_ANY_STATUS, .program = "web2"}}};
	static const struct traffic_rules rules = {"/", programs, 3, NULL, 0},
					  chosen = {"/", programs, 3, list, 1};
	struct traffic traffic = plan(&rules, NULL);

	cr_assert_str_eq(traffic.items[3].program, "web");
	cr_assert_str_eq(traffic.items[4].program, "worker");
	describes(&traffic, 3, "GET http://127.0.0.1/status");
	describes(&traffic, 4, "publish jobs");
	traffic = plan(&chosen, NULL);
	cr_assert_str_eq(traffic.items[3].program, "web2");
}

Test(traffic_plan, a_pattern_selects_what_is_at_and_below_it)
{
	static const char *const word[] = {"git remote"},
				 *const several[] = {"git <*", "GET *"},
				 *const part[] = {"git rem"};
	struct traffic traffic = plan(&no_rules, NULL);

	cr_assert_eq(traffic_select(&traffic, part, 1), 0);
	traffic = plan(&no_rules, NULL);
	cr_assert_eq(traffic_select(&traffic, word, 1), 2);
	traffic = plan(&no_rules, NULL);
	cr_assert_eq(traffic_select(&traffic, several, 2), 2);
	cr_assert_str_eq(traffic.items[1].name, "GET /status");
}
