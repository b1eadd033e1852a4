#include "tracer/collect.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "scratch.h"
#include "tests/fake_recording.h"

#include <criterion/criterion.h>

/* Object files that are not there: what is known of functions is where they are. */
static struct arena arena;
static struct collect_report report;

static void tear_down(void)
{
	arena_release(&arena);
	scratch_remove();
}

TestSuite(collect, .init = scratch_make, .fini = tear_down);

static void write_fake(const char *name, const struct fake_recording *fake)
{
	FILE *out = fopen(scratch_path(name), "w");

	cr_assert_not_null(out);
	cr_assert_eq(fwrite(fake, sizeof(*fake), 1, out), 1);
	cr_assert_eq(fclose(out), 0);
}

static struct fake_recording sample(uint64_t id, uint64_t count)
{
	struct fake_recording fake = fake_recording(id);
	unsigned ours = fake_object(&fake, "/no/such/ours", RECORDING_OBJECT_REGISTERED);
	unsigned library = fake_object(&fake, "/no/such/libx.so", 0);

	fake_edge(&fake, ours, 0x1100, ours, 0x1200, count);
	fake_edge(&fake, library, 0x9000, ours, 0x1300, 1);
	return fake;
}

static struct dynamic_trace collect_all(void)
{
	const struct collect_options options = {
		.directory = scratch_dir, .run = "run", .tool_version = "0.1.0"};
	struct dynamic_trace trace;
	struct error err;

	cr_assert(collect(&arena, &options, &trace, &report, &err), "%s", err.text);
	return trace;
}

static const struct observed_call *find(const struct dynamic_trace *trace,
	const char *callee)
{
	for (size_t i = 0; i < trace->ncalls; i++)
		if (strcmp(trace->functions[trace->calls[i].callee].name, callee) == 0)
			return &trace->calls[i];
	return NULL;
}

Test(collect, adds_what_processes_count)
{
	struct fake_recording a = sample(1, 3), b = sample(2, 4);
	struct dynamic_trace trace;

	write_fake("1-1-0.pcrec", &a);
	write_fake("2-2-0.pcrec", &b);
	trace = collect_all();
	cr_assert_eq(trace.nprocesses, 2);
	cr_assert_eq(trace.ncalls, 2);
	cr_assert_eq(find(&trace, "+0x1200")->count, 7);
	cr_assert(dynamic_is_complete(&trace));
	cr_assert_eq(trace.processes[0].end_us - trace.processes[0].start_us, 2000);
}

Test(collect, times_are_those_of_calls_that_were_counted)
{
	struct fake_recording fake = sample(1, 3);
	struct dynamic_trace trace;

	fake.times[0] = fake.edges[0];
	fake.times[0].count = 5;
	fake.times[1] = fake.edges[0];
	fake.times[1].site += 4;
	write_fake("1-1-0.pcrec", &fake);
	fake.header.id[0]++;
	fake.times[0].count = UINT64_MAX;
	fake.header.tick_ns = UINT64_MAX;
	write_fake("2-2-0.pcrec", &fake);
	trace = collect_all();
	cr_assert_eq(trace.ncalls, 2, "a time alone is no call");
	cr_assert_eq(find(&trace, "+0x1300")->total_us, 0);
	cr_assert_eq(find(&trace, "+0x1200")->total_us, DYNAMIC_MAX);
	cr_assert_eq(trace.processes[0].tick_us, 1000);
	remove(scratch_path("2-2-0.pcrec"));
	trace = collect_all();
	cr_assert_eq(find(&trace, "+0x1200")->total_us, 5000);
}

Test(collect, says_what_it_does_not_know)
{
	struct fake_recording fake = sample(1, 3);
	struct dynamic_trace trace;

	write_fake("1-1-0.pcrec", &fake);
	trace = collect_all();
	cr_assert_str_eq(find(&trace, "+0x1300")->through, "libx.so");
	cr_assert_eq(find(&trace, "+0x1300")->caller, TRACE_NONE);
	cr_assert_eq(trace.functions[0].type, FUNCTION_UNKNOWN);
	cr_assert_str_eq(trace.functions[0].module, "ours");
	cr_assert_eq(report.nproblems, 1, "one for the object of ours");
	cr_assert(strstr(report.problems[0], "/no/such/ours"));
}

Test(collect, goes_on_where_a_recording_is_damaged)
{
	struct fake_recording a = sample(1, 3), b = sample(2, 4);
	struct dynamic_trace trace;

	b.header.objects.offset = UINT64_MAX;
	write_fake("1-1-0.pcrec", &a);
	write_fake("2-2-0.pcrec", &b);
	scratch_write("3-3-0.pcrec", "");
	scratch_write("notes.txt", "not ours");
	trace = collect_all();
	cr_assert_eq(trace.nprocesses, 1);
	cr_assert_eq(report.nrecordings, 3);
	cr_assert_eq(report.ndamaged, 2);
}

Test(collect, a_process_that_lost_calls_is_not_complete)
{
	struct fake_recording fake = sample(1, 3);
	struct dynamic_trace trace;

	fake.header.drops[RECORDING_DROP_SPAN_LIMIT] = 9;
	write_fake("1-1-0.pcrec", &fake);
	trace = collect_all();
	cr_assert(dynamic_is_complete(&trace), "spans have limits");
	fake.header.drops[RECORDING_DROP_EDGE_OVERFLOW] = 2;
	fake.header.drops[RECORDING_DROPS_ROOM - 1] = 1;
	write_fake("1-1-0.pcrec", &fake);
	trace = collect_all();
	cr_assert_not(dynamic_is_complete(&trace));
	cr_assert_eq(trace.processes[0].ndrops, 3);
	cr_assert_str_eq(trace.processes[0].drops[0].reason, "edge_overflow");
	cr_assert_str_eq(trace.processes[0].drops[1].reason, "other_23");
}

Test(collect, a_program_that_is_not_instrumented_is_no_process)
{
	struct fake_recording fake = fake_recording(1);
	struct dynamic_trace trace;

	fake.header.state = RECORDING_READY;
	fake_object(&fake, "/bin/sh", 0);
	write_fake("1-1-0.pcrec", &fake);
	trace = collect_all();
	cr_assert_eq(trace.nprocesses, 0);
	cr_assert_eq(report.nbare, 1);
}

static struct recording_span span(uint64_t callee, uint64_t start_ns, uint64_t end_ns,
	uint64_t parent)
{
	return (struct recording_span){
		.callee = callee + (1 << 20),
		.site = 0x1100 + (1 << 20),
		.start_ns = start_ns,
		.last_ns = start_ns + 1000,
		.end_ns = end_ns,
		.parent = parent,
	};
}

Test(collect, spans_know_their_parents_and_their_trace_through_nesting)
{
	struct fake_recording fake = sample(1, 3);
	struct dynamic_trace trace;

	fake.header.end_ns = 0;
	fake.header.traces_started = 2;
	fake.traces[0] = (struct recording_trace){
		.number = 1, .state = RECORDING_TRACE_OPEN, .nspans = 2};
	fake.traces[0].spans[0] = span(0x1200, 1500, 0, RECORDING_NO_PARENT);
	fake.traces[0].spans[1] = span(0x1300, 2500, 50500, 0);
	fake.traces[1] = (struct recording_trace){.number = 2,
		.state = RECORDING_TRACE_DONE,
		.nspans = 1,
		.parent_trace = 1,
		.parent_span = 1};
	fake.traces[1].spans[0] = span(0x1400, 3500, 4500, RECORDING_NO_PARENT);
	write_fake("1-1-0.pcrec", &fake);
	trace = collect_all();
	cr_assert_eq(trace.ntraces, 1, "both are of one execution");
	cr_assert_eq(trace.traces[0].nspans, 3);
	cr_assert_null(trace.traces[0].spans[0].parent);
	cr_assert_str_eq(trace.traces[0].spans[1].parent, trace.traces[0].spans[0].id);
	cr_assert_str_eq(trace.traces[0].spans[2].parent, trace.traces[0].spans[1].id);
	cr_assert_eq(trace.traces[0].spans[0].duration_us, 49,
		"as long, at least, as what is inside");
	cr_assert_str_eq(trace.traces[0].spans[0].metadata[0].value, "not_seen");
}

Test(collect, spans_that_refer_to_nothing_or_are_too_many_do_no_harm)
{
	struct fake_recording fake = sample(1, 3);
	struct dynamic_trace trace;

	fake.header.traces_started = 1;
	fake.traces[0] = (struct recording_trace){.number = 1,
		.state = RECORDING_TRACE_OPEN,
		.nspans = UINT64_MAX,
		.parent_trace = 1,
		.parent_span = UINT64_MAX};
	for (size_t i = 0; i < RECORDING_TRACE_SPANS; i++)
		fake.traces[0].spans[i] = span(0x1200, 1500, 0, i + 7);
	fake.traces[0].spans[3].info = recording_info(9, 9, 255, 0);
	write_fake("1-1-0.pcrec", &fake);
	trace = collect_all();
	cr_assert_eq(trace.traces[0].nspans, RECORDING_TRACE_SPANS - 1);
}

/* started = exported + in flight + dropped, with a thread between two steps at most. */
Test(collect, traces_that_do_not_add_up_are_a_problem)
{
	static const struct {
		uint64_t started, evicted, sampled;
		bool is_problem;
	} cases[] = {{1, 0, 0, false}, {6, 2, 3, false}, {3, 0, 0, true}, {0, 0, 0, true},
		{5, 2, 3, true}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fake_recording fake = sample(1, 3);
		size_t least;

		write_fake("1-1-0.pcrec", &fake);
		collect_all();
		least = report.nproblems;
		fake.header.state |= RECORDING_EXITED;
		fake.header.traces_started = cases[i].started;
		fake.header.drops[RECORDING_DROP_TRACE_EVICTED] = cases[i].evicted;
		fake.header.drops[RECORDING_DROP_SAMPLED] = cases[i].sampled;
		fake.traces[0] = (struct recording_trace){
			.number = 1, .state = RECORDING_TRACE_DONE, .nspans = 1};
		fake.traces[0].spans[0] = span(0x1200, 1500, 2500, RECORDING_NO_PARENT);
		write_fake("1-1-0.pcrec", &fake);
		collect_all();
		cr_expect_eq(report.nproblems - least, cases[i].is_problem,
			"case %zu: %zu problems", i, report.nproblems);
	}
}

/* main() runs the command "get" twice, and is called "tool get". */
static const struct function functions[] = {
	{.name = "+0x1200", .file = "main.c", .module = "main"},
	{.name = "+0x1300", .file = "get.c", .module = "get"},
};
static const char *const get_tokens[] = {"get"}, *const put_tokens[] = {"put"};
static const struct route commands[] = {
	{.program = "program",
		.tokens = get_tokens,
		.ntokens = 1,
		.parent = TRACE_NONE,
		.match = "exact",
		.pattern = "table",
		.handler = 1,
		.route_id = "9e7",
		.reached_from = 0},
	{.program = "program",
		.tokens = put_tokens,
		.ntokens = 1,
		.parent = TRACE_NONE,
		.match = "exact",
		.pattern = "table",
		.handler = 1,
		.route_id = "9f8",
		.reached_from = 0},
};
static const struct entry_point entry = {.id = "cli_0", .type = "cli", .function = 0};
static const struct static_trace program = {
	.functions = functions,
	.nfunctions = 2,
	.routes = commands,
	.nroutes = 2,
	.entry_points = &entry,
	.nentry_points = 1,
};

static struct dynamic_trace collect_commands_of(struct fake_recording *fake,
	bool has_word)
{
	const struct collect_options options = {.directory = scratch_dir,
		.run = "run",
		.tool_version = "0.1.0",
		.program = &program};
	struct dynamic_trace trace;
	struct error err;

	fake->header.traces_started = 2;
	fake->header.has_words = 1;
	fake->header.nwords = has_word;
	fake->header.words[0] = fake_string(fake, "get");
	for (uint64_t i = 0; i < 2; i++) {
		fake->traces[i] = (struct recording_trace){.number = i + 1,
			.state = RECORDING_TRACE_DONE,
			.nspans = 1,
			.parent_trace = i,
			.parent_span = i ? 0 : RECORDING_NO_PARENT};
		fake->traces[i].spans[0] = span(i ? 0x1300 : 0x1200, 1500 + i * 1000,
			9500, RECORDING_NO_PARENT);
	}
	fake->traces[0].execution.guid[31] = 0xa5;
	write_fake("1-1-0.pcrec", fake);
	cr_assert(collect(&arena, &options, &trace, &report, &err), "%s", err.text);
	return trace;
}

Test(collect, the_command_that_was_typed_is_a_part_of_the_trace_of_the_process)
{
	struct fake_recording fake = sample(1, 3);
	struct dynamic_trace trace = collect_commands_of(&fake, true);

	cr_assert_eq(trace.ntraces, 1);
	cr_assert_eq(trace.traces[0].nspans, 2);
	cr_assert_str_eq(trace.traces[0].route, "program get");
	cr_assert_str_eq(trace.traces[0].route_id, "9e7");
	cr_assert_str_eq(trace.traces[0].entry_point, "cli_0");
	cr_assert_str_eq(trace.traces[0].guid,
		"00000000000000000000000000000000000000000000000000000000000000a5");
	cr_assert_eq(trace.nroutes, 1, "the other one did not run");
	cr_assert_eq(trace.routes[0].count, 1);
}

Test(collect, a_command_that_nobody_typed_is_apart_and_which_it_was_is_not_guessed)
{
	struct fake_recording fake = sample(1, 3);
	struct dynamic_trace trace = collect_commands_of(&fake, false);

	cr_assert_eq(trace.ntraces, 2);
	cr_assert_null(trace.traces[1].route);
	cr_assert_null(trace.traces[1].guid, "it is another execution");
	cr_assert_null(trace.traces[1].spans[0].parent, "a link says it");
	cr_assert_eq(trace.traces[1].nlinks, 1);
	cr_assert_str_eq(trace.traces[1].links[0], trace.traces[0].id);
	cr_assert_eq(dynamic_covered_count(&trace), 0);
	cr_assert_eq(trace.nroutes, 2);
	cr_assert_eq(trace.routes[0].undecided, 1);
}
