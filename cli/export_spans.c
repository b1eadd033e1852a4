#include "cli/export_spans.h"

#include "cli/command.h"
#include "core/dynamic_json.h"
#include "core/dynamic_trace.h"
#include "core/error.h"
#include "core/file.h"
#include "diff/chrome.h"
#include "diff/folded.h"
#include "diff/otlp.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	bool (*write)(const struct dynamic_trace *trace, FILE *out);
} formats[] = {
	{"otlp", otlp_write},
	{"chrome", chrome_write},
	{"folded", folded_write},
};

enum {
	NFORMATS = sizeof(formats) / sizeof(formats[0])
};

static size_t find(const char *format)
{
	size_t i = 0;

	while (i < NFORMATS && strcmp(formats[i].name, format) != 0)
		i++;
	return i;
}

bool export_spans_knows(const char *format)
{
	return find(format) < NFORMATS;
}

static bool save(const struct dynamic_trace *trace, size_t format, const char *output,
	struct error *err)
{
	scoped_out out = {0};

	if (!file_create(&out, output, err))
		return false;
	if (!formats[format].write(trace, out.stream))
		return file_write_failed(&out, err);
	return file_commit(&out, err);
}

int export_spans(struct arena *arena, const char *format, const char *file,
	const char *output)
{
	struct dynamic_trace trace;
	struct error err;

	if (!file)
		file = "dynamic.json";
	if (!dynamic_json_read(arena, file, &trace, &err)) {
		error_print(&err, "export");
		return EXIT_USAGE;
	}
	if (!dynamic_span_count(&trace)) {
		fprintf(stderr,
			"pcarch export: nothing is written: there are no spans in '%s'; 'pcarch "
			"trace --static static.json' records them\n",
			file);
		return EXIT_FINDINGS;
	}
	if (save(&trace, find(format), output, &err))
		return EXIT_CLEAN;
	error_print(&err, "export");
	return EXIT_USAGE;
}
