/* polycall-store: takes results and appends them to the file `results` of the home
 * directory. */
#include "core/failure.h"
#include "core/home.h"
#include "core/settings.h"
#include "workers/worker.h"

#include <stdio.h>
#include <string.h>

static void write_text(FILE *stream, const char *text, size_t len)
{
	fprintf(stream, "%.*s\n", (int)len, text);
}

static void write_json(FILE *stream, const char *text, size_t len)
{
	fputs("{\"result\": \"", stream);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < 0x20 || c == '"' || c == '\\')
			fprintf(stream, "\\u%04x", c);
		else
			fputc(c, stream);
	}
	fputs("\"}\n", stream);
}

static bool take_result(void *context, const char *text, size_t len)
{
	void (*write)(FILE *, const char *, size_t) = write_text;
	char path[HOME_PATH_SIZE], format[SETTING_VALUE_SIZE] = "text";
	struct failure why;
	FILE *stream;

	if (!home_path("results", path, &why)) {
		worker_report(context, why.text);
		return false;
	}
	stream = fopen(path, "a");
	if (!stream) {
		worker_report(context, "cannot append to 'results'");
		return false;
	}
	settings_get("format", format);
	if (strcmp(format, "json") == 0)
		write = write_json;
	write(stream, text, len);
	return fclose(stream) == 0;
}

int main(void)
{
	struct worker worker = {.name = "polycall-store", .queue = "polycall.results"};

	return worker_run(&worker, take_result);
}
