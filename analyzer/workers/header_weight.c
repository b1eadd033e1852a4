#include "analyzer/workers/header_weight.h"

#include "analyzer/compile/search_path.h"
#include "analyzer/compile/units.h"
#include "analyzer/workers/prefix.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/file.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct header {
	UT_hash_handle hh;
	struct header **includes;
	size_t nincludes;
	uint64_t bytes;
	unsigned sequence; /* the last one that it was counted in */
	char path[];
};

struct header_weights {
	struct arena arena;
	struct search_path search;
	struct header *headers;
	struct header **pending; /* to be counted: an own stack, not the machine's */
	size_t npending, room;
	unsigned sequence;
};

struct header_weights *header_weights_new(const struct scan_unit *unit)
{
	struct header_weights *weights = xmalloc(sizeof(*weights));

	*weights = (struct header_weights){0};
	search_path_read(&weights->arena, unit, &weights->search);
	return weights;
}

void header_weights_free(struct header_weights *weights)
{
	if (!weights)
		return;
	HASH_CLEAR(hh, weights->headers);
	arena_release(&weights->arena);
	free(weights->pending);
	free(weights);
}

void header_weights_begin(struct header_weights *weights)
{
	weights->sequence++;
}

static struct header *find_header(struct header_weights *weights, const char *from,
	const char *line);

/* All lines of the header that include something, wherever they stand. */
static void read_includes(struct header_weights *weights, struct header *header,
	const struct file_map *map)
{
	struct header **includes = NULL;
	size_t count = 0, room = 0;
	const char *end = map->bytes + map->size;

	for (const char *at = map->bytes; at < end;) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *line = prefix_include_line(&weights->arena, at, end);
		struct header *found =
			line ? find_header(weights, header->path, line) : NULL;

		if (found) {
			includes = grow(includes, count, &room, sizeof(struct header *));
			includes[count++] = found;
		}
		at = newline ? newline + 1 : end;
	}
	header->includes = (struct header **)arena_copy(&weights->arena,
		(const char *)includes, count * sizeof(struct header *));
	header->nincludes = count;
	free(includes);
}

static struct header *find_header(struct header_weights *weights, const char *from,
	const char *line)
{
	const char *path =
		search_path_find(&weights->search, &weights->arena, from, line);
	size_t len = path ? strlen(path) : 0;
	struct header *header;

	if (!path)
		return NULL;
	HASH_FIND(hh, weights->headers, path, len, header);
	if (header)
		return header;
	header = arena_alloc(&weights->arena, sizeof(*header) + len + 1);
	memcpy(header->path, path, len);
	header->nincludes = SIZE_MAX; /* not read yet */
	HASH_ADD(hh, weights->headers, path, len, header);
	return header;
}

static void read_header(struct header_weights *weights, struct header *header)
{
	scoped_map map = {"", 0};
	struct error ignored; /* the parser will say it */

	header->nincludes = 0;
	if (!file_map(header->path, &map, &ignored))
		return;
	header->bytes = map.size;
	read_includes(weights, header, &map);
}

static void push(struct header_weights *weights, struct header *header)
{
	if (header->sequence == weights->sequence)
		return;
	header->sequence = weights->sequence;
	weights->pending = grow(weights->pending, weights->npending, &weights->room,
		sizeof(struct header *));
	weights->pending[weights->npending++] = header;
}

uint64_t header_weights_add(struct header_weights *weights, const char *line)
{
	struct header *first = find_header(weights, NULL, line);
	uint64_t bytes = 0;

	if (first)
		push(weights, first);
	while (weights->npending) {
		struct header *header = weights->pending[--weights->npending];

		if (header->nincludes == SIZE_MAX)
			read_header(weights, header);
		bytes += header->bytes;
		for (size_t i = 0; i < header->nincludes; i++)
			push(weights, header->includes[i]);
	}
	return bytes;
}
