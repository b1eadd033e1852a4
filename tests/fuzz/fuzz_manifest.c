/* Whatever lies in a cache directory: manifests, their lists of paths, lists of file
 * states. */
#include "analyzer/cache/file_state.h"
#include "analyzer/cache/manifest.h"
#include "analyzer/cache/path_list.h"
#include "core/text.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>
#include <xxhash.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct manifest_record *record)
{
	struct path_reader reader = {
		.at = record->paths, .end = record->paths + record->paths_size};

	while (path_reader_next(&reader))
		assert(path_list_takes(reader.path) && strlen(reader.path) == reader.len);
}

/* With a good checksum after it, which no fuzzer finds. */
static void read_manifest(const uint8_t *data, size_t size)
{
	scoped_text bytes = {0}, again = {0};
	struct manifest manifest;
	uint64_t checksum = XXH3_64bits(data, size);

	text_add_bytes(&bytes, (const char *)data, size);
	text_add_bytes(&bytes, (const char *)&checksum, sizeof(checksum));
	if (!manifest_parse(bytes.bytes, bytes.len, &manifest))
		return;
	for (size_t i = 0; i < manifest.nrecords; i++)
		walk(&manifest.records[i]);
	manifest_write(&manifest, &again);
	assert(again.len == bytes.len &&
		memcmp(again.bytes, bytes.bytes, again.len) == 0);
	if (manifest.nrecords) {
		struct manifest_record last = manifest.records[manifest.nrecords - 1];

		manifest_add(&manifest, &last);
	}
}

static void read_states(const uint8_t *data, size_t size)
{
	struct file_states *states = file_states_new(), *again = file_states_new();
	scoped_text written = {0};

	file_states_read(states, (const char *)data, size, true);
	file_states_write(states, &written, false);
	assert(file_states_read(again, written.bytes, written.len, true));
	file_states_free(states);
	file_states_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_manifest(data, size);
	read_states(data, size);
	return 0;
}
