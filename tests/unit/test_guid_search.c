#include "core/arena.h"
#include "core/guid_key.h"
#include "core/guid_search.h"
#include "core/route_tree.h"
#include "core/trace.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum {
	MANY = 10000
};

static struct arena arena;
static struct route routes[MANY + 16];
static struct branch branches[16];
static struct static_trace trace;
static struct route_tree tree;
static struct guid_key key;
static struct guid_search search;

static const uint8_t nonce[GUID_NONCE_SIZE] = {1, 2, 3};

/* A command below `parent`, by one more word (NULL: a default). */
static uint32_t add(const char *program, uint32_t parent, const char *word)
{
	const struct route *above = parent == TRACE_NONE ? NULL : &routes[parent];
	size_t n = above ? above->ntokens : 0;
	const char **tokens = arena_alloc(&arena, (n + 1) * sizeof(*tokens));

	for (size_t i = 0; i < n; i++)
		tokens[i] = above->tokens[i];
	if (word || !n)
		tokens[n++] = word ? word : "<default>";
	routes[trace.nroutes] = (struct route){.program = program,
		.tokens = tokens,
		.ntokens = n,
		.parent = parent,
		.is_default = !word};
	return (uint32_t)trace.nroutes++;
}

static void add_branch(const char *point, const char *first, const char *second)
{
	const char **choices = arena_alloc(&arena, 2 * sizeof(*choices));

	choices[0] = first;
	choices[1] = second;
	branches[trace.nbranches++] =
		(struct branch){point, choices, (size_t) !!first + !!second, "a.c", 1};
}

static void setup(void)
{
	uint8_t bytes[GUID_KEY_SIZE] = {42};

	guid_key_derive(&key, bytes);
	trace = (struct static_trace){.routes = routes, .branches = branches};
	search = (struct guid_search){
		.tree = &tree, .key = &key, .budget = GUID_SEARCH_BUDGET};
}

static void teardown(void)
{
	arena_release(&arena);
}

TestSuite(guid_search, .init = setup, .fini = teardown);

static const struct guid_way_step none = {0, NULL};

/* The GUID after these steps, which end with `none`. */
static void guid_of(const struct guid_way_step *steps, uint8_t guid[GUID_SIZE])
{
	struct guid_chain chain;

	guid_begin(&chain, &key, nonce, search.user_ref);
	for (; steps->label; steps++)
		cr_assert(guid_step(&chain, &key, steps->kind, steps->label,
			strlen(steps->label)));
	guid_tag(&chain, &key, guid);
}

static struct guid_found find(const uint8_t guid[GUID_SIZE])
{
	route_tree_init(&tree, &arena, &trace);
	return guid_search(&search, &arena, guid);
}

/* Is exactly this way found? */
static struct guid_found finds(const struct guid_way_step *steps, uint32_t route)
{
	uint8_t guid[GUID_SIZE];
	struct guid_found found;
	size_t n = 0;

	guid_of(steps, guid);
	found = find(guid);
	cr_assert_eq(found.answer, GUID_MATCH);
	cr_assert_eq(found.route, route, "route %u, not %u", found.route, route);
	for (; steps[n].label; n++) {
		cr_assert_lt(n, found.count);
		cr_assert_eq(found.steps[n].kind, steps[n].kind);
		cr_assert_str_eq(found.steps[n].label, steps[n].label);
	}
	cr_assert_eq(n, found.count);
	cr_assert(guid_matches(&found.chain, &key, guid));
	return found;
}

static enum guid_answer answer(const struct guid_way_step *steps)
{
	uint8_t guid[GUID_SIZE];

	guid_of(steps, guid);
	return find(guid).answer;
}

#define WAY(...) ((const struct guid_way_step[]){__VA_ARGS__, none})
#define PROG(name)              \
	{                       \
		GUID_PROG, name \
	}
#define CMD(name)              \
	{                      \
		GUID_CMD, name \
	}
#define BRANCH(name)              \
	{                         \
		GUID_BRANCH, name \
	}

static uint32_t polycall(void)
{
	uint32_t telemetry = add("polycall", TRACE_NONE, "telemetry");

	add("polycall", telemetry, NULL);
	add("polycall", telemetry, "start");
	add("polycall", telemetry, "status");
	add_branch("retry", "no", "yes");
	add_branch("source", "cache", "net");
	return telemetry;
}

Test(guid_search, finds_commands_branches_and_the_program_alone)
{
	struct guid_found found;

	polycall();
	finds(WAY(PROG("polycall")), TRACE_NONE);
	finds(WAY(PROG("polycall"), CMD("telemetry")), 0);
	finds(WAY(PROG("polycall"), CMD("telemetry"), CMD("start")), 2);
	found = finds(WAY(PROG("polycall"), CMD("telemetry"), CMD("status"),
			      BRANCH("source=net")),
		3);
	cr_assert_str_eq(found.program, "polycall");
	cr_assert_eq(found.chain.route.nsteps, 3);
	cr_assert_eq(found.chain.path.nsteps, 4);
	finds(WAY(PROG("polycall"), BRANCH("retry=yes"), BRANCH("source=cache")),
		TRACE_NONE);
	finds(WAY(PROG("polycall"), CMD("telemetry"), BRANCH("source=cache"),
		      BRANCH("retry=yes")),
		0);
}

Test(guid_search, says_no_match_and_never_the_nearest_way)
{
	struct guid_key other;
	const uint8_t bytes[GUID_KEY_SIZE] = {43};
	uint8_t guid[GUID_SIZE], user[GUID_USER_SIZE] = {1};

	polycall();
	cr_assert_eq(answer(WAY(PROG("polycall"), CMD("telemetry"), CMD("stat"))),
		GUID_NO_MATCH);
	cr_assert_eq(answer(WAY(PROG("polycal"), CMD("telemetry"))), GUID_NO_MATCH);
	cr_assert_eq(answer(WAY(PROG("polycall"), CMD("telemetry"),
			     BRANCH("source=disk"))),
		GUID_NO_MATCH);
	cr_assert_eq(answer(WAY(PROG("polycall"), BRANCH("retry=yes"),
			     BRANCH("retry=yes"))),
		GUID_NO_MATCH);
	guid_of(WAY(PROG("polycall"), CMD("telemetry")), guid);
	search.user_ref = user;
	cr_assert_eq(find(guid).answer, GUID_NO_MATCH);
	search.user_ref = NULL;
	guid_key_derive(&other, bytes);
	search.key = &other;
	cr_assert_eq(find(guid).answer, GUID_NO_MATCH);
	search.key = &key;
	cr_assert_eq(find(guid).answer, GUID_MATCH);
}

Test(guid_search, finds_endings_and_forked_children)
{
	static const char *const outcomes[] = {"ok", "AUTH_FAILED"};

	polycall();
	search.outcomes = outcomes;
	search.noutcomes = 2;
	finds(WAY(PROG("polycall"), CMD("telemetry"), {GUID_OUTCOME, "AUTH_FAILED"}), 0);
	finds(WAY(PROG("polycall"), CMD("telemetry"), BRANCH("source=net"),
		      BRANCH("retry=yes"), {GUID_OUTCOME, "ok"}),
		0);
	finds(WAY(PROG("polycall"), {GUID_UNRESOLVED, GUID_UNRESOLVED_LABEL}),
		TRACE_NONE);
	finds(WAY(PROG("polycall"), CMD("telemetry"),
		      {GUID_UNRESOLVED, GUID_UNRESOLVED_LABEL},
		      {GUID_OUTCOME, "AUTH_FAILED"}),
		0);
	cr_assert_eq(answer(WAY(PROG("polycall"), {GUID_OUTCOME, "TIMEOUT"})),
		GUID_NO_MATCH);
	cr_assert_eq(answer(WAY(PROG("polycall"), CMD("telemetry"), {GUID_FORK, "2"})),
		GUID_NO_MATCH);
	search.nforks = 2;
	finds(WAY(PROG("polycall"), CMD("telemetry"), {GUID_FORK, "2"}), 0);
	finds(WAY(PROG("polycall"), BRANCH("source=net"), {GUID_FORK, "1"},
		      BRANCH("retry=no"), {GUID_OUTCOME, "ok"}),
		TRACE_NONE);
}

Test(guid_search, takes_one_program_when_told_to)
{
	add("one", TRACE_NONE, "go");
	add("two", TRACE_NONE, "go");
	finds(WAY(PROG("two"), CMD("go")), 1);
	search.program = "one";
	cr_assert_eq(answer(WAY(PROG("two"), CMD("go"))), GUID_NO_MATCH);
	finds(WAY(PROG("one"), CMD("go")), 0);
	search.program = "three";
	finds(WAY(PROG("three")), TRACE_NONE);
}

Test(guid_search, stops_at_its_budget_and_says_so)
{
	uint8_t guid[GUID_SIZE];
	struct guid_found found;

	polycall();
	guid_of(WAY(PROG("polycall"), CMD("telemetry"), CMD("status")), guid);
	search.budget = 3;
	found = find(guid);
	cr_assert_eq(found.answer, GUID_BUDGET_EXCEEDED);
	cr_assert_eq(found.ntags, 3);
	search.budget = 4;
	cr_assert_eq(find(guid).answer, GUID_MATCH);
	/* The very last way that there is, and a budget for just that. */
	search.budget = GUID_SEARCH_BUDGET;
	guid[31] ^= 1;
	found = find(guid);
	cr_assert_eq(found.answer, GUID_NO_MATCH);
	search.budget = found.ntags;
	cr_assert_eq(find(guid).answer, GUID_NO_MATCH);
	search.budget = found.ntags - 1;
	cr_assert_eq(find(guid).answer, GUID_BUDGET_EXCEEDED);
}

/* Points that part all ways there are: the short ones still come first. */
Test(guid_search, finds_short_ways_among_more_branches_than_it_can_walk)
{
	static const char *const points[] = {
		"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n"};
	uint8_t guid[GUID_SIZE];

	for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++)
		add_branch(points[i], "x", i == 3 ? NULL : "y");
	add_branch("no choice", NULL, NULL);
	add("p", TRACE_NONE, "first");
	add("p", TRACE_NONE, "last");
	finds(WAY(PROG("p"), CMD("last"), BRANCH("n=y"), BRANCH("a=x")), 1);
	guid_of(WAY(PROG("p"), CMD("none")), guid);
	cr_assert_eq(find(guid).answer, GUID_BUDGET_EXCEEDED);
}

Test(guid_search, skips_words_that_no_guid_can_have)
{
	static char word[GUID_LABEL_MAX + 2], point[GUID_LABEL_MAX];
	uint32_t parent;

	memset(word, 'x', GUID_LABEL_MAX + 1);
	memset(point, 'y', sizeof(point) - 1);
	parent = add("p", TRACE_NONE, word);
	add("p", parent, "below");
	add("p", TRACE_NONE, word + 1);
	add_branch(point, "ab", "");
	finds(WAY(PROG("p"), CMD(word + 1)), 2);
	finds(WAY(PROG("p"), BRANCH(arena_printf(&arena, "%s=", point))), TRACE_NONE);
	cr_assert_eq(answer(WAY(PROG("p"), CMD("below"))), GUID_NO_MATCH);
}

Test(guid_search, of_a_program_whose_name_is_too_long_finds_the_others)
{
	static char name[GUID_LABEL_MAX + 2];

	memset(name, 'x', GUID_LABEL_MAX + 1);
	add(name, TRACE_NONE, "go");
	add("p", TRACE_NONE, "go");
	finds(WAY(PROG("p"), CMD("go")), 1);
}

/* Each command once, each way once: as many hashes as it takes, and no more. */
Test(guid_search, hashes_what_it_must_and_no_more)
{
	uint8_t guid[GUID_SIZE];
	struct guid_found found;

	for (unsigned i = 0; i < MANY / 10; i++) {
		uint32_t top = add("p", TRACE_NONE, arena_printf(&arena, "c%u", i));

		for (unsigned j = 0; j < 9; j++)
			add("p", top, arena_printf(&arena, "s%u", j));
	}
	guid_of(WAY(PROG("p"), CMD("c999"), CMD("s8")), guid);
	found = find(guid);
	cr_assert_eq(found.answer, GUID_MATCH);
	cr_assert_eq(found.ntags, MANY + 1);
	cr_assert_eq(found.nsteps, MANY + 1);
}

Test(guid_search, accepts_no_guid_with_one_bit_changed)
{
	uint8_t guid[GUID_SIZE];

	polycall();
	guid_of(WAY(PROG("polycall"), CMD("telemetry"), CMD("status"),
			BRANCH("source=net")),
		guid);
	for (unsigned bit = 0; bit < 8 * GUID_SIZE; bit++) {
		guid[bit / 8] ^= (uint8_t)(1 << bit % 8);
		cr_expect_eq(find(guid).answer, GUID_NO_MATCH, "bit %u", bit);
		guid[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}
