/* polycall telemetry: is it on, and what does the service say. */
#include "cli/command.h"
#include "core/failure.h"
#include "core/home.h"
#include "core/http_client.h"
#include "core/settings.h"
#include "core/story.h"

#include <stdio.h>

enum {
	STATUS_SIZE = 2048
};

/* Where a status can come from. */
struct source {
	const char *name;
	bool (*read)(char status[STATUS_SIZE], struct failure *why);
};

static bool read_net(char status[STATUS_SIZE], struct failure *why)
{
	struct http_reply reply;
	struct failure uncached;

	PCARCH_BRANCH("source", "net");
	if (!http_request("GET", "/status", NULL, &reply, why))
		return false;
	if (reply.status != 200)
		return failure_set(why, "the service answered %d", reply.status);
	snprintf(status, STATUS_SIZE, "%s", reply.body);
	home_write("status", status, &uncached); /* the answer is good without a copy */
	return true;
}

static bool read_cache(char status[STATUS_SIZE], struct failure *why)
{
	PCARCH_BRANCH("source", "cache");
	return home_read("status", status, STATUS_SIZE, why);
}

static const struct source sources[] = {{"net", read_net}, {"cache", read_cache}};

static int telemetry_status(int argc, char **argv)
{
	char status[STATUS_SIZE], is_on[SETTING_VALUE_SIZE] = "off";
	struct failure why[sizeof(sources) / sizeof(sources[0])];

	(void)argv;
	if (argc)
		return command_usage("telemetry status");
	settings_get("telemetry", is_on);
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (!sources[i].read(status, &why[i]))
			continue;
		printf("telemetry: %s\nsource: %s\n%s", is_on, sources[i].name, status);
		return 0;
	}
	return command_failed("telemetry status", why[0].text);
}

static int set_telemetry(const char *words, const char *value)
{
	struct failure why;

	if (!settings_set("telemetry", value, &why))
		return command_failed(words, why.text);
	printf("telemetry: %s\n", value);
	return 0;
}

static int telemetry_start(int argc, char **argv)
{
	(void)argv;
	return argc ? command_usage("telemetry start")
		    : set_telemetry("telemetry start", "on");
}

static int telemetry_stop(int argc, char **argv)
{
	(void)argv;
	return argc ? command_usage("telemetry stop")
		    : set_telemetry("telemetry stop", "off");
}

const struct command telemetry_commands[] = {
	{"status", NULL, "ask the service, or show its last answer", telemetry_status,
		NULL},
	{"start", NULL, "switch telemetry on", telemetry_start, NULL},
	{"stop", NULL, "switch telemetry off", telemetry_stop, NULL},
	{NULL, NULL, NULL, NULL, NULL},
};
