#include "analyzer/cache/manifest.h"

#include "core/text.h"

#include <string.h>
#include <xxhash.h>

static const uint32_t manifest_magic = 0x31414350; /* "PCA1" */

struct file_header {
	uint32_t magic;
	uint32_t nrecords;
};

struct record_header {
	struct digest content, facts, prefix;
	uint32_t nfiles, nabsent;
	uint64_t paths_size;
};

/* Against torn writes and rotten disks, not against forgers. */
static bool has_good_checksum(const char *bytes, size_t size)
{
	uint64_t checksum;

	if (size < sizeof(struct file_header) + sizeof(checksum))
		return false;
	size -= sizeof(checksum);
	memcpy(&checksum, bytes + size, sizeof(checksum));
	return checksum == XXH3_64bits(bytes, size);
}

bool manifest_parse(const char *bytes, size_t size, struct manifest *out)
{
	struct manifest manifest = {0};
	struct file_header header;
	const char *at, *end;

	if (!has_good_checksum(bytes, size))
		return false;
	memcpy(&header, bytes, sizeof(header));
	at = bytes + sizeof(header);
	end = bytes + size - sizeof(uint64_t);
	if (header.magic != manifest_magic || header.nrecords > MANIFEST_MAX_RECORDS)
		return false;
	for (; manifest.nrecords < header.nrecords; manifest.nrecords++) {
		struct record_header record;

		if ((size_t)(end - at) < sizeof(record))
			return false;
		memcpy(&record, at, sizeof(record));
		at += sizeof(record);
		if (record.paths_size > (size_t)(end - at))
			return false;
		manifest.records[manifest.nrecords] =
			(struct manifest_record){.content = record.content,
				.facts = record.facts,
				.prefix = record.prefix,
				.nfiles = record.nfiles,
				.nabsent = record.nabsent,
				.paths = at,
				.paths_size = (size_t)record.paths_size};
		at += record.paths_size;
	}
	if (at != end)
		return false;
	*out = manifest;
	return true;
}

void manifest_write(const struct manifest *manifest, struct text *out)
{
	struct file_header header = {manifest_magic, (uint32_t)manifest->nrecords};
	uint64_t checksum;

	text_clear(out);
	text_add_bytes(out, (const char *)&header, sizeof(header));
	for (size_t i = 0; i < manifest->nrecords; i++) {
		const struct manifest_record *from = &manifest->records[i];
		struct record_header record = {.content = from->content,
			.facts = from->facts,
			.prefix = from->prefix,
			.nfiles = from->nfiles,
			.nabsent = from->nabsent,
			.paths_size = from->paths_size};

		text_add_bytes(out, (const char *)&record, sizeof(record));
		text_add_bytes(out, from->paths, from->paths_size);
	}
	checksum = XXH3_64bits(out->bytes, out->len);
	text_add_bytes(out, (const char *)&checksum, sizeof(checksum));
}

bool manifest_record_same_input(const struct manifest_record *a,
	const struct manifest_record *b)
{
	return digest_equal(a->content, b->content) && a->nfiles == b->nfiles &&
	       a->nabsent == b->nabsent && a->paths_size == b->paths_size &&
	       memcmp(a->paths, b->paths, a->paths_size) == 0;
}

void manifest_add(struct manifest *manifest, const struct manifest_record *record)
{
	size_t last = 0;

	while (last < manifest->nrecords &&
		!manifest_record_same_input(&manifest->records[last], record))
		last++;
	if (last == MANIFEST_MAX_RECORDS)
		last--;
	else if (last == manifest->nrecords)
		manifest->nrecords++;
	memmove(manifest->records + 1, manifest->records, last * sizeof(*record));
	manifest->records[0] = *record;
}
