#include "analyzer/routes/dispatch.h"
#include "analyzer/routes/program.h"
#include "analyzer/routes/registrations_phrases.h"
#include "core/arena.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct dispatch_list list;

static void teardown(void)
{
	free(list.items);
	list = (struct dispatch_list){0};
	arena_release(&arena);
}

TestSuite(route_phrases, .fini = teardown);

/* One dispatch with an entry for each of the phrases; `;` parts other names. */
static const struct dispatch *split(const char *const *phrases, size_t count)
{
	struct routes_program program = {.arena = &arena};
	struct dispatch_entry *entries = arena_alloc(&arena, count * sizeof(*entries));

	for (size_t i = 0; i < count; i++) {
		const char **words = arena_alloc(&arena, 2 * sizeof(*words));
		const char *bar = strchr(phrases[i], ';');

		words[0] =
			bar ? arena_copy(&arena, phrases[i], (size_t)(bar - phrases[i]))
			    : phrases[i];
		words[1] = bar ? bar + 1 : NULL;
		entries[i] = (struct dispatch_entry){.words = words,
			.nwords = bar ? 2 : 1,
			.parent = DISPATCH_NONE,
			.sub = DISPATCH_NONE,
			.help = "help"};
	}
	dispatch_add(&list, (struct dispatch){.entries = entries, .nentries = count});
	phrases_split(&program, &list);
	return &list.items[list.count - 1];
}

/* The words down to an entry, parted by slashes. */
static const char *path_of(const struct dispatch *dispatch, uint32_t index)
{
	const struct dispatch_entry *entry = &dispatch->entries[index];
	const char *above =
		entry->parent == DISPATCH_NONE ? "" : path_of(dispatch, entry->parent);

	return arena_printf(&arena, "%s/%s", above, entry->words[0]);
}

static void check(const struct dispatch *dispatch, uint32_t index, const char *path,
	bool is_command)
{
	cr_assert_lt(index, dispatch->nentries);
	cr_expect_str_eq(path_of(dispatch, index), path);
	cr_expect_eq(dispatch->entries[index].help != NULL, is_command);
}

#define SPLIT(...)                                \
	split((const char *const[]){__VA_ARGS__}, \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

Test(route_phrases, single_words_stay)
{
	const struct dispatch *dispatch = SPLIT("show", "quit");

	cr_assert_eq(dispatch->nentries, 2);
	check(dispatch, 0, "/show", true);
	check(dispatch, 1, "/quit", true);
}

Test(route_phrases, words_become_levels_that_are_shared)
{
	const struct dispatch *dispatch = SPLIT("show ip route", "show ip fib");

	cr_assert_eq(dispatch->nentries, 4);
	check(dispatch, 0, "/show/ip/route", true);
	check(dispatch, 1, "/show/ip/fib", true);
	check(dispatch, 2, "/show", false);
	check(dispatch, 3, "/show/ip", false);
}

Test(route_phrases, a_command_is_the_level_of_those_below_it)
{
	const struct dispatch *dispatch = SPLIT("show ip", "show");

	cr_assert_eq(dispatch->nentries, 2);
	check(dispatch, 0, "/show/ip", true);
	check(dispatch, 1, "/show", true);
}

Test(route_phrases, what_a_user_fills_in_is_no_word)
{
	const struct dispatch *dispatch =
		SPLIT("show ip route [A.B.C.D <json|brief>] detail",
			"neighbor <A.B.C.D|WORD> remote-as (1-4294967295)",
			"no ping WORD...");

	check(dispatch, 0, "/show/ip/route/detail", true);
	check(dispatch, 1, "/neighbor/remote-as", true);
	check(dispatch, 2, "/no/ping", true);
}

Test(route_phrases, other_names_have_levels_of_their_own)
{
	const struct dispatch *dispatch = SPLIT("show version;display version");

	cr_assert_eq(dispatch->nentries, 4);
	check(dispatch, 0, "/show/version", true);
	check(dispatch, 3, "/display/version", true);
}

Test(route_phrases, a_phrase_without_a_word_stays_as_it_is)
{
	const struct dispatch *dispatch = SPLIT("A.B.C.D WORD");

	cr_assert_eq(dispatch->nentries, 1);
	cr_expect_str_eq(dispatch->entries[0].words[0], "A.B.C.D WORD");
}

Test(route_phrases, a_text_of_many_words_is_left_alone)
{
	const struct dispatch *dispatch =
		SPLIT("a b c d e f g h i j k l m n o p q r s t u v w x y z");

	cr_assert_eq(dispatch->nentries, 1);
}

Test(route_phrases, a_command_is_told_from_a_sentence)
{
	cr_expect(phrases_is("show ip route"));
	cr_expect(phrases_is("neighbor A.B.C.D activate"));
	cr_expect_not(phrases_is("quit"));
	cr_expect_not(phrases_is("Exit the program"));
	cr_expect_not(phrases_is("exit the program."));
	cr_expect_not(phrases_is("list files, one a line"));
	cr_expect_not(phrases_is("show\nversion information\n"));
	cr_expect_not(phrases_is(""));
}
