#include "core/settings.h"

#include "core/failure.h"
#include "core/home.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
	FILE_SIZE = 4096
};

/* What a setting can be. */
struct rule {
	const char *name;
	bool (*is_valid)(const char *value);
	const char *expected; /* for the message */
	const char *initial;
};

struct lookup {
	const char *name;
	char *value; /* SETTING_VALUE_SIZE bytes */
	bool is_found;
};

struct rewrite {
	const char *skip; /* the setting that is being replaced */
	char text[FILE_SIZE];
	size_t len;
};

static bool is_switch(const char *value)
{
	return strcmp(value, "on") == 0 || strcmp(value, "off") == 0;
}

static bool is_format(const char *value)
{
	return strcmp(value, "text") == 0 || strcmp(value, "json") == 0;
}

static bool is_address(const char *value)
{
	const char *port = strrchr(value, ':');

	if (!port || port == value || !isdigit((unsigned char)port[1]))
		return false;
	return strspn(port + 1, "0123456789") == strlen(port + 1);
}

static const struct rule rules[] = {
	{"telemetry", is_switch, "'on' or 'off'", "off"},
	{"format", is_format, "'text' or 'json'", "text"},
	{"service", is_address, "HOST:PORT", "127.0.0.1:8470"},
};

static const struct rule *find_rule(const char *name)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (strcmp(rules[i].name, name) == 0)
			return &rules[i];
	}
	return NULL;
}

void settings_each(setting_fn *visit, void *context)
{
	char text[FILE_SIZE], *line, *rest = text;
	struct failure unread;

	if (!home_read("settings", text, sizeof(text), &unread))
		return;
	while ((line = strsep(&rest, "\n"))) {
		char *equals = strchr(line, '=');

		if (!equals)
			continue;
		*equals = '\0';
		if (!visit(context, line, equals + 1))
			return;
	}
}

static bool match_setting(void *context, const char *name, const char *value)
{
	struct lookup *lookup = context;

	if (strcmp(lookup->name, name) != 0)
		return true;
	snprintf(lookup->value, SETTING_VALUE_SIZE, "%s", value);
	lookup->is_found = true;
	return false;
}

bool settings_get(const char *name, char value[SETTING_VALUE_SIZE])
{
	struct lookup lookup = {.name = name, .value = value};
	const struct rule *rule = find_rule(name);

	settings_each(match_setting, &lookup);
	if (!lookup.is_found && rule)
		snprintf(value, SETTING_VALUE_SIZE, "%s", rule->initial);
	return lookup.is_found || rule;
}

static bool keep_setting(void *context, const char *name, const char *value)
{
	struct rewrite *rewrite = context;
	size_t room = sizeof(rewrite->text) - rewrite->len;
	int len;

	if (strcmp(name, rewrite->skip) == 0)
		return true;
	len = snprintf(rewrite->text + rewrite->len, room, "%s=%s\n", name, value);
	if ((size_t)len < room)
		rewrite->len += (size_t)len;
	return true;
}

bool settings_set(const char *name, const char *value, struct failure *why)
{
	const struct rule *rule = find_rule(name);
	struct rewrite rewrite = {.skip = ""};

	if (!rule)
		return failure_set(why, "no setting is called '%.100s'", name);
	if (!rule->is_valid(value) || strlen(value) >= SETTING_VALUE_SIZE)
		return failure_set(why, "'%.100s' is no value for '%s': expected %s",
			value, name, rule->expected);
	keep_setting(&rewrite, name, value);
	rewrite.skip = name;
	settings_each(keep_setting, &rewrite);
	return home_write("settings", rewrite.text, why);
}
