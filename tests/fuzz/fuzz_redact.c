/*
 * Whatever a program gives as a value, an endpoint or an argument: what comes out fits,
 * is clean text, and asking again of what was kept says the same.
 */
#include "core/utf8.h"
#include "tracer/telemetry/line.h"
#include "tracer/telemetry/redact.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* No control characters, and nothing that is not UTF-8. */
static void check_line(const struct line *line)
{
	for (size_t i = 0; i < line->length;) {
		uint32_t point = 0;
		size_t n = utf8_decode(line->bytes + i, line->length - i, &point);

		assert(n && point >= 0x20 && !(point >= 0x7f && point < 0xa0));
		i += n;
	}
}

static void check_endpoint(const char *text)
{
	char out[REDACT_ENDPOINT_SIZE], again[REDACT_ENDPOINT_SIZE];

	redact_endpoint(text, out);
	assert(strlen(out) < sizeof(out));
	assert(!strpbrk(out, "?#@"));
	assert(strcmp(out, REDACTED) == 0 || !redact_is_secret(out, strlen(out)));
	redact_endpoint(out, again);
	assert(strlen(again) < sizeof(again));
}

static void check_argument(const char *text)
{
	char out[REDACT_ARGUMENT_SIZE];

	redact_argument(text, out);
	assert(strlen(out) < sizeof(out));
	assert(out[0] == '-' || strcmp(out, REDACTED) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct line line;
	char *text = malloc(size + 1);

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	line_begin(&line);
	line_key(&line, "text");
	line_text(&line, text, size);
	check_line(&line);
	redact_is_secret(text, size);
	redact_is_secret_key(text, size);
	if (redact_is_key(text))
		redact_is_allowed_key(text);
	check_endpoint(text);
	check_argument(text);
	free(text);
	return 0;
}
