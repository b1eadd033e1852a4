/* The end of a dynamic_builder: the sources of each run. */
#include "core/arena.h"
#include "core/compare.h"
#include "core/dynamic_builder.h"
#include "core/dynamic_keys.h"

#include <stdlib.h>
#include <string.h>

struct run_source {
	uint32_t run;
	const char *file;
};

static int by_run(const void *a, const void *b)
{
	const struct run_source *left = a, *right = b;
	int order = compare_u32(left->run, right->run);

	return order ? order : strcmp(left->file, right->file);
}

void dynamic_sources_finish(struct dynamic_builder *builder, const uint32_t *new_run,
	struct traced_run *runs)
{
	const struct source_key *keys = (const void *)builder->source_keys.keys;
	size_t n = builder->source_keys.count;
	const char **files = arena_alloc(builder->arena, n * sizeof(*files));
	struct run_source *sources = xmalloc(n * sizeof(*sources));

	for (size_t i = 0; i < n; i++)
		sources[i] = (struct run_source){new_run[keys[i].run], keys[i].file};
	if (n)
		qsort(sources, n, sizeof(*sources), by_run);
	for (size_t i = 0; i < n; i++) {
		struct traced_run *run = &runs[sources[i].run];

		files[i] = sources[i].file;
		if (!run->nsources++)
			run->sources = &files[i];
	}
	free(sources);
}
