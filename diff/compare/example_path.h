/* One way on which control came to a function, by the calls that were seen. */
#ifndef PCARCH_DIFF_EXAMPLE_PATH_H
#define PCARCH_DIFF_EXAMPLE_PATH_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct dynamic_trace;

/* A tree of shortest ways from where control comes from outside; in an arena. */
struct example_paths {
	const uint32_t *from; /* function of the run -> its caller there; itself: a root;
			       * TRACE_NONE: no way leads to it */
	const uint32_t *length; /* of the way, itself included */
};

/* Breadth-first, main() before other roots: the same for the same run. */
void example_paths_find(struct arena *arena, const struct dynamic_trace *run,
	struct example_paths *out);

/* The way to `function`, in `arena`: itself alone where none is known. */
const uint32_t *example_path_to(const struct example_paths *paths, struct arena *arena,
	uint32_t function, size_t *npath);

#endif
