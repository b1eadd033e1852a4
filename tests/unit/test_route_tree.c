#include "core/route_tree.h"

#include "core/arena.h"
#include "core/text.h"
#include "core/trace.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;
static struct route routes[16];
static struct static_trace trace = {.routes = routes};
static struct route_tree tree;

/* Add a route: `words` are parted by spaces, `alias` may be NULL. */
static struct route *add(const char *program, const char *words, uint32_t parent,
	const char *alias)
{
	struct route *route = &routes[trace.nroutes++];
	const char **tokens = arena_alloc(&arena, 8 * sizeof(*tokens));
	const char **aliases = arena_alloc(&arena, sizeof(*aliases));
	char *copy = arena_strdup(&arena, words), *save = NULL;

	for (char *word = strtok_r(copy, " ", &save); word;
		word = strtok_r(NULL, " ", &save))
		tokens[route->ntokens++] = word;
	aliases[0] = alias;
	*route = (struct route){.program = program,
		.tokens = tokens,
		.ntokens = route->ntokens,
		.aliases = aliases,
		.naliases = alias != NULL,
		.parent = parent,
		.match = "exact",
		.handler = TRACE_NONE,
		.reached_from = TRACE_NONE};
	return route;
}

/* git: branch, remote (rem), remote add, remote set url; hg: add. */
static void setup(void)
{
	trace.nroutes = 0;
	memset(routes, 0, sizeof(routes));
	add("git", "branch", TRACE_NONE, NULL);
	add("git", "remote", TRACE_NONE, "rem");
	add("git", "remote add", 1, "new");
	add("git", "remote set url", 1, NULL);
	add("hg", "add", TRACE_NONE, NULL);
	route_tree_init(&tree, &arena, &trace);
}

static void teardown(void)
{
	arena_release(&arena);
}

TestSuite(route_tree, .init = setup, .fini = teardown);

static bool find(uint32_t program, const char *const *words, struct route_found *out)
{
	struct route_words typed = {words, 0};

	while (words[typed.count])
		typed.count++;
	return route_tree_find(&tree, &arena, program, typed, out);
}

static void check_found(const char *const *words, uint32_t expected)
{
	struct route_found found;

	cr_expect(find(0, words, &found), "not found: %s", words[0]);
	cr_expect_eq(found.route, expected);
}

static void check_lost(const char *const *words, uint32_t last, size_t nwords)
{
	struct route_found found;

	cr_expect_not(find(0, words, &found), "found: %s", words[0]);
	cr_expect_eq(found.route, last);
	cr_expect_eq(found.nwords, nwords);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void check_label(const struct route *route, bool all, const char *expected)
{
	scoped_text label = {0};

	route_tree_label(&tree, route, all, &label);
	cr_expect_str_eq(text_string(&label), expected);
}

Test(route_tree, words_lead_to_a_command)
{
	check_found(WORDS("branch"), 0);
	check_found(WORDS("remote"), 1);
	check_found(WORDS("remote", "add"), 2);
}

Test(route_tree, other_names_of_a_word_will_do)
{
	check_found(WORDS("rem", "add"), 2);
	check_found(WORDS("remote", "new"), 2);
}

Test(route_tree, a_command_may_be_several_words_from_its_parent)
{
	check_found(WORDS("remote", "set", "url"), 3);
	check_lost(WORDS("remote", "set"), 1, 1);
	check_lost(WORDS("remote", "set", "uri"), 1, 1);
}

Test(route_tree, says_how_far_words_lead)
{
	check_lost(WORDS("remote", "del"), 1, 1);
	check_lost(WORDS("remote", "add", "x"), 2, 2);
	check_lost(WORDS("nothing"), TRACE_NONE, 0);
	check_lost(WORDS("add"), TRACE_NONE, 0); /* of another program */
}

Test(route_tree, case_and_beginnings_count_as_the_program_says)
{
	struct route_found found;

	check_lost(WORDS("BRANCH"), TRACE_NONE, 0);
	check_lost(WORDS("bran"), TRACE_NONE, 0);
	routes[0].match = "icase";
	check_found(WORDS("BRANCH"), 0);
	check_lost(WORDS("bran"), TRACE_NONE, 0);
	routes[0].match = "unique-prefix";
	routes[1].match = "first-prefix";
	check_found(WORDS("bran"), 0);
	check_found(WORDS("r", "add"), 2);
	cr_expect_not(find(0, WORDS(""), &found));
}

Test(route_tree, a_beginning_of_several_names_is_told)
{
	struct route_found found;

	routes[0].match = routes[1].match = "unique-prefix";
	routes[0].tokens = WORDS("re");
	check_found(WORDS("re"), 0); /* the name itself wins */
	cr_expect_not(find(0, WORDS("r"), &found));
	cr_expect_eq(found.several.count, 2);
	cr_expect_eq(found.several.items[1], 1);
}

Test(route_tree, a_default_is_found_by_no_word)
{
	add("vi", "", TRACE_NONE, NULL)->is_default = true;
	route_tree_init(&tree, &arena, &trace);
	cr_assert_eq(tree.nprograms, 3);
	cr_expect_not(find(2, WORDS("vi"), &(struct route_found){0}));
	cr_expect(find(2, (const char *const[]){NULL}, &(struct route_found){0}));
}

Test(route_tree, the_mark_of_a_default_is_no_word)
{
	add("vi", "<default>", TRACE_NONE, NULL)->is_default = true;
	add("vi", "<default>", TRACE_NONE, NULL);
	route_tree_init(&tree, &arena, &trace);
	cr_expect_eq(route_nwords(&routes[5]), 0);
	cr_expect_eq(route_nwords(&routes[6]), 1);
	cr_expect_not(find(2, WORDS("<default>", "x"), &(struct route_found){0}));
	check_label(&routes[5], true, "<default>");
	check_label(&routes[5], false, "<default>");
}

Test(route_tree, lists_each_command_before_what_is_below_it)
{
	struct index_list all, part;

	all = route_tree_list(&tree, &arena, (struct route_part){0, TRACE_NONE});
	part = route_tree_list(&tree, &arena, (struct route_part){0, 1});
	cr_assert_eq(all.count, 4);
	for (uint32_t i = 0; i < 4; i++)
		cr_assert_eq(all.items[i], i);
	cr_assert_eq(part.count, 3);
	cr_assert_eq(part.items[0], 1);
	cr_assert_eq(tree.depths[3], 1);
	cr_assert_eq(route_tree_program(&tree, "hg"), 1);
	cr_assert_eq(route_tree_program(&tree, "svn"), TRACE_NONE);
}

Test(route_tree, of_no_routes_has_no_programs)
{
	struct static_trace nothing = {0};

	route_tree_init(&tree, &arena, &nothing);
	cr_assert_eq(tree.nprograms, 0);
}

Test(route_tree, labels_say_what_is_typed)
{
	scoped_text name = {0};

	check_label(&routes[2], false, "add (new)");
	check_label(&routes[2], true, "remote add (new)");
	check_label(&routes[3], false, "set url");
	routes[1].is_default = true;
	check_label(&routes[1], true, "remote <default> (rem)");
	route_name(&routes[3], &name);
	cr_expect_str_eq(text_string(&name), "git remote set url");
}
