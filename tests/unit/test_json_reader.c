#include "core/json_reader.h"

#include "core/error.h"
#include "core/json_keys.h"
#include "core/text.h"

#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <unistd.h>

/* What cJSON's own parser makes of each element. */
struct twin {
	const char *json;
	unsigned nvalues;
};

static bool same_as_cjson(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	struct twin *twin = context;
	const char *text = twin->json + offset;
	cJSON *expected = cJSON_ParseWithOpts(text, NULL, false);

	(void)key, (void)err;
	twin->nvalues++;
	cr_assert(expected);
	cr_expect(cJSON_Compare(expected, value, true), "%s", text);
	if (cJSON_IsNumber(value)) { /* cJSON_Compare allows an epsilon */
		cr_expect_eq(expected->valuedouble, value->valuedouble, "%s", text);
		cr_expect_eq(expected->valueint, value->valueint, "%s", text);
	}
	cJSON_Delete(expected);
	return true;
}

/* What the visitor was called with, one line a call: "key@offset=value". */
static bool record_value(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	struct text *calls = context;
	char *printed = cJSON_PrintUnformatted(value);

	(void)err;
	text_printf(calls, "%s@%u=%s\n", key ? key : "", (unsigned)offset, printed);
	free(printed);
	return true;
}

static bool record_array(void *context, const char *key, uint64_t offset,
	struct error *err)
{
	struct text *calls = context;

	(void)err;
	text_printf(calls, "%s@%u[]\n", key ? key : "", (unsigned)offset);
	return true;
}

static bool stop(void *context, const char *key, const struct cJSON *value,
	uint64_t offset, struct error *err)
{
	(void)context, (void)value;
	return error_set_byte(err, "t", offset, "stopped at %s", key);
}

static bool read_bytes(const char *bytes, size_t size, struct text *calls,
	struct error *err)
{
	struct json_visitor visitor = {
		.value = record_value, .array = record_array, .context = calls};
	char *exact = malloc(size); /* so that ASan sees a read behind the end */
	bool ok;

	memcpy(exact, bytes, size);
	ok = json_read_text(exact, size, "t.json", &visitor, err);
	free(exact);
	return ok;
}

static void check_read(const char *json, const char *expected)
{
	scoped_text calls = {0};
	struct error err;

	cr_assert(read_bytes(json, strlen(json), &calls, &err), "%s: %s", json, err.text);
	cr_expect_str_eq(text_string(&calls), expected);
}

static void check_refused(const char *json, const char *message)
{
	scoped_text calls = {0};
	struct error err = {0};

	cr_expect_not(read_bytes(json, strlen(json), &calls, &err), "accepted: %s", json);
	cr_expect_str_eq(err.text, message, "%s: '%s' instead of '%s'", json, err.text,
		message);
}

#define A_VALUE "a value (an object, an array, a string, a number, true, false or null)"

Test(json_reader, hands_over_members_and_elements_with_their_offsets)
{
	check_read(
		"{\"a\": 1, \"b\":[ {\"c\":[true]}, null ] ,\"d\":[],\"e\":{\"f\":[]}}",
		"a@6=1\n"
		"b@13[]\n"
		"b@15={\"c\":[true]}\n"
		"b@29=null\n"
		"d@41[]\n"
		"e@48={\"f\":[]}\n");
	check_read(" [1,\n\"x\"]\n", "@1[]\n@2=1\n@5=\"x\"\n");
	check_read("{}", "");
	check_read("[]", "@0[]\n");
}

Test(json_reader, keys_reach_the_visitor_unescaped)
{
	check_read("{\"a\\u00e9\\ud83d\\ude00\\n\\/\":1}",
		"a\xc3\xa9\xf0\x9f\x98\x80\n/@27=1\n");
}

Test(json_reader, accepts_every_form_of_number)
{
	check_read("[0,-0,10,-1.5,1e3,1E+2,25e-1]",
		"@0[]\n@1=0\n@3=-0\n@6=10\n@9=-1.5\n@14=1000\n@18=100\n@23=2.5\n");
}

Test(json_reader, makes_the_trees_that_cjson_makes)
{
	struct twin twin = {
		"[{\"a\": [1, {\"b\": \"\\u00e9\\ud83d\\ude00\\n\\/\"}, true, null, []]}, "
		"\"\", {}, {\"\": false, \"A\": {\"a\": -0.5}}, [[[\"x\"], 2], 3]]",
		0};
	struct json_visitor visitor = {.value = same_as_cjson, .context = &twin};
	struct error err;

	cr_assert(json_read_text(twin.json, strlen(twin.json), "t", &visitor, &err), "%s",
		err.text);
	cr_assert_eq(twin.nvalues, 5);
}

Test(json_reader, makes_the_numbers_that_strtod_makes)
{
	static const char *const numbers[] = {"0.1", "123456789012345",
		"1234567890123456", "9007199254740993", "0.000001", "1e22", "1e23",
		"123456789012345e22", "1e-22", "1e-23", "4.9e-324", "1e-400",
		"1.7976931348623157e308", "2147483648", "-2147483649",
		"3.141592653589793238462643383279", "0.30000000000000004",
		"100000000000000000000000000000", "1E5", "0e99999", "-0.0",
		"18446744073709551616"};
	uint64_t state = 1;

	for (size_t i = 0; i < 20000; i++) {
		scoped_text json = {0};
		struct twin twin = {0};
		struct json_visitor visitor = {.value = same_as_cjson, .context = &twin};
		struct error err;

		state = state * 6364136223846793005u + 1442695040888963407u;
		if (i < sizeof(numbers) / sizeof(*numbers))
			text_printf(&json, "[%s]", numbers[i]);
		else
			text_printf(&json, "[%u.%0*ue%d]", (unsigned)(state >> 40),
				(int)(state % 9) + 1, (unsigned)(state >> 55),
				(int)((state >> 20) % 80) - 40);
		twin.json = json.bytes;
		cr_assert(json_read_text(json.bytes, json.len, "t", &visitor, &err),
			"%s: %s", json.bytes, err.text);
	}
}

Test(json_reader, refuses_wrong_grammar_and_says_what_it_expected)
{
	check_refused("{\"a\":1,}", "byte 7: expected a key in double quotes, found '}'");
	check_refused("{a:1}", "byte 1: expected a key in double quotes, found 'a'");
	check_refused("{\"a\" 1}", "byte 5: expected ':' after a key, found '1'");
	check_refused("{\"a\":1 \"b\":2}",
		"byte 7: expected ',' or '}' after a member, found '\"'");
	check_refused("[1 2]", "byte 3: expected ',' or ']' after an element, found '2'");
	check_refused("[1,]", "byte 3: expected " A_VALUE ", found ']'");
	check_refused("[tru]", "byte 1: expected " A_VALUE ", found 't'");
	check_refused("[NaN]", "byte 1: expected " A_VALUE ", found 'N'");
	check_refused("[1}", "byte 2: expected ',' or ']' after an element, found '}'");
	check_refused("['a']", "byte 1: expected " A_VALUE ", found '''");
	check_refused("[\x0c]", "byte 1: expected " A_VALUE ", found byte 0x0c");
	check_refused("7", "byte 0: expected an object or an array, found '7'");
	check_refused("[1]\n[2]", "byte 4: expected the end of the text, found '['");
	check_refused("{\"a\":[{\"b\":x}]}", "byte 11: expected " A_VALUE ", found 'x'");
}

Test(json_reader, refuses_wrong_numbers)
{
	check_refused("[01]", "byte 1: a number must not start with a zero");
	check_refused("[-]", "byte 2: expected a digit, found ']'");
	check_refused("[+1]", "byte 1: expected " A_VALUE ", found '+'");
	check_refused("[1.]", "byte 3: expected a digit, found ']'");
	check_refused("[1e]", "byte 3: expected a digit, found ']'");
	check_refused("[.5]", "byte 1: expected " A_VALUE ", found '.'");
	check_refused("[1e309]",
		"byte 1: this number is too large for a double (1.8e308)");
	check_refused("[-1e99999]",
		"byte 1: this number is too large for a double (1.8e308)");
}

Test(json_reader, refuses_a_text_that_is_cut_off)
{
	static const char whole[] =
		"{\"a\": [{\"b\\u0041\": -1.5e2, \"c\": true}, \"x\"]}";
	scoped_text calls = {0};
	struct error err;

	cr_assert(read_bytes(whole, sizeof(whole) - 1, &calls, &err));
	for (size_t n = 0; n < sizeof(whole) - 1; n++)
		cr_expect_not(read_bytes(whole, n, &calls, &err), "%.*s", (int)n, whole);
	check_refused("", "the file is empty: expected JSON");
	check_refused("{\"a\": [1",
		"byte 8: the text ends here: expected ',' or ']' after an element; "
		"the file may be cut off");
	check_refused("[\"abc",
		"byte 1: this string has no end: the file may be cut off");
}

Test(json_reader, refuses_bad_strings)
{
	check_refused("[\"a\nb\"]",
		"byte 3: expected an escape such as '\\n' for a control character, found byte 0x0a");
	check_refused("[\"\\x\"]",
		"byte 3: expected one of \" \\ / b f n r t u after a backslash, found 'x'");
	check_refused("[\"\\u12g4\"]",
		"byte 6: expected four hexadecimal digits after '\\u', found 'g'");
	check_refused("[\"\\ud800\"]",
		"byte 2: unpaired surrogate: a high one without a low one after");
	check_refused("[\"\\ud800\\u0041\"]",
		"byte 2: unpaired surrogate: a high one without a low one after");
	check_refused("[\"\\udc00\"]",
		"byte 2: unpaired surrogate: a low one without a high one before");
	check_refused("[\"\\u0000\"]",
		"byte 2: '\\u0000' cannot be part of a name or a text here");
	check_refused("[\"\xff\"]", "byte 2: expected UTF-8, found byte 0xff");
	check_refused("[\"\xc0\xaf\"]", "byte 2: expected UTF-8, found byte 0xc0");
	check_refused("[\"\xed\xa0\x80\"]", "byte 2: expected UTF-8, found byte 0xed");
	check_refused("[\"\xe2\x82", "byte 2: expected UTF-8, found byte 0xe2");
	check_refused("\xef\xbb\xbf{}",
		"byte 0: a byte order mark: save the file as UTF-8 without one");
}

Test(json_reader, refuses_duplicate_keys_at_every_level)
{
	check_refused("{\"a\":1,\"a\":2}",
		"byte 7: the key \"a\" stands twice in one object");
	check_refused("{\"a\":[{\"b\":1,\"c\":{},\"b\":2}]}",
		"byte 20: the key \"b\" stands twice in one object");
	check_refused("{\"a\":1,\"\\u0061\":2}",
		"byte 7: the key \"\\u0061\" stands twice in one object");
	check_read("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1},\"A\":2}",
		"a@5={\"a\":{\"a\":1}}\nb@23={\"a\":1}\nA@35=2\n");
}

Test(json_reader, finds_a_duplicate_among_many_keys)
{
	enum {
		MANY = 5000
	};
	scoped_text json = {0};
	struct error err;

	for (unsigned twice = 0; twice < MANY; twice += 499) {
		scoped_text calls = {0};

		text_clear(&json);
		text_add(&json, "{\"o\": {\"x\": {\"k7\": 1}");
		for (unsigned i = 0; i < MANY; i++)
			text_printf(&json, ",\"k%u\":{\"k%u\":0}", i, i);
		text_add(&json, "}}");
		cr_assert(read_bytes(json.bytes, json.len, &calls, &err), "%s", err.text);
		json.len -= 2;
		text_printf(&json, ",\"k%u\":0}}", twice);
		cr_assert_not(read_bytes(json.bytes, json.len, &calls, &err));
		cr_assert(strstr(err.text, "stands twice"));
	}
}

Test(json_reader, refuses_nesting_past_the_limit_and_reads_up_to_it)
{
	for (unsigned depth = JSON_READ_MAX_DEPTH; depth <= JSON_READ_MAX_DEPTH + 1;
		depth++) {
		scoped_text json = {0}, calls = {0};
		struct error err;

		for (unsigned i = 0; i < depth; i++)
			text_add(&json, "[");
		for (unsigned i = 0; i < depth; i++)
			text_add(&json, "]");
		cr_assert_eq(read_bytes(json.bytes, json.len, &calls, &err),
			depth == JSON_READ_MAX_DEPTH);
	}
	check_refused(
		"{\"a\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
		"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
		"byte 104: nested more than 100 levels deep");
}

Test(json_reader, a_visitor_that_fails_stops_the_reading)
{
	struct json_visitor visitor = {.value = stop};
	struct error err;

	cr_assert_not(json_read_text("{\"a\":1,\"b\":", 11, "t", &visitor, &err));
	cr_assert_str_eq(err.text, "byte 5: stopped at a");
}

Test(json_reader, reads_a_file_and_names_it_in_errors)
{
	struct json_visitor visitor = {
		.value = record_value, .context = &(struct text){0}};
	char path[] = "/tmp/pcarch-test-XXXXXX";
	int fd = mkstemp(path);
	struct error err = {0};

	cr_assert_eq(write(fd, "{\"a\":1}", 7), 7);
	cr_assert(json_read_file(path, &visitor, &err));
	cr_assert_str_eq(text_string(visitor.context), "a@5=1\n");
	cr_assert_eq(write(fd, "x", 1), 1);
	close(fd);
	cr_assert_not(json_read_file(path, &visitor, &err));
	cr_assert_str_eq(err.at.file, path);
	cr_assert_str_eq(err.text, "byte 7: expected the end of the text, found 'x'");
	unlink(path);
	cr_assert_not(json_read_file(path, &visitor, &err));
	text_release(visitor.context);
}

Test(json_reader, a_tree_made_by_a_visitor_outlives_the_call)
{
	cJSON *mine = cJSON_CreateObject();
	struct text calls = {0};
	struct error err;

	cJSON_AddStringToObject(mine, "a", "b");
	cr_assert(read_bytes("[{\"x\":[1,2,3]},{\"y\":\"z\"}]", 25, &calls, &err));
	cr_assert_str_eq(cJSON_GetObjectItemCaseSensitive(mine, "a")->valuestring, "b");
	cJSON_Delete(mine);
	text_release(&calls);
}
