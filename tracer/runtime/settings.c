#include "tracer/runtime/settings.h"

#include "core/record.h"
#include "tracer/runtime/say.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

struct settings settings;

enum {
	MAX_KEPT = 24 << 10,
	DEFAULT_MB = 16,
	MAX_MB = 1024,
};

/* The variables themselves: a program may overwrite those in its environment. */
static char kept[MAX_KEPT];
static size_t nkept;

static const char *value_of(const char *variable, const char *name)
{
	size_t len = strlen(name);

	return strncmp(variable, name, len) == 0 && variable[len] == '='
		       ? variable + len + 1
		       : NULL;
}

static bool is_ours(const char *variable)
{
	return strncmp(variable, RECORDING_MODE, strlen(RECORDING_MODE)) == 0 ||
	       value_of(variable, "TRACEPARENT") || value_of(variable, "TRACESTATE") ||
	       value_of(variable, "BAGGAGE");
}

static void keep_variables(void)
{
	for (char **at = environ; at && *at; at++) {
		size_t size = strlen(*at) + 1;

		if (!is_ours(*at) || size > MAX_KEPT - nkept ||
			settings.nvariables == SETTINGS_MAX_VARIABLES)
			continue;
		memcpy(kept + nkept, *at, size);
		settings.variables[settings.nvariables++] = kept + nkept;
		nkept += size;
	}
}

static const char *setting(const char *name)
{
	const char *value = NULL;

	for (size_t i = 0; i < settings.nvariables && !value; i++)
		value = value_of(settings.variables[i], name);
	return value ? value : "";
}

static bool copy_setting(char *to, size_t size, const char *name)
{
	const char *value = setting(name);
	size_t len = strlen(value);

	if (len >= size)
		return false;
	memcpy(to, value, len + 1);
	return true;
}

static uint64_t read_mode(void)
{
	const char *mode = setting(RECORDING_MODE);

	if (!mode[0] || strcmp(mode, "0") == 0 || strcmp(mode, "off") == 0)
		return 0;
	if (strcmp(mode, "edges") == 0)
		return RECORDING_EDGES;
	if (strcmp(mode, "spans") == 0)
		return RECORDING_SPANS;
	say("not traced: " RECORDING_MODE "=%.40s is no mode; use edges, spans or off",
		mode);
	return 0;
}

static uint64_t read_max_bytes(void)
{
	const char *text = setting(RECORDING_MAX_MB);
	char *end;
	unsigned long mb = strtoul(text, &end, 10);

	if (!text[0] || *end || mb < 1 || mb > MAX_MB)
		mb = DEFAULT_MB;
	return (uint64_t)mb << 20;
}

/* "0.01" of 2^56, without floating point; anything odd keeps all traces. */
static uint64_t read_sample(void)
{
	const uint64_t all = UINT64_C(1) << 56;
	const char *text = setting(RECORDING_SAMPLE);
	uint64_t sample = 0, part = all;

	if (text[0] != '0' || (text[1] && text[1] != '.'))
		return all;
	for (const char *at = text[1] ? text + 2 : ""; *at; at++) {
		if (*at < '0' || *at > '9')
			return all;
		part /= 10;
		sample += (uint64_t)(*at - '0') * part;
	}
	return sample;
}

/* The last 14 digits of the trace id in a traceparent: all processes of a trace agree. */
static void read_trace_id(void)
{
	const char *text = setting("TRACEPARENT");
	uint64_t id = 0;

	if (strlen(text) < 55 || text[2] != '-' || text[35] != '-')
		return;
	for (size_t i = 21; i < 35; i++) {
		char c = text[i];

		if ((c < '0' || c > '9') && (c < 'a' || c > 'f'))
			return;
		id = id << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	settings.has_trace_id = true;
	settings.trace_id = id;
}

void settings_read(void)
{
	keep_variables();
	settings.mode = read_mode();
	if (settings.mode && getauxval(AT_SECURE)) {
		say("not traced: it runs with privileges that its caller lacks");
		settings.mode = 0;
	}
	if (!settings.mode) {
		/* Nothing of ours is put back into an environment, either. */
		settings.nvariables = 0;
		return;
	}
	settings.max_bytes = read_max_bytes();
	settings.sample = read_sample();
	read_trace_id();
	if (!copy_setting(settings.directory, sizeof(settings.directory),
		    RECORDING_DIRECTORY) ||
		settings.directory[0] != '/') {
		say("not traced: " RECORDING_DIRECTORY
		    " is no absolute path; start it with "
		    "'pcarch trace'");
		settings.mode = 0;
	}
	if (!copy_setting(settings.filter, sizeof(settings.filter), RECORDING_FILTER) ||
		!copy_setting(settings.roots, sizeof(settings.roots), RECORDING_ROOTS)) {
		say("not traced: a list of patterns is longer than %d bytes; shorten " RECORDING_FILTER
		    " and " RECORDING_ROOTS,
			SETTINGS_MAX_TEXT - 1);
		settings.mode = 0;
	}
}
