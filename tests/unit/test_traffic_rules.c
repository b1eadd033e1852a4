#include "core/traffic_rules_json.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/traffic_rules.h"

#include <criterion/criterion.h>
#include <string.h>

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

TestSuite(traffic_rules, .fini = release);

#define HEAD "{\"kind\": \"traffic\", \"schema_version\": \"1.0\""

static bool read_text(const char *text, struct traffic_rules *out, struct error *err)
{
	const struct json_source source = {"x.json", text, strlen(text)};

	return traffic_rules_read(&arena, &source, out, err);
}

static void refused(const char *text, unsigned line, unsigned col, const char *words)
{
	struct traffic_rules rules;
	struct error err = {0};

	cr_assert(!read_text(text, &rules, &err), "accepted: %s", text);
	cr_assert_eq(err.at.line, line, "line %u in %s", err.at.line, err.text);
	cr_assert_eq(err.at.col, col, "column %u in %s", err.at.col, err.text);
	cr_assert(strstr(err.text, words), "'%s' lacks '%s'", err.text, words);
}

Test(traffic_rules, the_example_says_every_member)
{
	const struct json_source source = {
		.name = TEST_DATA "/../schemas/examples/traffic.json"};
	struct traffic_rules rules;
	const struct traffic_server *server;
	const struct traffic_how *how;
	struct error err;

	cr_assert(traffic_rules_read(&arena, &source, &rules, &err), "%s", err.text);
	cr_assert_eq(rules.nprograms, 3);
	cr_assert(strstr(rules.directory, "/schemas/examples"));
	how = &rules.programs[0].how;
	cr_assert_eq(how->status, 0);
	cr_assert_eq(how->timeout_s, 5);
	cr_assert_str_eq(how->variables.items[0].value, "{directory}");
	cr_assert_str_eq(how->arguments.items[0], "-h");
	server = rules.programs[1].server;
	cr_assert_eq(server->start.count, 3);
	cr_assert_eq(server->publish.count, 5);
	cr_assert_str_eq(server->ready, "listening");
	cr_assert(!server->is_fresh);
	cr_assert_null(rules.programs[2].server);
	/* A list that is empty is not one that was not given. */
	cr_assert_not_null(rules.programs[1].how.arguments.items);
	cr_assert_null(rules.programs[2].how.arguments.items);
	cr_assert_eq(rules.programs[2].how.status, TRAFFIC_ANY_STATUS);
	how = &rules.rules[0].how;
	cr_assert_eq(how->nbefore, 1);
	cr_assert_str_eq(how->before[0].items[1], "init");
}

Test(traffic_rules, what_is_wrong_is_told_with_its_place)
{
	refused("{", 1, 2, "expected");
	refused("[]", 1, 1, "");
	refused("{}", 1, 1, "has no member 'kind'");
	refused(HEAD "\n, \"rules\": [{}]}", 2, 13, "match");
	refused(HEAD ",\n \"rules\": [{\"match\": \"x\", \"status\": \"0\"}]}", 2, 27,
		"is a string");
	refused(HEAD ", \"programs\": [{\"name\": \"a\"},\n{\"name\": \"a\"}]}", 2, 1,
		"has the name of a program above it");
	refused(HEAD ", \"programs\": [{\"name\": \"a/b\"}]}", 1, 60, "match");
}

Test(traffic_rules, files_stay_in_their_directory)
{
	static const char *const out[] = {
		"/x", "..", "../x", "a/../../x", "a//x", "", "a/", "a/.."};
	static const char *const in[] = {"x", "a/b", "..x", "a..b/c", ".x"};
	struct traffic_rules rules;
	struct error err;
	char text[200];

	for (size_t i = 0; i < sizeof(out) / sizeof(out[0]); i++) {
		snprintf(text, sizeof(text),
			HEAD
			", \"rules\": [\n{\"match\": \"x\", \"files\": {\"%s\": \"\"}}]}",
			out[i]);
		refused(text, 2, 1, "leads out of the directory");
	}
	for (size_t i = 0; i < sizeof(in) / sizeof(in[0]); i++) {
		snprintf(text, sizeof(text),
			HEAD
			", \"rules\": [{\"match\": \"x\", \"files\": {\"%s\": \"\"}}]}",
			in[i]);
		cr_assert(read_text(text, &rules, &err), "%s: %s", in[i], err.text);
	}
}

Test(traffic_rules, headers_and_variables_cannot_smuggle)
{
	refused(HEAD
		", \"rules\": [\n{\"match\": \"x\", \"headers\": {\"A\": \"b\\r\\nC: d\"}}]}",
		2, 1, "header field");
	refused(HEAD
		", \"rules\": [\n{\"match\": \"x\", \"headers\": {\"A: b\": \"\"}}]}",
		2, 1, "header field");
	refused(HEAD
		", \"rules\": [\n{\"match\": \"x\", \"environment\": {\"A=B\": \"\"}}]}",
		2, 1, "a variable whose name");
	refused(HEAD ", \"rules\": [\n{\"match\": \"x\", \"target\": \"/a b\"}]}", 2, 1,
		"write %20");
}
