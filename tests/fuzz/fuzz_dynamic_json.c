/* Any bytes as dynamic.json: what is read must be written, read and written again the
 * same, and be merged with itself. */
#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_json.h"
#include "core/dynamic_merge.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/schema_json.h"
#include "core/schema_texts.h"

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

static void merge_twice(struct arena *arena, const struct dynamic_trace *trace)
{
	scoped_builder builder;
	struct dynamic_trace merged;

	dynamic_builder_init(&builder, arena);
	dynamic_merge(&builder, trace);
	dynamic_merge(&builder, trace);
	dynamic_builder_finish(&builder, "fuzz", &merged);
	must(merged.ncalls <= trace->ncalls);
}

/* Read, and write what was read; false when it was refused. */
static bool rewrite(const struct json_source *in, struct json_source *out)
{
	struct dynamic_trace trace = {0};
	struct arena arena = {0};
	struct error err;
	char *bytes = NULL;
	FILE *stream;
	bool ok = dynamic_json_read_source(&arena, in, &trace, &err);

	must(ok || !trace.functions);
	if (ok) {
		stream = open_memstream(&bytes, &out->size);
		must(dynamic_json_write(&trace, stream));
		fclose(stream);
		merge_twice(&arena, &trace);
		out->name = "again";
		out->bytes = bytes;
	}
	arena_release(&arena);
	return ok;
}

static void check_schema(const struct json_source *source)
{
	static struct schema *schema;
	const struct schema_text *text = schema_texts;
	struct schema_report report = {0};
	struct error err;

	while (strcmp(text->kind, "dynamic") != 0)
		text++;
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
