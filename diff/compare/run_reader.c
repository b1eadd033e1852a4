/* Recordings read as one, without their spans. */
#include "diff/compare/comparison.h"

#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_json.h"
#include "core/dynamic_merge.h"
#include "core/dynamic_skim.h"
#include "core/json_reader.h"

#define scoped_skim __attribute__((cleanup(dynamic_skim_release))) struct dynamic_skim

/* Adds to *nquiet. */
static bool add_file(struct dynamic_builder *builder, const char *path, size_t *nquiet,
	struct error *err)
{
	struct arena arena = {0};
	scoped_skim skim = {.arena = &arena};
	struct dynamic_trace trace;
	bool ok = dynamic_json_skim(&skim, &(struct json_source){.name = path}, &trace,
		err);

	if (ok) {
		*nquiet += skim.nquiet;
		if (*nquiet > SKIM_MOST_QUIET)
			dynamic_skim_drop_quiet(&trace);
		dynamic_merge(builder, &trace);
	}
	arena_release(&arena);
	return ok;
}

bool comparison_read(struct arena *arena, char *const *paths, size_t npaths,
	struct dynamic_trace *out, struct error *err)
{
	scoped_builder builder;
	struct dynamic_trace trace;
	size_t nquiet = 0;

	dynamic_builder_init(&builder, arena);
	for (size_t i = 0; i < npaths; i++)
		if (!add_file(&builder, paths[i], &nquiet, err))
			return false;
	dynamic_builder_finish(&builder, "", &trace);
	/* All or none of them, so that the order of files does not show. */
	if (nquiet > SKIM_MOST_QUIET)
		dynamic_skim_drop_quiet(&trace);
	*out = trace;
	return true;
}
