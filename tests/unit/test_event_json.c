#include "core/event_json.h"

#include "core/error.h"
#include "core/log_lines.h"
#include "core/text.h"

#include <criterion/criterion.h>
#include <string.h>

#define HEAD                                                                              \
	"{\"level\":\"warn\",\"timestamp\":\"2025-05-04T15:31:00.5Z\",\"correlationId\":" \
	"\"c\",\"service\":\"s\",\"event\":\"e\",\"channel\":\"cli\",\"instanceId\":\"i\""

static struct event_reader reader;

static bool read_bytes(const char *bytes, size_t len, struct event *event,
	struct error *err)
{
	struct log_line line = {.bytes = bytes, .len = len, .number = 3, .has_end = true};

	return event_json_read(&reader, "a.jsonl", &line, event, err);
}

static void accepted(const char *text, struct event *event)
{
	struct error err = {.text = ""};

	cr_assert(read_bytes(text, strlen(text), event, &err), "%s: %s", text, err.text);
}

static void refused(const char *text, const char *why)
{
	struct event event = {.service = "untouched"};
	struct error err;

	cr_assert_not(read_bytes(text, strlen(text), &event, &err), "%s", text);
	cr_assert(strstr(err.text, why), "'%s' does not say '%s'", err.text, why);
	cr_assert_str_eq(err.at.file, "a.jsonl");
	cr_assert_eq(err.at.line, 3);
	cr_assert_str_eq(event.service, "untouched");
}

static void release(void)
{
	event_reader_release(&reader);
}

TestSuite(event_json, .fini = release);

Test(event_json, reads_what_is_required)
{
	struct event event;

	accepted(HEAD "}", &event);
	cr_assert_eq(event.level, EVENT_WARN);
	cr_assert_eq(event.time_ns, UINT64_C(1746372660500000000));
	cr_assert_str_eq(event.correlation_id, "c");
	cr_assert_str_eq(event.instance_id, "i");
	cr_assert(event.duration_ms < 0 && !event.guid && !event.has_error);
	cr_assert_eq(event.seq, UINT64_MAX);
	cr_assert_eq(event.mono_ns, UINT64_MAX);
}

Test(event_json, order_of_members_does_not_matter)
{
	struct event event;

	accepted(
		"{\"x\":[{}],\"guid\":\"g\",\"seq\":7,\"instanceId\":\"i\",\"channel\":\"cli\","
		"\"event\":\"e\",\"service\":\"s\",\"correlationId\":\"c\",\"mono_ns\":"
		"\"18446744073709551614\",\"timestamp\":\"2025-05-04T15:31:00Z\","
		"\"level\":\"fatal\",\"steps\":[]}",
		&event);
	cr_assert_eq(event.level, EVENT_FATAL);
	cr_assert_eq(event.seq, 7);
	cr_assert_eq(event.mono_ns, UINT64_MAX - 1);
	cr_assert(event.has_steps);
	cr_assert_str_eq(event.guid, "g");
}

Test(event_json, errors_have_members_of_their_own)
{
	struct event event;

	accepted(HEAD
		",\"error\":{\"type\":\"AUTH_FAILED\",\"code\":401,\"external\":true,"
		"\"service\":\"no\",\"cause\":\"EXPIRED\"},\"simulated\":true}",
		&event);
	cr_assert(event.has_error && event.error.is_external && event.is_simulated);
	cr_assert_str_eq(event.error.type, "AUTH_FAILED");
	cr_assert_str_eq(event.error.code, "401");
	cr_assert_str_eq(event.error.cause, "EXPIRED");
	cr_assert_str_eq(event.service, "s");
	cr_assert_null(event.error.source);
}

Test(event_json, says_what_is_wrong)
{
	refused("", "it is empty");
	refused("[]", "it is no object");
	refused("{}", "'level' is missing");
	refused(HEAD "", "this line is no event");
	refused(HEAD "} x", "expected the line's end");
	refused(HEAD ",\"seq\":-1}", "'seq' is not a whole number");
	refused(HEAD ",\"seq\":1.5}", "'seq' is not a whole number");
	refused(HEAD ",\"mono_ns\":\"18446744073709551615\"}", "'mono_ns' is not");
	refused(HEAD ",\"mono_ns\":\"\"}", "'mono_ns' is not");
	refused(HEAD ",\"guid\":7}", "'guid' is not a string");
	refused(HEAD ",\"error\":[]}", "'error' is not an object");
	refused(HEAD ",\"error\":{\"external\":1}}",
		"'error.external' is not true or false");
	refused(HEAD ",\"duration_ms\":-1}", "'duration_ms' is not a number from 0");
	refused(HEAD ",\"service\":\"two\"}", "service");
	refused("{\"level\":null}", "'level' is not a string");
}

Test(event_json, survives_hostile_bytes)
{
	static char deep[200000];
	struct event event;
	struct error err;
	struct log_line line = {.bytes = deep, .len = sizeof(deep), .is_too_long = true};

	memset(deep, '[', sizeof(deep));
	cr_assert_not(read_bytes(deep, sizeof(deep), &event, &err));
	cr_assert_not(read_bytes(HEAD "\0}", sizeof(HEAD "\0}") - 1, &event, &err));
	cr_assert_not(read_bytes("\xff\xfe", 2, &event, &err));
	refused(HEAD ",\"x\":\"\xed\xa0\x80\"}", "byte");
	cr_assert_not(event_json_read(&reader, "a.jsonl", &line, &event, &err));
	cr_assert(strstr(err.text, "it is longer than 1048576 bytes"));
	/* What failed in the middle of objects leaves no key behind. */
	accepted(HEAD "}", &event);
}

static void found(const struct event *event, const char *path, const char *expected)
{
	scoped_text text = {0};

	cr_assert(event_json_find(event, path, &text), "%s", path);
	cr_assert_str_eq(text_string(&text), expected);
}

Test(event_json, members_are_found_by_their_paths)
{
	scoped_text text = {0};
	struct event event;

	accepted(HEAD ",\"error\":{\"code\":401},\"metadata\":{\"a.b\":1,\"n\":1.25,"
		      "\"list\":[1,\"x\"],\"yes\":true,\"no\":null}}",
		&event);
	found(&event, "service", "s");
	found(&event, "error.code", "401");
	found(&event, "metadata.n", "1.25");
	found(&event, "metadata.list", "[1,\"x\"]");
	found(&event, "metadata.yes", "true");
	found(&event, "metadata.no", "null");
	cr_assert_not(event_json_find(&event, "metadata.missing", &text));
	cr_assert_not(event_json_find(&event, "service.x", &text));
	cr_assert_not(event_json_find(&event, "", &text));
	cr_assert_not(event_json_find(&event, "metadata.a.b", &text));
}

static void add_value(void *context, const char *path, const char *value)
{
	text_printf(context, "%s=%s;", path, value);
}

static void add_name(void *context, const char *key)
{
	text_printf(context, "%s ", key);
}

Test(event_json, values_come_with_their_paths)
{
	scoped_text text = {0}, names = {0};
	struct event event;

	accepted(HEAD
		",\"recent\":[{\"seq\":4,\"event\":\"a\"},{\"seq\":5}],\"x\":\"y\"}",
		&event);
	event_json_values(&event, "recent", add_value, &text);
	event_json_values(&event, "x", add_value, &text);
	event_json_values(&event, "missing", add_value, &text);
	cr_assert_str_eq(text.bytes, "[0].seq=4;[0].event=a;[1].seq=5;=y;");
	event_json_members(&event, add_name, &names);
	cr_assert_str_eq(names.bytes,
		"level timestamp correlationId service event channel "
		"instanceId recent x ");
}
