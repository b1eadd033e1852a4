#include "core/route_id.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const telemetry_status[] = {"telemetry", "status"};

Test(route_id, is_the_one_that_other_implementations_compute)
{
	char id[ROUTE_ID_SIZE];

	cr_assert(route_id_of("polycall", telemetry_status, 2, id));
	cr_assert_str_eq(id, "1b8da86b23cb705d8f38e7220f4f76e4");
}

Test(route_id, goes_on_with_the_branches_taken)
{
	struct route_chain chain = {0};
	char id[ROUTE_ID_SIZE];

	cr_assert(route_chain_step(&chain, ROUTE_PROGRAM, "polycall"));
	cr_assert(route_chain_step(&chain, ROUTE_COMMAND, "telemetry"));
	cr_assert(route_chain_step(&chain, ROUTE_COMMAND, "status"));
	cr_assert(route_chain_branch(&chain, "source", "net"));
	route_chain_id(&chain, id);
	cr_assert_str_eq(id, "891b87ff1947e0503ae72bc3ec253d3e");
}

/* A copy of the parent's chain is all that a child needs. */
Test(route_id, of_a_child_is_one_step_from_its_parent)
{
	struct route_chain parent = {0}, status, start;
	char id[ROUTE_ID_SIZE], other[ROUTE_ID_SIZE];

	route_chain_step(&parent, ROUTE_PROGRAM, "polycall");
	route_chain_step(&parent, ROUTE_COMMAND, "telemetry");
	start = status = parent;
	route_chain_step(&start, ROUTE_COMMAND, "start");
	route_chain_step(&status, ROUTE_COMMAND, "status");
	route_chain_id(&status, id);
	cr_assert_str_eq(id, "1b8da86b23cb705d8f38e7220f4f76e4");
	route_chain_id(&start, other);
	cr_assert_str_neq(id, other);
}

Test(route_id, tells_apart_how_words_are_split_and_what_they_are)
{
	static const char *const words[][2] = {{"ab", "c"}, {"a", "bc"}, {"", "abc"},
		{"abc", ""}, {"c", "ab"}, {"telemetry", "status"}};
	char ids[6][ROUTE_ID_SIZE];
	struct route_chain command = {0}, branch = {0};

	for (size_t i = 0; i < 6; i++) {
		cr_assert(route_id_of("polycall", words[i], 2, ids[i]));
		cr_assert_eq(strlen(ids[i]), 32);
		for (size_t j = 0; j < i; j++)
			cr_assert_str_neq(ids[i], ids[j]);
	}
	route_chain_step(&command, ROUTE_COMMAND, "source=net");
	route_chain_branch(&branch, "source", "net");
	cr_assert(memcmp(command.state, branch.state, sizeof(branch.state)) != 0);
}

Test(route_id, of_no_words_is_the_programs_own)
{
	char ours[ROUTE_ID_SIZE], theirs[ROUTE_ID_SIZE];

	cr_assert(route_id_of("git", NULL, 0, ours));
	cr_assert(route_id_of("hg", NULL, 0, theirs));
	cr_assert_str_neq(ours, theirs);
}

Test(route_id, of_a_word_that_is_too_long_is_none)
{
	char word[ROUTE_LABEL_MAX + 2], id[ROUTE_ID_SIZE] = "before";
	const char *const tokens[] = {word};
	struct route_chain chain = {0}, before;

	memset(word, 'x', sizeof(word));
	word[ROUTE_LABEL_MAX + 1] = '\0';
	before = chain;
	cr_assert_not(route_id_of("git", tokens, 1, id));
	cr_assert_not(route_id_of(word, NULL, 0, id));
	cr_assert_str_eq(id, "before");
	cr_assert_not(route_chain_step(&chain, ROUTE_COMMAND, word));
	cr_assert_not(route_chain_branch(&chain, word, "y"));
	cr_assert_not(route_chain_branch(&chain, "y", word + 2));
	cr_assert(memcmp(&chain, &before, sizeof(chain)) == 0);
	cr_assert(route_id_of("git", (const char *const[]){word + 1}, 1, id));
	cr_assert(route_chain_branch(&chain, "y", word + 3));
}
