/* Any bytes as static.json: what is read must be written, read and written again the
 * same. */
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/schema_json.h"
#include "core/schema_texts.h"
#include "core/static_json.h"
#include "core/trace.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert(), whatever NDEBUG says. */
static void must(bool is_so)
{
	if (!is_so)
		abort();
}

/* Read, and write what was read; false when it was refused. */
static bool rewrite(const struct json_source *in, struct json_source *out)
{
	struct static_trace trace = {0};
	struct arena arena = {0};
	struct error err;
	char *bytes = NULL;
	FILE *stream;
	bool ok = static_json_read_source(&arena, in, &trace, &err);

	must(ok || !trace.functions);
	if (ok) {
		stream = open_memstream(&bytes, &out->size);
		must(static_json_write(&trace, stream));
		fclose(stream);
		out->name = "again";
		out->bytes = bytes;
	}
	arena_release(&arena);
	return ok;
}

static void check_schema(const struct json_source *source)
{
	const struct schema_text *text = schema_text_of("static");
	static struct schema *schema;
	struct schema_report report = {0};
	struct error err;

	if (!schema)
		schema = schema_new(text->text, text->size, "schema", &err);
	must(schema);
	schema_check(schema, source, &report, &err);
	schema_report_release(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct json_source source = {"fuzz", (const char *)data, size};
	struct json_source first, second;

	check_schema(&source);
	if (!rewrite(&source, &first))
		return 0;
	if (!rewrite(&first, &second))
		abort();
	must(first.size == second.size &&
		memcmp(first.bytes, second.bytes, first.size) == 0);
	free((void *)first.bytes);
	free((void *)second.bytes);
	return 0;
}
