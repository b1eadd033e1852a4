/* Entry points of programs made by hand: what calls with constant arguments register. */
#include "analyzer/rules/rules.h"
#include "tests/made_program.h"

static struct rules rules;
static struct arena kept; /* what is read from files */

static void start(void)
{
	const struct rules_request request = {0};
	struct error err;

	cr_assert(rules_load(&kept, &request, &rules, &err), "%s", err.text);
	made_start();
	made.options.rules = &rules;
}

static void drop(void)
{
	made_drop();
	rules_release(&rules);
	arena_release(&kept);
}

TestSuite(entry, .init = start, .fini = drop);

static uint32_t open_term(enum facts_term_kind kind, uint32_t a)
{
	return facts_add_term(made.facts, (struct facts_term){
						  .kind = kind,
						  .a = a,
						  .file = made.source,
						  .line = made.line,
					  });
}

static void leaf(enum facts_term_kind kind, uint32_t a)
{
	facts_end_term(made.facts, open_term(kind, a));
}

static void text(const char *string)
{
	uint32_t term = facts_add_term(made.facts, (struct facts_term){
							   .kind = TERM_TEXT,
							   .name = made_name(string),
							   .file = made.source,
							   .line = made.line,
						   });

	facts_end_term(made.facts, term);
}

/* A call at a site of its own: arguments follow, then facts_end_term(). */
static uint32_t open_call(uint32_t callee, uint32_t *site)
{
	uint32_t term;

	*site = made_call(callee);
	term = open_term(TERM_CALL, *site);
	leaf(TERM_FUNCTION, callee);
	return term;
}

/* signal(number, handler), where both are terms that stand for themselves. */
static void call_signal(uint32_t callee, enum facts_term_kind number, uint32_t a,
	enum facts_term_kind handler, uint32_t b)
{
	uint32_t site, term = open_call(callee, &site);

	leaf(number, a);
	leaf(handler, b);
	facts_end_term(made.facts, term);
	if (handler == TERM_FUNCTION)
		made_flow(made_address(b), made_argument(site, 1), 0);
	else
		made_flow(made_parameter(made.owner, b), made_argument(site, 1), 0);
}

/* "signal_0 f signal=SIGINT", …; without where that is registered. */
static const char *entries(const char *type)
{
	scoped_text out = {0};

	for (size_t i = 0; i < made.trace.nentry_points; i++) {
		const struct entry_point *entry = &made.trace.entry_points[i];

		if (strcmp(entry->type, type) != 0)
			continue;
		text_printf(&out, "%s%s %s", out.len ? "; " : "", entry->id,
			made.trace.functions[entry->function].name);
		for (size_t m = 0; m < entry->nmetadata; m++)
			if (strcmp(entry->metadata[m].key, "registered_by") != 0)
				text_printf(&out, " %s=%s", entry->metadata[m].key,
					entry->metadata[m].value);
	}
	return made_string(&out);
}

static const char *registered(size_t number)
{
	const struct entry_point *entry = &made.trace.entry_points[number];

	for (size_t m = 0; m < entry->nmetadata; m++)
		if (strcmp(entry->metadata[m].key, "registered_by") == 0)
			return entry->metadata[m].value;
	return "";
}

Test(entry, a_handler_of_several_signals_is_one_entry_point)
{
	uint32_t library = made_declare("signal", FACTS_SYSTEM);
	uint32_t body = open_term(TERM_BODY, made.main);
	unsigned line;

	call_signal(library, TERM_NUMBER, 15, TERM_FUNCTION, made.f);
	line = made.line;
	call_signal(library, TERM_NUMBER, 2, TERM_FUNCTION, made.f);
	call_signal(library, TERM_NUMBER, 1, TERM_FUNCTION, made.g);
	facts_end_term(made.facts, body);
	made_finish();
	cr_expect_str_eq(entries("signal"),
		"signal_0 f signal=SIGINT, SIGTERM; signal_1 g signal=SIGHUP");
	cr_expect(strstr(registered(1), "signal at a.c:"), "%s", registered(1));
	cr_expect(line);
}

Test(entry, callers_say_what_is_passed_on)
{
	uint32_t library = made_declare("signal", FACTS_SYSTEM);
	uint32_t set = made_static("set"), both = made_static("both"), body;

	made_body(set);
	body = open_term(TERM_BODY, set);
	call_signal(library, TERM_PARAMETER, 0, TERM_PARAMETER, 1);
	facts_end_term(made.facts, body);
	made_body(both);
	body = open_term(TERM_BODY, both);
	call_signal(set, TERM_NUMBER, 15, TERM_PARAMETER, 0);
	facts_end_term(made.facts, body);
	made_body(made.main);
	body = open_term(TERM_BODY, made.main);
	call_signal(set, TERM_NUMBER, 2, TERM_FUNCTION, made.f);
	{
		uint32_t site, term = open_call(both, &site);

		leaf(TERM_FUNCTION, made.g);
		facts_end_term(made.facts, term);
		made_flow(made_address(made.g), made_argument(site, 0), 0);
	}
	facts_end_term(made.facts, body);
	made_finish();
	cr_expect_str_eq(entries("signal"),
		"signal_0 f signal=SIGINT; signal_1 g signal=SIGTERM");
	cr_expect(strstr(registered(1), "signal through set at "), "%s", registered(1));
	cr_expect(strstr(registered(2), "signal through both at "), "%s", registered(2));
}

Test(entry, a_function_that_passes_on_to_itself_ends)
{
	uint32_t library = made_declare("signal", FACTS_SYSTEM);
	uint32_t set = made_static("set"), body;

	made_body(set);
	body = open_term(TERM_BODY, set);
	call_signal(library, TERM_PARAMETER, 0, TERM_PARAMETER, 1);
	for (int i = 0; i < 40; i++)
		call_signal(set, TERM_PARAMETER, 0, TERM_PARAMETER, 1);
	facts_end_term(made.facts, body);
	made_body(made.main);
	body = open_term(TERM_BODY, made.main);
	call_signal(set, TERM_NUMBER, 2, TERM_FUNCTION, made.f);
	facts_end_term(made.facts, body);
	made_finish();
	cr_expect_str_eq(entries("signal"), "signal_0 f signal=SIGINT");
}

Test(entry, what_is_not_constant_is_left_out)
{
	uint32_t library = made_declare("signal", FACTS_SYSTEM);
	uint32_t body = open_term(TERM_BODY, made.main);

	call_signal(library, TERM_OTHER, 0, TERM_FUNCTION, made.f);
	facts_end_term(made.facts, body);
	made_finish();
	cr_expect_str_eq(entries("signal"), "signal_0 f");
}

Test(entry, facts_without_outlines_still_tell_who_is_registered)
{
	uint32_t site = made_call(made_declare("pthread_create", FACTS_SYSTEM));

	made_flow(made_address(made.f), made_argument(site, 2), 0);
	made_finish();
	cr_expect_str_eq(entries("thread"), "thread_0 f");
}

Test(entry, a_path_is_read_from_a_variable_that_never_changes)
{
	uint32_t library = made_declare("evhttp_set_cb", FACTS_SYSTEM), site, term, body;
	uint32_t paths[2], object;

	for (int i = 0; i < 2; i++)
		paths[i] = facts_add_variable(made.facts,
			(struct facts_variable){
				.name = made_name(i ? "changed" : "path"),
				.file = made.source,
				.flags = VARIABLE_STATIC | VARIABLE_TEXT,
			});
	for (int i = 0; i < 2; i++) {
		object = open_term(TERM_OBJECT, paths[i]);
		text("/health");
		facts_end_term(made.facts, object);
	}
	body = open_term(TERM_BODY, made.main);
	object = open_term(TERM_ASSIGN, 0);
	leaf(TERM_VARIABLE, paths[1]);
	text("/other");
	facts_end_term(made.facts, object);
	for (int i = 0; i < 2; i++) {
		term = open_call(library, &site);
		leaf(TERM_OTHER, 0);
		leaf(TERM_VARIABLE, paths[i]);
		leaf(TERM_FUNCTION, i ? made.g : made.f);
		facts_end_term(made.facts, term);
		made_flow(made_address(i ? made.g : made.f), made_argument(site, 2), 0);
	}
	facts_end_term(made.facts, body);
	made_finish();
	cr_expect_str_eq(entries("http"), "http_0 f path=/health; http_1 g");
}

Test(entry, choices_of_branches_are_sorted_and_said_once)
{
	static const char *const taken[] = {
		"source=net", "mode=fast", "source=cache", "source=net", "no choice"};
	uint32_t library = made_declare("pcarch_branch", 0), site, term;
	uint32_t body = open_term(TERM_BODY, made.main);

	for (size_t i = 0; i < sizeof(taken) / sizeof(*taken); i++) {
		term = open_call(library, &site);
		text(taken[i]);
		facts_end_term(made.facts, term);
	}
	facts_end_term(made.facts, body);
	made_finish();
	cr_assert_eq(made.trace.nbranches, 2);
	cr_expect_str_eq(made.trace.branches[0].point, "mode");
	cr_assert_eq(made.trace.branches[1].nchoices, 2);
	cr_expect_str_eq(made.trace.branches[1].choices[0], "cache");
	cr_expect_str_eq(made.trace.branches[1].choices[1], "net");
}
