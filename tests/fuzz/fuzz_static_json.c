#include "core/arena.h"
#include "core/static_json.h"
#include "core/trace.h"
#include "tests/fuzz/rewriting.h"

#include <stdio.h>

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct json_source source = {"fuzz", (const char *)data, size};

	check_schema("static", &source);
	check_rewriting(&source, rewrite);
	return 0;
}
