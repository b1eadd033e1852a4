#include "analyzer/rules/rules.h"

#include "analyzer/rules/rule_texts.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/rules_json.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static struct rules load_shipped(void)
{
	struct rules_request request = {NULL, NULL, 0};
	struct rules rules;
	struct error err;

	cr_assert(rules_load(&arena, &request, &rules, &err), "%s", err.text);
	return rules;
}

/* No other file has a rule of the same function. */
static void check_origin(const struct rules *rules, const struct call_rule *rule,
	const char *name)
{
	for (size_t i = 0; i < rule->nnames; i++) {
		const struct call_rule *found = rules_call(rules, rule->names[i]);

		cr_expect(text_has_prefix(found->origin.file, name), "'%s' in %s and %s",
			rule->names[i], name, found->origin.file);
		cr_expect_eq(found->origin.line, rule->origin.line);
	}
}

Test(shipped_rules, files_are_valid_and_agree)
{
	struct rules rules = load_shipped();

	for (const struct rule_text *text = rule_texts; text->name; text++) {
		const struct json_source source = {text->name, text->text, text->size};
		struct rule_file file;
		struct error err;

		cr_assert(rules_json_read(&arena, &source, &file, &err), "%s:%u: %s",
			text->name, err.at.line, err.text);
		for (size_t i = 0; i < file.ncalls; i++)
			check_origin(&rules, &file.calls[i], text->name);
	}
	rules_release(&rules);
}

static bool has_store(const struct rules *rules, const char *slot)
{
	for (size_t i = 0; i < rules->all.ncalls; i++) {
		const struct call_rule *rule = &rules->all.calls[i];

		for (size_t k = 0; k < rule->nstores; k++)
			if (strcmp(rule->stores[k].slot, slot) == 0)
				return true;
	}
	return false;
}

static void check_value(const struct rules *rules, const struct rule_value *value,
	const char *where)
{
	/* What the program's own assignments fill needs no call that stores. */
	if (value->kind == RULE_SLOT && !strchr(value->name, '.'))
		cr_expect(has_store(rules, value->name), "%s: nothing stores '%s'", where,
			value->name);
}

Test(shipped_rules, what_a_rule_takes_from_a_slot_another_one_stores)
{
	struct rules rules = load_shipped();

	for (size_t i = 0; i < rules.all.ncalls; i++) {
		const struct call_rule *rule = &rules.all.calls[i];

		check_value(&rules, &rule->result, rule->names[0]);
		for (size_t k = 0; k < rule->nfills; k++)
			check_value(&rules, &rule->fills[k].value, rule->names[0]);
		for (size_t k = 0; k < rule->ncallbacks; k++) {
			const struct rule_parameters *parameters =
				&rule->callbacks[k].parameters;

			for (size_t p = 0; p < parameters->nvalues; p++)
				check_value(&rules, &parameters->values[p],
					rule->names[0]);
		}
	}
	rules_release(&rules);
}

/* What the rule of a library function says of the function that it is given. */
struct known_rule {
	const char *call;
	int argument;
	enum rule_kind kind;
};

static void check_known(const struct known_rule *known, size_t count)
{
	struct rules rules = load_shipped();

	for (size_t i = 0; i < count; i++) {
		const struct call_rule *rule = rules_call(&rules, known[i].call);

		cr_assert(rule && rule->ncallbacks, "%s", known[i].call);
		cr_expect_eq(rule->callbacks[0].argument, known[i].argument, "%s",
			known[i].call);
		cr_expect_eq(rule->kind, known[i].kind, "%s", known[i].call);
		cr_expect(rule->origin.is_shipped);
	}
	rules_release(&rules);
}

Test(shipped_rules, functions_that_run_a_function_apart_or_at_the_end_say_how)
{
	static const struct known_rule known[] = {
		{"signal", 1, RULE_SIGNAL},
		{"g_unix_signal_add", 1, RULE_SIGNAL},
		{"uv_signal_start", 1, RULE_SIGNAL},
		{"pthread_create", 2, RULE_THREAD},
		{"thrd_create", 1, RULE_THREAD},
		{"g_thread_new", 1, RULE_THREAD},
		{"uv_thread_create", 1, RULE_THREAD},
		{"clone", 0, RULE_THREAD},
		{"pthread_once", 1, RULE_NO_KIND},
		{"pthread_key_create", 1, RULE_DESTRUCTOR},
		{"pthread_atfork", 0, RULE_CALLBACK},
		{"atexit", 0, RULE_DESTRUCTOR},
		{"on_exit", 0, RULE_DESTRUCTOR},
		{"at_quick_exit", 0, RULE_DESTRUCTOR},
		{"uv_queue_work", 2, RULE_THREAD},
		{"makecontext", 1, RULE_THREAD},
		{"call_once", 1, RULE_NO_KIND},
	};

	check_known(known, sizeof(known) / sizeof(*known));
}

Test(shipped_rules, functions_that_sort_search_and_walk_only_call_back)
{
	static const struct known_rule known[] = {
		{"qsort", 3, RULE_NO_KIND},
		{"qsort_r", 3, RULE_NO_KIND},
		{"bsearch", 4, RULE_NO_KIND},
		{"tsearch", 2, RULE_NO_KIND},
		{"twalk", 1, RULE_NO_KIND},
		{"nftw", 1, RULE_NO_KIND},
		{"scandir", 2, RULE_NO_KIND},
		{"sqlite3_exec", 2, RULE_NO_KIND},
		{"dl_iterate_phdr", 0, RULE_NO_KIND},
	};

	check_known(known, sizeof(known) / sizeof(*known));
}

Test(shipped_rules, servers_and_event_loops_say_what_they_wait_for)
{
	static const struct known_rule known[] = {
		{"MHD_start_daemon", 4, RULE_HTTP},
		{"evhttp_set_cb", 2, RULE_HTTP},
		{"evhttp_set_gencb", 1, RULE_HTTP},
		{"mg_set_request_handler", 2, RULE_HTTP},
		{"event_new", 3, RULE_EVENT},
		{"event_assign", 4, RULE_EVENT},
		{"event_set", 3, RULE_EVENT},
		{"bufferevent_setcb", 1, RULE_EVENT},
		{"evconnlistener_new_bind", 1, RULE_EVENT},
		{"uv_timer_start", 1, RULE_TIMER},
		{"uv_listen", 2, RULE_EVENT},
		{"uv_read_start", 1, RULE_EVENT},
		{"uv_async_init", 2, RULE_EVENT},
		{"g_timeout_add", 1, RULE_TIMER},
		{"g_idle_add", 0, RULE_EVENT},
		{"g_signal_connect_data", 2, RULE_EVENT},
		{"sd_event_add_io", 4, RULE_EVENT},
	};

	check_known(known, sizeof(known) / sizeof(*known));
}

Test(shipped_rules, functions_that_give_a_function_to_another_language_or_library_say_so)
{
	static const struct known_rule known[] = {
		{"lua_pushcclosure", 1, RULE_FFI},
		{"napi_create_function", 3, RULE_FFI},
		{"sqlite3_create_function", 5, RULE_FFI},
		{"curl_easy_setopt", 2, RULE_CALLBACK},
	};

	check_known(known, sizeof(known) / sizeof(*known));
}

Test(shipped_rules, functions_that_take_a_name_say_which_argument_it_is)
{
	struct rules rules = load_shipped();

	cr_expect_eq(rules_call(&rules, "dlsym")->symbol, 1);
	rules_release(&rules);
}

Test(shipped_rules, an_unknown_function_has_no_rule)
{
	struct rules rules = load_shipped();

	cr_expect_null(rules_call(&rules, "no_such_function"));
	rules_release(&rules);
}

Test(shipped_rules, builtins_and_checked_functions_have_the_rule_of_the_plain_one)
{
	struct rules rules = load_shipped();
	const struct call_rule *memcpy_rule = rules_call(&rules, "memcpy");

	cr_assert(memcpy_rule);
	cr_expect_eq(rules_call(&rules, "__builtin_memcpy"), memcpy_rule);
	cr_expect_eq(rules_call(&rules, "__builtin___memcpy_chk"), memcpy_rule);
	cr_expect_eq(rules_call(&rules, "__memcpy_chk"), memcpy_rule);
	cr_expect_null(rules_call(&rules, "__builtin_no_such_function"));
	cr_expect_null(rules_call(&rules, "__builtin_"));
	cr_expect_null(rules_call(&rules, "___chk"));
	rules_release(&rules);
}

Test(shipped_rules, fields_are_found_by_record_by_star_and_by_name_alone)
{
	struct rules rules = load_shipped();

	cr_expect_eq(rules_field(&rules, "sigaction", "sa_handler")->kind, RULE_SIGNAL);
	cr_expect_eq(rules_field(&rules, NULL, "sa_handler")->kind, RULE_SIGNAL);
	cr_expect_eq(rules_field(&rules, "ev_io", "cb")->kind, RULE_EVENT);
	cr_expect_null(rules_field(&rules, "mine", "cb"));
	cr_expect_str_eq(rules_field(&rules, "fuse_operations", "getattr")->field, "*");
	cr_expect_eq(rules_field(&rules, "h2o_handler_t", "on_req")->kind, RULE_HTTP);
	cr_expect_eq(rules_variable(&rules, "rl_startup_hook")->kind, RULE_CALLBACK);
	cr_expect_null(rules_variable(&rules, "sa_handler"));
	cr_expect_eq(rules_function(&rules, "Java_org_x")->kind, RULE_FFI);
	cr_expect_null(rules_function(&rules, "xJava_org"));
	rules_release(&rules);
}

Test(shipped_rules, further_handlers_and_names_of_the_design_are_known)
{
	static const struct {
		const char *call;
		int argument;
	} handlers[] = {
		{"pthread_atfork", 1},
		{"pthread_atfork", 2},
		{"scandir", 3},
		{"bufferevent_setcb", 2},
		{"bufferevent_setcb", 3},
		{"uv_read_start", 2},
		{"uv_queue_work", 3},
		{"sqlite3_create_function", 6},
		{"sqlite3_create_function", 7},
	};
	static const struct {
		const char *call;
		int name;
	} names[] = {
		{"signal", 0},
		{"sigaction", 0},
		{"g_unix_signal_add", 0},
		{"uv_signal_start", 2},
		{"sd_event_add_signal", 2},
		{"evhttp_set_cb", 1},
		{"mg_set_request_handler", 1},
		{"g_signal_connect_data", 1},
		{"napi_create_function", 1},
		{"sqlite3_create_function", 1},
		{"sqlite3_create_module", 1},
		{"dbus_connection_register_object_path", 1},
		{"sd_bus_add_object", 2},
		{"curl_easy_setopt", 1},
		{"amqp_cstring_bytes", 0},
	};
	struct rules rules = load_shipped();

	for (size_t i = 0; i < sizeof(handlers) / sizeof(*handlers); i++) {
		const struct call_rule *rule = rules_call(&rules, handlers[i].call);
		bool found = false;

		for (size_t c = 0; c < rule->ncallbacks; c++)
			found |= rule->callbacks[c].argument == handlers[i].argument;
		cr_expect(found, "%s %d", handlers[i].call, handlers[i].argument);
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		cr_expect_eq(rules_call(&rules, names[i].call)->name, names[i].name, "%s",
			names[i].call);
	rules_release(&rules);
}

Test(shipped_rules, fields_variables_tables_and_functions_of_the_design_are_known)
{
	static const struct {
		const char *record, *field;
		enum rule_kind kind;
	} fields[] = {
		{"", "sa_handler", RULE_SIGNAL},
		{"", "sa_sigaction", RULE_SIGNAL},
		{"mg_callbacks", "begin_request", RULE_HTTP},
		{"h2o_handler_t", "on_req", RULE_HTTP},
		{"ev_io", "cb", RULE_EVENT},
		{"ev_timer", "cb", RULE_TIMER},
		{"ev_signal", "cb", RULE_SIGNAL},
		{"DBusObjectPathVTable", "message_function", RULE_CALLBACK},
		{"sd_bus_vtable", "handler", RULE_CALLBACK},
		{"PyMethodDef", "ml_meth", RULE_FFI},
		{"luaL_Reg", "func", RULE_FFI},
		{"JNINativeMethod", "fnPtr", RULE_FFI},
		{"fuse_operations", "getattr", RULE_CALLBACK},
	};
	static const char *const tables[] = {"PyMethodDef", "luaL_Reg", "JNINativeMethod",
		"napi_property_descriptor", "sd_bus_vtable"};
	static const char *const functions[] = {
		"PyInit_m", "luaopen_m", "Java_a_B_c", "JNI_OnLoad"};
	struct rules rules = load_shipped();

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		const struct assignment_rule *rule =
			rules_field(&rules, fields[i].record, fields[i].field);

		cr_assert(rule, "%s.%s", fields[i].record, fields[i].field);
		cr_expect_eq(rule->kind, fields[i].kind, "%s.%s", fields[i].record,
			fields[i].field);
	}
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		bool found = false;

		for (size_t t = 0; t < rules.all.ntables; t++)
			found |= rules.all.tables[t].kind > RULE_CLI &&
				 strcmp(rules.all.tables[t].elem, tables[i]) == 0;
		cr_expect(found, "%s", tables[i]);
	}
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		cr_expect_eq(rules_function(&rules, functions[i])->kind, RULE_FFI, "%s",
			functions[i]);
	cr_expect(rules_variable(&rules, "rl_attempted_completion_function"));
	rules_release(&rules);
}

Test(shipped_rules, a_constant_argument_may_tell_another_kind)
{
	struct rules rules = load_shipped();
	const struct call_rule *rule = rules_call(&rules, "event_new");

	cr_assert_geq(rule->nexceptions, 1);
	cr_expect_eq(rule->exceptions[0].argument, 2);
	cr_expect_str_eq(rule->exceptions[0].value, "0");
	cr_expect_eq(rule->exceptions[0].kind, RULE_TIMER);
	rules_release(&rules);
}
