/* Any bytes as traffic rules, and as the text of a value and a reply. */
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/traffic_rules.h"
#include "core/traffic_rules_json.h"
#include "tracer/traffic_http.h"
#include "tracer/traffic_words.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct json_source source = {"fuzz", (const char *)data, size};
	const struct traffic_values values = {.program = "p", .port = "1"};
	struct traffic_rules rules = {0};
	struct arena arena = {0};
	struct error err = {0};

	if (!traffic_rules_read(&arena, &source, &rules, &err) && !err.text[0])
		abort(); /* refused without a word */
	traffic_text_fill(&arena, arena_copy(&arena, source.bytes, size), &values);
	if (traffic_http_status(source.bytes, size) > 999)
		abort();
	arena_release(&arena);
	return 0;
}
