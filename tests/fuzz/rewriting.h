/* Any bytes as a file of ours: what is read is written, read and written again the same.
 */
#ifndef PCARCH_TESTS_FUZZ_REWRITING_H
#define PCARCH_TESTS_FUZZ_REWRITING_H

#include "core/error.h"
#include "core/json_reader.h"
#include "core/schema_json.h"
#include "core/schema_texts.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Read, and write what was read to out->bytes, heap; false when it was refused. */
typedef bool rewrite_fn(const struct json_source *in, struct json_source *out);

/* assert(), whatever NDEBUG says. */
static inline void must(bool is_so)
{
	if (!is_so)
		abort();
}

/* Whatever the schema says of it: it must be said. */
static inline void check_schema(const char *kind, const struct json_source *source)
{
	const struct schema_text *text = schema_text_of(kind);
	static struct schema *schema;
	struct schema_report report = {0};
	struct error err;

	if (!schema)
		schema = schema_new(text->text, text->size, "schema", &err);
	must(schema);
	schema_check(schema, source, &report, &err);
	schema_report_release(&report);
}

static inline void check_rewriting(const struct json_source *source, rewrite_fn *rewrite)
{
	struct json_source first, second;

	if (!rewrite(source, &first))
		return;
	must(rewrite(&first, &second));
	must(first.size == second.size &&
		memcmp(first.bytes, second.bytes, first.size) == 0);
	free((void *)first.bytes);
	free((void *)second.bytes);
}

#endif
