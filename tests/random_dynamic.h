/*
 * A dynamic trace of random content that refers only to what exists, for property tests.
 * What has the same id is the same thing in any of them, seen more or less far.
 */
#ifndef PCARCH_TESTS_RANDOM_DYNAMIC_H
#define PCARCH_TESTS_RANDOM_DYNAMIC_H

#include "core/dynamic_builder.h"
#include "tests/random_trace.h"

static inline void random_processes(struct random_trace *random,
	struct dynamic_builder *builder, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t number = random_below(random, 8);
		struct loaded_object object = {random_name(random, "lib"),
			random_below(random, 2) ? "0af1" : NULL};
		struct drop drop = {random_name(random, "reason"), random_number(random)};
		struct process process = {
			.id = arena_printf(random->arena, "%016zx", number),
			.pid = (uint32_t)number + 1,
			.parent = (uint32_t)number / 2,
			.program = "program",
			.mode = (enum process_mode)(number % 5),
			.start_us = number * 1000,
			.end_us = random_below(random, 3) * 5000,
			.status = (int)random_below(random, 4) - 1,
			.is_complete = random_below(random, 2),
			.tick_us = random_below(random, 2) ? 1000 : 0,
			.drops = &drop,
			.ndrops = random_below(random, 2),
			.objects = &object,
			.nobjects = random_below(random, 2),
		};

		process.run = dynamic_builder_run(builder,
			arena_printf(random->arena, "run%zu", number % 3));
		dynamic_builder_process(builder, &process);
		if (number % 2)
			dynamic_builder_source(builder, process.run,
				random_name(random, "source"));
	}
}

static inline uint32_t random_dynamic_function(struct random_trace *random,
	struct dynamic_builder *builder)
{
	struct function fn = {
		.module = "src/module",
		.name = random_name(random, "function"),
		.file = random_below(random, 3) ? "src/module.c" : "",
		.arity = (unsigned)random_below(random, 3),
		.line = (unsigned)random_below(random, 9),
		.type = (enum function_type)random_below(random, 4),
	};

	return dynamic_builder_function(builder, &fn);
}

static inline void random_dynamic_calls(struct random_trace *random,
	struct dynamic_builder *builder, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool has_caller = random_below(random, 4);
		struct observed_call call = {
			.caller = has_caller ? random_dynamic_function(random, builder)
					     : (uint32_t)TRACE_NONE,
			.callee = random_dynamic_function(random, builder),
			.file = random_below(random, 4) ? "src/module.c" : NULL,
			.line = (unsigned)random_below(random, 9),
			.column = (unsigned)random_below(random, 2),
			.root = (enum call_root)(has_caller ? 0
							    : random_below(random, 6)),
			.is_inlined = random_below(random, 5) == 0,
			.through = has_caller ? NULL : random_optional(random, "lib:f"),
		};
		struct call_share share = {
			.run = (uint32_t)random_below(random, builder->run_keys.count),
			.count = random_below(random, 9) ? random_number(random)
							 : DYNAMIC_MAX,
			.total_us = random_number(random),
		};

		dynamic_builder_count(builder, &call, &share);
	}
}

static inline void random_dynamic_route(struct random_trace *random,
	struct dynamic_builder *builder)
{
	static const char *const tokens[] = {"remote", "add"};
	struct covered_route route = {
		.id = random_below(random, 3) ? "1b8da86b23cb705d8f38e7220f4f76e4" : NULL,
		.program = random_below(random, 2) ? "git" : "scalar",
		.tokens = tokens,
		.ntokens = random_below(random, 3),
		.is_default = random_below(random, 2),
	};
	struct route_share share = {
		.run = (uint32_t)random_below(random, builder->run_keys.count),
		.count = random_below(random, 3) ? random_number(random) : 0,
		.undecided = random_below(random, 3) ? 0 : DYNAMIC_MAX,
	};

	dynamic_builder_route(builder, &route, &share);
}

static inline void random_dynamic_trace(struct random_trace *random,
	struct dynamic_builder *builder)
{
	size_t number = random_below(random, 4);
	const char *link = arena_printf(random->arena, "%032zx", random_below(random, 4));
	struct metadata metadata = {"key", "value"};
	struct span spans[3];
	struct observed_trace trace = {
		.id = arena_printf(random->arena, "%032zx", number),
		.guid = number % 2 ? "0123" : NULL,
		.route_id = number > 1 ? "1b8da86b23cb705d8f38e7220f4f76e4" : NULL,
		.route = number > 1 ? "git remote add" : NULL,
		.entry_point = number ? "cli_0" : NULL,
		.spans = spans,
		.nspans = random_below(random, 4),
		.links = &link,
		.nlinks = random_below(random, 2),
	};

	for (size_t i = 0; i < trace.nspans; i++) {
		size_t id = number * 10 + random_below(random, 5);

		spans[i] = (struct span){
			.id = arena_printf(random->arena, "%016zx", id),
			.parent = id % 2 ? "00f067aa0ba902b7" : NULL,
			.process = 0,
			.function = TRACE_NONE,
			.name = arena_printf(random->arena, "section%zu", id),
			.start_us = id * 100,
			.duration_us = random_below(random, 1000),
			.metadata = &metadata,
			.nmetadata = id % 2,
		};
	}
	dynamic_builder_trace(builder, &trace);
}

static inline struct dynamic_trace random_dynamic(struct random_trace *random,
	size_t size)
{
	scoped_builder builder;
	struct dynamic_trace trace;

	dynamic_builder_init(&builder, random->arena);
	dynamic_builder_run(&builder, "run0");
	dynamic_builder_process(&builder,
		&(struct process){.id = "first", .program = "p", .status = 3});
	random_processes(random, &builder, random_below(random, 6));
	random_dynamic_calls(random, &builder, size);
	for (size_t i = random_below(random, 6); i > 0; i--)
		random_dynamic_route(random, &builder);
	for (size_t i = random_below(random, 4); i > 0; i--)
		random_dynamic_trace(random, &builder);
	if (size)
		dynamic_builder_entry(&builder,
			&(struct covered_entry){"cli_0", "cli", 0});
	dynamic_builder_finish(&builder, "0.1.0", &trace);
	return trace;
}

#endif
