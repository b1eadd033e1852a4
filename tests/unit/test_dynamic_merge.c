#include "core/dynamic_merge.h"

#include "core/dynamic_json.h"
#include "tests/random_dynamic.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct dynamic_trace merge(struct arena *arena, const struct dynamic_trace *a,
	const struct dynamic_trace *b)
{
	scoped_builder builder;
	struct dynamic_trace merged;

	dynamic_builder_init(&builder, arena);
	dynamic_merge(&builder, a);
	dynamic_merge(&builder, b);
	dynamic_builder_finish(&builder, "0.1.0", &merged);
	return merged;
}

static char *written(const struct dynamic_trace *trace)
{
	char *bytes;
	size_t size;
	FILE *stream = open_memstream(&bytes, &size);

	cr_assert(dynamic_json_write(trace, stream));
	fclose(stream);
	return bytes;
}

static void check_same(const struct dynamic_trace *a, const struct dynamic_trace *b,
	const char *law, unsigned seed)
{
	char *left = written(a), *right = written(b);

	cr_assert(strcmp(left, right) == 0, "not %s, seed %u:\n%s\n%s", law, seed, left,
		right);
	free(left);
	free(right);
}

Test(dynamic_merge, is_associative_order_free_and_idempotent)
{
	for (unsigned seed = 0; seed < 300; seed++) {
		struct arena arena = {0};
		struct random_trace random = {&arena, seed, seed % 2};
		struct dynamic_trace a = random_dynamic(&random, seed % 30);
		struct dynamic_trace b = random_dynamic(&random, seed % 17);
		struct dynamic_trace c = random_dynamic(&random, seed % 9);
		struct dynamic_trace ab = merge(&arena, &a, &b),
				     ba = merge(&arena, &b, &a);
		struct dynamic_trace bc = merge(&arena, &b, &c);
		struct dynamic_trace ab_c = merge(&arena, &ab, &c);
		struct dynamic_trace a_bc = merge(&arena, &a, &bc);
		struct dynamic_trace aa = merge(&arena, &a, &a);
		struct dynamic_trace ab_a = merge(&arena, &ab, &a);

		check_same(&ab, &ba, "order-free", seed);
		check_same(&ab_c, &a_bc, "associative", seed);
		check_same(&aa, &a, "idempotent", seed);
		check_same(&ab_a, &ab, "absorbing", seed);
		arena_release(&arena);
	}
}

static struct dynamic_trace one_call(struct arena *arena, const char *run, uint64_t count)
{
	scoped_builder builder;
	struct observed_call call = {.caller = TRACE_NONE};
	struct call_share share = {.count = count, .total_us = count * 10};
	struct dynamic_trace trace;

	dynamic_builder_init(&builder, arena);
	share.run = dynamic_builder_run(&builder, run);
	call.callee = dynamic_builder_function(&builder,
		&(struct function){.module = "m", .name = "f", .file = "m.c", .line = 1});
	dynamic_builder_count(&builder, &call, &share);
	dynamic_builder_finish(&builder, "0.1.0", &trace);
	return trace;
}

Test(dynamic_merge, counts_of_different_runs_are_added)
{
	struct arena arena = {0};
	struct dynamic_trace a = one_call(&arena, "a", 3), b = one_call(&arena, "b", 4);
	struct dynamic_trace both = merge(&arena, &a, &b);

	cr_assert_eq(both.ncalls, 1);
	cr_assert_eq(both.calls[0].count, 7);
	cr_assert_eq(both.calls[0].total_us, 70);
	cr_assert_eq(both.calls[0].nshares, 2);
	arena_release(&arena);
}

static struct dynamic_trace one_route(struct arena *arena, const char *run,
	uint64_t count)
{
	scoped_builder builder;
	struct covered_route route = {.id = "1b", .program = "git"};
	struct route_share share = {.count = count, .undecided = 10 - count};
	struct dynamic_trace trace;

	dynamic_builder_init(&builder, arena);
	share.run = dynamic_builder_run(&builder, run);
	dynamic_builder_route(&builder, &route, &share);
	dynamic_builder_finish(&builder, "0.1.0", &trace);
	return trace;
}

Test(dynamic_merge, routes_of_different_runs_are_added_and_those_of_one_are_not)
{
	struct arena arena = {0};
	struct dynamic_trace a = one_route(&arena, "a", 3), b = one_route(&arena, "b", 0);
	struct dynamic_trace later = one_route(&arena, "a", 4);
	struct dynamic_trace both = merge(&arena, &a, &b);

	cr_assert_eq(both.nroutes, 1);
	cr_assert_eq(both.routes[0].count, 3);
	cr_assert_eq(both.routes[0].undecided, 17);
	cr_assert_eq(dynamic_covered_count(&both), 1);
	cr_assert_eq(dynamic_covered_count(&b), 0);
	both = merge(&arena, &both, &later);
	cr_assert_eq(both.routes[0].count, 4);
	cr_assert_eq(both.routes[0].nshares, 2);
	arena_release(&arena);
}

Test(dynamic_merge, the_later_look_at_one_run_stays)
{
	struct arena arena = {0};
	struct dynamic_trace a = one_call(&arena, "a", 3), b = one_call(&arena, "a", 4);
	struct dynamic_trace both = merge(&arena, &b, &a);

	cr_assert_eq(both.calls[0].count, 4);
	cr_assert_eq(both.calls[0].nshares, 1);
	arena_release(&arena);
}

Test(dynamic_merge, a_count_stops_where_numbers_are_exact)
{
	struct arena arena = {0};
	struct dynamic_trace a = one_call(&arena, "a", DYNAMIC_MAX);
	struct dynamic_trace b = one_call(&arena, "b", 5);
	struct dynamic_trace both = merge(&arena, &a, &b);

	cr_assert_eq(both.calls[0].count, DYNAMIC_MAX);
	arena_release(&arena);
}
