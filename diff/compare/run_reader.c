/* Recordings read as one. */
#include "diff/compare/comparison.h"

#include "core/arena.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_json.h"
#include "core/dynamic_merge.h"

static bool add_file(struct dynamic_builder *builder, const char *path, struct error *err)
{
	struct dynamic_trace trace;
	struct arena arena = {0};
	bool ok = dynamic_json_read(&arena, path, &trace, err);

	if (ok)
		dynamic_merge(builder, &trace);
	arena_release(&arena);
	return ok;
}

bool comparison_read(struct arena *arena, char *const *paths, size_t npaths,
	struct dynamic_trace *out, struct error *err)
{
	scoped_builder builder;

	dynamic_builder_init(&builder, arena);
	for (size_t i = 0; i < npaths; i++)
		if (!add_file(&builder, paths[i], err))
			return false;
	dynamic_builder_finish(&builder, "", out);
	return true;
}
