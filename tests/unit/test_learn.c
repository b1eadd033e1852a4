/* From a run to rules, and from rules to calls of the next scan. */
#include "diff/compare/learn.h"

#include "analyzer/link/learned.h"
#include "analyzer/rules/rules.h"
#include "core/json_reader.h"
#include "core/rules_json.h"
#include "tests/made_comparison.h"
#include "tests/unit/scratch.h"

#include <stdlib.h>

static struct made_comparison made;
static uint32_t the_main, known, hidden, library, site, library_site;

/* main calls ops.run at 12 and 14, both open, and each() of a library at 16. */
static void open_program(unsigned shift)
{
	struct function fn = made_function("each", "<lib.h>", 3);

	made_open(&made);
	fn.type = FUNCTION_EXTERNAL;
	library = made_add(&made, fn);
	the_main = made_scan(&made, "main", "a.c", 10 + shift);
	known = made_scan(&made, "known", "a.c", 30 + shift);
	hidden = made_scan(&made, "hidden", "b.c", 10);
	made_call_at(&made, made_indirect(&made, the_main, 12 + shift, SITE_CLOSED),
		known, "flow");
	site = made_indirect(&made, the_main, 14 + shift, SITE_CLOSED);
	made_call_at(&made, site, known, "flow");
	made_direct(&made, the_main, 15 + shift, known);
	library_site = made.sites[made.scan.nsites].line;
	library_site = made.calls[made_direct(&made, the_main, 16 + shift, library)].site;
	made_entry(&made, "cli_0", "cli", the_main);
}

/* At 14 `hidden` was called, which the scan does not know; and by each(). */
static const char *learn(size_t *ncalls)
{
	const char *path = scratch_path("learned.json");
	uint32_t ran_main, ran_hidden;
	struct error err;

	open_program(0);
	ran_main = made_ran(&made, "main", "a.c", 10);
	ran_hidden = made_ran(&made, "hidden", "b.c", 10);
	made_root(&made, ran_main, ROOT_MAIN);
	made_saw(&made, ran_main, ran_hidden, "a.c", 14);
	made_see(&made, (struct observed_call){.caller = TRACE_NONE,
				.callee = ran_hidden,
				.through = "lib.so:each"});
	made_compare(&made);
	cr_assert(learn_write(&made.result, path, ncalls, &err), "%s", err.text);
	return path;
}

static void read_rules(struct arena *arena, const char *path, struct rules *rules)
{
	struct error err;

	*rules = (struct rules){0};
	cr_assert(rules_json_read(arena, &(struct json_source){.name = path}, &rules->all,
			  &err),
		"%s", err.text);
}

static const struct call *find(const struct static_trace *trace, const char *via,
	const char *through)
{
	for (size_t i = 0; i < trace->ncalls; i++)
		if (strcmp(trace->calls[i].via, via) == 0 &&
			!trace->calls[i].through == !through)
			return &trace->calls[i];
	return NULL;
}

Test(learn, the_next_scan_has_what_ran_even_where_lines_moved, .init = scratch_make,
	.fini = scratch_remove)
{
	struct arena arena = {0};
	struct learned_report report;
	struct rules rules;
	const struct call *call;
	size_t ncalls;

	read_rules(&arena, learn(&ncalls), &rules);
	cr_assert_eq(ncalls, 2);
	made_close(&made);
	open_program(100);
	learned_apply(&made.arena, &rules, &made.scan, &report);
	cr_assert_eq(report.ncalls, 2);
	cr_assert_eq(report.nstale, 0, "%s", report.nstale ? report.stale[0] : "");
	call = find(&made.scan, "learned", NULL);
	cr_assert(call && call->site == site && call->callee == hidden);
	cr_assert_eq(made.sites[site].state, SITE_OPEN);
	cr_assert(strstr(made.sites[site].reasons[0], "learned"));
	cr_assert_eq(made.sites[site - 1].state, SITE_CLOSED);
	call = find(&made.scan, "learned", "each");
	cr_assert(call && call->site == library_site && call->callee == hidden);
	cr_assert_eq(made.sites[library_site].state, SITE_CLOSED);
	for (size_t i = 1; i < made.scan.ncalls; i++)
		cr_assert_leq(made.scan.calls[i - 1].site, made.scan.calls[i].site);
	made_close(&made);
	arena_release(&arena);
}

Test(learn, what_was_learned_is_foreseen_and_learned_again, .init = scratch_make,
	.fini = scratch_remove)
{
	const char *again = scratch_path("again.json");
	struct arena arena = {0};
	struct learned_report report;
	struct rules rules;
	uint32_t ran_main, ran_hidden;
	struct error err;
	size_t ncalls;

	read_rules(&arena, learn(&ncalls), &rules);
	made_close(&made);
	open_program(0);
	learned_apply(&made.arena, &rules, &made.scan, &report);
	ran_main = made_ran(&made, "main", "a.c", 10);
	ran_hidden = made_ran(&made, "hidden", "b.c", 10);
	made_root(&made, ran_main, ROOT_MAIN);
	made_saw(&made, ran_main, ran_hidden, "a.c", 14);
	made_see(&made, (struct observed_call){.caller = TRACE_NONE,
				.callee = ran_hidden,
				.through = "lib.so:each"});
	made_nothing(made_compare(&made));
	cr_assert(learn_write(&made.result, again, &ncalls, &err));
	cr_assert_eq(ncalls, 2);
	made_close(&made);
	arena_release(&arena);
}

static void check_stale(const char *expected)
{
	struct arena arena = {0};
	struct learned_report report;
	struct rules rules;

	read_rules(&arena, scratch_path("learned.json"), &rules);
	learned_apply(&made.arena, &rules, &made.scan, &report);
	cr_assert_eq(report.ncalls, 0);
	cr_assert_eq(report.nstale, 2);
	cr_assert(strstr(report.stale[0], expected), "%s", report.stale[0]);
	cr_assert(strstr(report.stale[0], "learned.json:"), "%s", report.stale[0]);
	made_close(&made);
	arena_release(&arena);
}

Test(learn, what_is_true_no_more_is_told, .init = scratch_make, .fini = scratch_remove)
{
	size_t ncalls;

	learn(&ncalls);
	made_close(&made);

	open_program(0);
	made.functions[hidden].name = "renamed";
	check_stale("there is no such callee");

	open_program(0);
	made.functions[the_main].name = "other";
	check_stale("there is no such caller");

	open_program(0);
	made.sites[site].expression_name = "ops.stop";
	made.functions[library].name = "every";
	check_stale("no such call site");

	open_program(0);
	made_call_at(&made, site, hidden, "flow");
	made_call_at(&made, library_site, hidden, "model");
	check_stale("the scan finds it by itself");
}
