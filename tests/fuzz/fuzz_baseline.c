/* Any bytes as a baseline: refused with a sentence, or each fingerprint once, in order.
 */
#include "core/arena.h"
#include "core/baseline_json.h"
#include "core/error.h"
#include "core/json_reader.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct json_source source = {"fuzz", (const char *)data, size};
	struct baseline baseline = {0};
	struct arena arena = {0};
	struct error err = {0};

	if (!baseline_json_read_source(&arena, &source, &baseline, &err) && !err.text[0])
		abort();
	for (size_t i = 1; i < baseline.count; i++)
		if (strcmp(baseline.entries[i - 1].fingerprint,
			    baseline.entries[i].fingerprint) >= 0)
			abort();
	arena_release(&arena);
	return 0;
}
