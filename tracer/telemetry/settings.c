#include "tracer/telemetry/settings.h"

#include "core/trace_context.h"
#include "tracer/runtime/say.h"
#include "tracer/telemetry/redact.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

static const char *const levels[] = {"trace", "debug", "info", "warn", "error", "fatal"};

enum {
	NLEVELS = sizeof(levels) / sizeof(levels[0]),
	MIN_SEGMENT_BYTES = 16384,
};

const char *settings_level_name(enum pcarch_level level)
{
	return (unsigned)level < NLEVELS ? levels[level] : "info";
}

static void read_level(struct settings *out)
{
	const char *value = getenv(SETTINGS_LEVEL);

	for (size_t i = 0; value && i < NLEVELS; i++) {
		if (strcmp(value, levels[i]) != 0)
			continue;
		out->level = (enum pcarch_level)i;
		return;
	}
	if (value && *value)
		say("%s has no level '%.40s'; use trace, debug, info, warn, error or fatal",
			SETTINGS_LEVEL, value);
}

/* `value` stays when the variable is not set, or not a number in that range. */
static void read_number(const char *variable, uint64_t min, uint64_t max, uint64_t *value)
{
	const char *text = getenv(variable);
	unsigned long long number;
	char *end;

	if (!text || !*text)
		return;
	errno = 0;
	number = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || errno || number < min || number > max)
		say("%s is no number from %llu to %llu: '%.40s' is ignored", variable,
			(unsigned long long)min, (unsigned long long)max, text);
	else
		*value = number;
}

static void read_auditor(struct settings *out)
{
	const char *path = getenv(SETTINGS_AUDITOR);

	if (!path || !*path)
		return;
	out->has_auditor = seal_read_auditor(path, out->auditor);
	if (out->has_auditor)
		return;
	out->directory[0] = '\0';
	say("no log is written: the auditor's key in '%.200s' (%s) cannot be used: %s",
		path, SETTINGS_AUDITOR,
		errno ? strerror(errno) : "it is not 64 hex digits in one line");
}

static unsigned format_of(const char *name)
{
	static const struct {
		const char *name;
		unsigned format;
	} formats[] = {{"w3c", TRACE_FORMAT_W3C}, {"b3", TRACE_FORMAT_B3_SINGLE},
		{"b3multi", TRACE_FORMAT_B3_MULTI}};

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, name) == 0)
			return formats[i].format;
	return 0;
}

static void read_formats(struct settings *out)
{
	char formats[64], *next = formats, *name;
	const char *value = getenv(SETTINGS_PROPAGATE);

	snprintf(formats, sizeof(formats), "%s", value ? value : "");
	while (*formats && (name = strsep(&next, ","))) {
		if (!format_of(name))
			say("%s has no format '%.40s'; use w3c, b3 or b3multi, with commas",
				SETTINGS_PROPAGATE, name);
		out->formats |= format_of(name);
	}
}

/* A comma stands between keys. They stay. */
static void read_keys(void)
{
	static char keys[4096];
	const char *value = getenv(SETTINGS_KEYS);
	char *next = keys, *key;

	if (!value)
		return;
	snprintf(keys, sizeof(keys), "%s", value);
	while ((key = strsep(&next, ",")))
		if (redact_is_key(key) && !redact_allow(key))
			say("%s has too many keys: '%.64s' is not kept", SETTINGS_KEYS,
				key);
}

static void clean_name(char out[SETTINGS_SERVICE_SIZE], const char *name)
{
	size_t n = 0;

	for (; name[n] && n < SETTINGS_SERVICE_SIZE - 1; n++) {
		char c = name[n];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
				(c >= '0' && c <= '9') || c == '_' || c == '.' ||
				c == '-';

		out[n] = c;
		if (!is_plain)
			out[n] = '_';
	}
	out[n] = '\0';
}

/* argv[0] is whatever the caller likes. */
static void read_program(struct settings *out)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	const char *name;

	path[length > 0 ? length : 0] = '\0';
	name = strrchr(path, '/');
	clean_name(out->program, name && name[1] ? name + 1 : "program");
}

void settings_read(struct settings *out)
{
	uint64_t nsegments = 0, slow_ms = 500, is_synced = 0;
	const char *service;

	memset(out, 0, sizeof(*out));
	out->level = PCARCH_LEVEL_INFO;
	out->max_bytes = UINT64_C(64) << 20;
	out->slow_ms = 500;
	read_program(out);
	clean_name(out->service, out->program);
	out->is_secure = getauxval(AT_SECURE) != 0;
	if (out->is_secure)
		return;
	service = getenv(SETTINGS_SERVICE);
	if (service && *service)
		clean_name(out->service, service);
	if (getenv(SETTINGS_DIRECTORY))
		snprintf(out->directory, sizeof(out->directory), "%s",
			getenv(SETTINGS_DIRECTORY));
	read_level(out);
	read_number(SETTINGS_MAX_BYTES, MIN_SEGMENT_BYTES, UINT64_C(1) << 50,
		&out->max_bytes);
	read_number(SETTINGS_SEGMENTS, 1, 1000000, &nsegments);
	read_number(SETTINGS_SLOW, 0, 1000000000, &slow_ms);
	read_number(SETTINGS_SYNC, 0, 1, &is_synced);
	out->nsegments = (unsigned)nsegments;
	out->slow_ms = (unsigned)slow_ms;
	out->is_synced = is_synced;
	read_formats(out);
	read_keys();
	read_auditor(out);
}
