/* What is read is merged with itself, and skimmed, too. */
#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_json.h"
#include "core/dynamic_merge.h"
#include "core/dynamic_skim.h"
#include "tests/fuzz/rewriting.h"

#include <stdio.h>

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

/* Without keeping spans the same is accepted. */
static bool is_skimmed(const struct json_source *in)
{
	struct arena arena = {0};
	struct dynamic_skim skim = {.arena = &arena};
	struct dynamic_trace trace;
	struct error err;
	bool ok = dynamic_json_skim(&skim, in, &trace, &err);

	dynamic_skim_release(&skim);
	arena_release(&arena);
	return ok;
}

static bool rewrite(const struct json_source *in, struct json_source *out)
{
	struct dynamic_trace trace = {0};
	struct arena arena = {0};
	struct error err;
	char *bytes = NULL;
	FILE *stream;
	bool ok = dynamic_json_read_source(&arena, in, &trace, &err);

	must(ok || !trace.functions);
	must(ok == is_skimmed(in));
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct json_source source = {"fuzz", (const char *)data, size};

	check_schema("dynamic", &source);
	check_rewriting(&source, rewrite);
	return 0;
}
