#include "core/call_way.h"

#include "core/arena.h"
#include "core/trace.h"

#include <criterion/criterion.h>

Test(call_way, the_way_of_a_plain_call_is_not_worth_a_word)
{
	const struct call calls[] = {
		{.via = "direct", .confidence = 1},
		{.via = "direct", .confidence = 0.5},
		{.via = "alias", .confidence = 1},
		{.via = "flow", .confidence = 0.75},
		{.via = "model", .confidence = 0.9, .through = "qsort"},
	};
	static const char *const ways[] = {
		"", "ambiguous 0.50", "alias", "flow 0.75", "model 0.90 through qsort"};

	struct arena arena = {0};

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		cr_expect_str_eq(call_way(&calls[i], &arena), ways[i]);
	arena_release(&arena);
}
