/* A recording as a runtime would write it, for tests: small, and easy to damage. */
#ifndef PCARCH_TESTS_FAKE_RECORDING_H
#define PCARCH_TESTS_FAKE_RECORDING_H

#include "core/record.h"

#include <string.h>

enum {
	FAKE_OBJECTS = 4,
	FAKE_TEXT = 1024,
	FAKE_EDGES_LOG2 = 5,
	FAKE_EDGES = (1 << FAKE_EDGES_LOG2) + RECORDING_TABLE_TAIL,
};

struct fake_recording {
	struct recording_header header;
	struct recording_object objects[FAKE_OBJECTS];
	char strings[FAKE_TEXT];
	struct recording_table tables[2];
	struct recording_trace traces[2];
	struct recording_edge times[2];
	_Alignas(64) struct recording_edge edges[FAKE_EDGES];
};

static inline struct recording_string fake_string(struct fake_recording *fake,
	const char *text)
{
	struct recording_string string = {
		offsetof(struct fake_recording, strings) + fake->header.strings.count,
		strlen(text)};

	memcpy((char *)fake + string.offset, text, string.size + 1);
	fake->header.strings.count += string.size + 1;
	return string;
}

static inline struct fake_recording fake_recording(uint64_t id)
{
	struct fake_recording fake = {
		.header =
			{
				.magic = RECORDING_MAGIC,
				.version = RECORDING_VERSION,
				.header_size = sizeof(struct recording_header),
				.file_size = sizeof(struct fake_recording),
				.id = {id, id},
				.pid = 100 + id,
				.start_wall_ns = 1000000000,
				.start_ns = 500,
				.end_ns = 2000500,
				.mode = RECORDING_EDGES,
				.state = RECORDING_READY | RECORDING_PATCHABLE,
				.objects = {offsetof(struct fake_recording, objects),
					FAKE_OBJECTS, 0},
				.strings = {offsetof(struct fake_recording, strings),
					FAKE_TEXT, 0},
				.tables = {offsetof(struct fake_recording, tables), 2, 1},
				.traces = {offsetof(struct fake_recording, traces), 2, 0},
				.times = {offsetof(struct fake_recording, times), 2, 2},
				.tick_ns = RECORDING_TICK_NS,
				.heap = {offsetof(struct fake_recording, edges),
					sizeof(fake.edges), sizeof(fake.edges)},
			},
		.tables = {{.place = offsetof(struct fake_recording, edges) |
				     FAKE_EDGES_LOG2,
			.owner = 1}},
	};

	fake.header.program = fake_string(&fake, "/no/such/program");
	return fake;
}

/* Its index. It is mapped at (index + 1) << 20. */
static inline unsigned fake_object(struct fake_recording *fake, const char *path,
	uint64_t flags)
{
	unsigned index = (unsigned)fake->header.objects.count++;

	fake->objects[index] = (struct recording_object){
		.path = fake_string(fake, path),
		.base = (uint64_t)(index + 1) << 20,
		.start = (uint64_t)(index + 1) << 20,
		.end = (uint64_t)(index + 2) << 20,
		.flags = flags,
	};
	return index;
}

/* `count` calls from `site` in one object to `callee` in another, both as in the files.
 */
static inline void fake_edge(struct fake_recording *fake, unsigned from, uint64_t site,
	unsigned to, uint64_t callee, uint64_t count)
{
	size_t slot = 0;

	while (fake->edges[slot].site)
		slot++;
	fake->edges[slot] = (struct recording_edge){
		.site = site + ((uint64_t)(from + 1) << 20),
		.callee = callee + ((uint64_t)(to + 1) << 20),
		.count = count,
		.info = recording_info(from, to, 0, 0),
	};
}

#endif
