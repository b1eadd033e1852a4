/* Any bytes as a rule file, with and without the schema before it. */
#include "core/arena.h"
#include "core/error.h"
#include "core/json_reader.h"
#include "core/rule_file.h"
#include "core/rules_json.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct json_source source = {"fuzz", (const char *)data, size};
	struct rule_problems problems;
	struct arena arena = {0};
	struct rule_file file;
	struct error err;
	bool is_valid = rules_json_check(&arena, &source, &file, &problems);

	if (!is_valid && (!problems.count || !problems.list[0].text[0]))
		abort(); /* refused without a word */
	/* What the schema lets in, the reader must hold against nothing but sense. */
	rules_json_read_shipped(&arena, &source, &file, &err);
	rules_json_recognise(&source);
	arena_release(&arena);
	return 0;
}
