/* Any bytes as a recording: all that is in it is read, and no file but it. */
#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"
#include "tracer/edge_table.h"
#include "tracer/recording.h"
#include "tracer/traced_objects.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct arena *arena, const struct recording *recording)
{
	scoped_interner strings = {.arena = arena};
	scoped_objects objects;
	scoped_edges edges;
	uint32_t *indices = arena_alloc(arena, recording->nobjects * sizeof(*indices));

	traced_objects_init(&objects, &strings);
	edge_table_init(&edges);
	for (size_t i = 0; i < recording->nobjects; i++)
		indices[i] =
			traced_objects_add(&objects, recording, &recording->objects[i]);
	edge_table_add(&edges, &objects, recording, indices);
	recording_text(recording, &strings, &recording->header->program);
	for (size_t i = 0; i < RECORDING_WORDS; i++)
		recording_text(recording, &strings, &recording->header->words[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	scoped_recording recording = {0};
	struct arena arena = {0};
	struct error err;

	if (recording_read_bytes(&recording, "fuzz", data, size, &err))
		read_all(&arena, &recording);
	arena_release(&arena);
	return 0;
}
