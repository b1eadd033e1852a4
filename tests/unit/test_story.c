/* The order of a story, and which traces are one. */
#include "diff/story.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/json_check.h"

#include <criterion/criterion.h>
#include <string.h>

static struct story story;

static void init(void)
{
	story = (struct story){
		.processes = {.key_bytes = sizeof(const char *)},
		.asked = {.key_bytes = sizeof(const char *)},
	};
	story_links_init(&story.links);
	story.names.arena = &story.arena;
}

static void release(void)
{
	story_release(&story);
}

TestSuite(story, .init = init, .fini = release);

/* `name` is the process and the number in it: "a1". */
static void add(const char *name, uint64_t time_ns, uint64_t span_id, uint64_t parent_id)
{
	char process[2] = {name[0], 0};
	const char *interned = intern_string(&story.names, process);

	story.entries =
		grow(story.entries, story.nentries, &story.room, sizeof(*story.entries));
	story.entries[story.nentries++] = (struct story_entry){
		.time_ns = time_ns,
		.seq = (uint64_t)(name[1] - '0'),
		.process = key_table_add(&story.processes, &interned, NULL),
		.span_id = span_id,
		.parent_id = parent_id,
	};
}

static void expect(const char *order)
{
	char out[256] = "";

	story_order(&story);
	for (size_t i = 0; i < story.nentries; i++) {
		const struct story_entry *entry = &story.entries[i];
		const char *process =
			((const char **)story.processes.keys)[entry->process];

		snprintf(out + 3 * i, sizeof(out) - 3 * i, "%s%c ", process,
			(char)('0' + entry->seq));
	}
	cr_assert_str_eq(out, order);
}

Test(story, processes_are_merged_by_time)
{
	add("a1", 10, 0, 0);
	add("b1", 5, 0, 0);
	add("a2", 20, 0, 0);
	add("b2", 15, 0, 0);
	expect("b1 a1 b2 a2 ");
}

Test(story, numbers_and_not_clocks_order_a_process)
{
	add("a2", 5, 0, 0);
	add("a1", 50, 0, 0);
	add("a3", 1, 0, 0);
	expect("a1 a2 a3 ");
}

Test(story, nothing_comes_before_its_cause)
{
	add("a1", 100, 7, 0);
	add("a2", 200, 0, 0);
	add("b1", 40, 8, 7); /* its clock is late */
	add("b2", 50, 0, 0);
	expect("a1 b1 b2 a2 ");
	cr_assert_eq(story.entries[1].cause, 0);
	cr_assert_eq(story.entries[1].behind_ns, 60);
	cr_assert_eq(story.entries[1].depth, 1);
	cr_assert_eq(story.entries[2].depth, 0);
}

Test(story, depth_grows_from_process_to_process)
{
	add("a1", 1, 7, 0);
	add("b1", 2, 8, 7);
	add("b2", 3, 9, 8); /* a span inside: no deeper */
	add("c1", 4, 10, 9);
	expect("a1 b1 b2 c1 ");
	cr_assert_eq(story.entries[2].depth, 1);
	cr_assert_eq(story.entries[3].depth, 2);
}

Test(story, causes_in_a_circle_end)
{
	add("a1", 5, 1, 2);
	add("b1", 6, 2, 3);
	add("c1", 7, 3, 1);
	add("c2", 8, 0, 0);
	expect("a1 c1 b1 c2 ");
}

Test(story, many_wait_for_one)
{
	for (char process = 'b'; process < 'z'; process++) {
		char name[3] = {process, '1', 0};

		add(name, 1, 0, 7);
	}
	add("a1", 100, 7, 0);
	story_order(&story);
	cr_assert_eq(story.entries[0].span_id, 7);
	cr_assert_eq(story.entries[24].cause, 0);
	cr_assert_eq(story.entries[24].behind_ns, 99);
}

Test(story, of_nothing_is_nothing)
{
	story_order(&story);
	cr_assert_eq(story.nentries, 0);
}

static struct observed_trace trace_of(const char *id, const char *const *links, size_t n)
{
	return (struct observed_trace){.id = id, .links = links, .nlinks = n};
}

Test(story, links_join_traces_in_any_order)
{
	static const char a[] = "0000000000000000000000000000000a";
	static const char b[] = "0000000000000000000000000000000b";
	static const char c[] = "0000000000000000000000000000000c";
	static const char d[] = "0000000000000000000000000000000d";
	const char *const to_b[] = {b}, *const to_c[] = {c};
	struct observed_trace traces[] = {trace_of(c, NULL, 0), trace_of(d, NULL, 0),
		trace_of(a, to_b, 1), trace_of(b, to_c, 1)};

	for (size_t i = 0; i < 4; i++)
		story_links_trace(&story.links, &traces[i]);
	cr_assert_eq(story_links_of(&story.links, a), story_links_of(&story.links, c));
	cr_assert_neq(story_links_of(&story.links, a), story_links_of(&story.links, d));
	cr_assert_eq(story_links_of(&story.links, "0000000000000000000000000000000e"),
		STORY_NONE);
	cr_assert_eq(story_links_of(&story.links, "a"), STORY_NONE);
	cr_assert_eq(story_links_of(&story.links, NULL), STORY_NONE);
}
