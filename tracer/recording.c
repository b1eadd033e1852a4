#include "tracer/recording.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/interner.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	MAX_BYTES = 2 << 29 /* 1 GiB: the most that a runtime allocates */
};

void recording_release(struct recording *recording)
{
	free(recording->bytes);
	*recording = (struct recording){0};
}

static void close_file(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

#define scoped_fd __attribute__((cleanup(close_file))) int

/* Read on, to byte `end` or the end of the file. */
static bool read_to(struct recording *recording, int fd, size_t end, struct error *err)
{
	ssize_t n = 1;

	while (n && recording->size < end) {
		n = pread(fd, recording->bytes + recording->size, end - recording->size,
			(off_t)recording->size);
		if (n < 0 && errno != EINTR)
			return error_set_errno(err, "read", recording->path, NULL);
		recording->size += n > 0 ? (size_t)n : 0;
	}
	return true;
}

/*
 * How much of a file of `size` bytes is used. Asked for when all that refers to the heap
 * is read: a process that runs on may put more there in the meantime.
 */
static size_t used_bytes(int fd, size_t size)
{
	struct recording_header header;
	uint64_t used;

	if (pread(fd, &header, sizeof(header), 0) != sizeof(header) ||
		header.magic != RECORDING_MAGIC || header.version != RECORDING_VERSION)
		return size;
	used = header.heap.offset + header.heap.count;
	return used >= header.heap.offset && used < size ? used : size;
}

static bool read_bytes(struct recording *recording, struct error *err)
{
	scoped_fd fd = open(recording->path,
		O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
	struct recording_header header = {0};
	size_t size, first;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return error_set_errno(err, "open", recording->path, NULL);
	if (!S_ISREG(st.st_mode) || st.st_size > MAX_BYTES)
		return error_set(err, (struct location){recording->path, 0, 0},
			"this is no recording");
	size = (size_t)st.st_size;
	recording->bytes = xmalloc(size);
	if (pread(fd, &header, sizeof(header), 0) != sizeof(header))
		header.heap.offset = 0;
	first = header.heap.offset < size ? header.heap.offset : size;
	return read_to(recording, fd, first, err) &&
	       read_to(recording, fd, used_bytes(fd, size), err);
}

/* The `count` elements of a section, where all of its room is inside the file. */
static bool take_section(const struct recording *recording,
	const struct recording_section *section, size_t size, const void **items,
	size_t *count)
{
	if (section->offset > recording->size || section->offset % sizeof(uint64_t) ||
		section->room > (recording->size - section->offset) / size)
		return false;
	*items = recording->bytes + section->offset;
	*count = section->count < section->room ? section->count : section->room;
	return true;
}

static bool check_header(struct recording *recording, struct error *err)
{
	const struct recording_header *header =
		(const struct recording_header *)recording->bytes;
	struct location at = {recording->path, 0, 0};

	if (recording->size < sizeof(*header) || header->magic != RECORDING_MAGIC)
		return error_set(err, at, "this is no recording");
	if (header->version != RECORDING_VERSION)
		return error_set(err, at,
			"the recording is of version %" PRIu64
			", this pcarch reads %" PRIu64
			": use the pcarch that the program was built with",
			header->version, RECORDING_VERSION);
	if (!(header->state & RECORDING_READY))
		return error_set(err, at,
			"the process ended before it had begun to record");
	recording->header = header;
	return true;
}

static bool check_sections(struct recording *recording, struct error *err)
{
	const struct recording_header *header = recording->header;
	const void *objects, *strings, *tables, *traces, *times = NULL;
	size_t nstrings;

	if (header->header_size < sizeof(*header) ||
		!take_section(recording, &header->objects,
			sizeof(struct recording_object), &objects,
			&recording->nobjects) ||
		!take_section(recording, &header->strings, 1, &strings, &nstrings) ||
		!take_section(recording, &header->tables, sizeof(struct recording_table),
			&tables, &recording->ntables) ||
		!take_section(recording, &header->traces, sizeof(struct recording_trace),
			&traces, &recording->ntraces) ||
		(header->tick_ns && !take_section(recording, &header->times,
					    sizeof(struct recording_edge), &times,
					    &recording->ntimes)))
		return error_set(err, (struct location){recording->path, 0, 0},
			"the recording is damaged: a part of it lies outside of the file");
	recording->objects = objects;
	recording->tables = tables;
	recording->traces = traces;
	recording->times = times;
	recording->ntraces = header->traces.room; /* each says whether it is in use */
	return true;
}

/* Take the bytes over, or release them. */
static bool finish(struct recording *out, struct recording *recording, bool is_read,
	struct error *err)
{
	if (!is_read || !check_header(recording, err) ||
		!check_sections(recording, err)) {
		recording_release(recording);
		return false;
	}
	*out = *recording;
	return true;
}

bool recording_read(struct recording *out, const char *path, struct error *err)
{
	struct recording recording = {.path = path};

	return finish(out, &recording, read_bytes(&recording, err), err);
}

bool recording_read_bytes(struct recording *out, const char *name, const void *bytes,
	size_t size, struct error *err)
{
	struct recording recording = {.path = name, .bytes = xmalloc(size), .size = size};

	if (size)
		memcpy(recording.bytes, bytes, size);
	return finish(out, &recording, true, err);
}

const char *recording_text(const struct recording *recording, struct interner *strings,
	const struct recording_string *string)
{
	const struct recording_section *section = &recording->header->strings;
	uint64_t at = string->offset - section->offset; /* offsets are in the file */
	const char *bytes;

	if (string->offset < section->offset || at > section->room ||
		string->size > section->room - at)
		return "";
	bytes = recording->bytes + string->offset;
	return intern(strings, bytes, strnlen(bytes, string->size));
}

/* A table's edges; none, where it is not in the file. */
static const struct recording_edge *table_edges(const struct recording *recording,
	const struct recording_table *table, size_t *n)
{
	uint64_t offset = recording_table_offset(table->place);
	uint64_t nedges = recording_table_nedges(table->place);

	*n = 0;
	if (!table->place || offset > recording->size)
		return NULL;
	*n = (recording->size - offset) / sizeof(struct recording_edge);
	if (*n > nedges)
		*n = nedges;
	return (const struct recording_edge *)(recording->bytes + offset);
}

const struct recording_edge *recording_next(const struct recording *recording,
	struct recording_cursor *cursor)
{
	size_t most = recording->size / sizeof(struct recording_edge), n;

	while (cursor->table < recording->ntables) {
		const struct recording_edge *edges =
			table_edges(recording, &recording->tables[cursor->table], &n);

		while (cursor->slot < n && cursor->nread < most) {
			const struct recording_edge *edge = &edges[cursor->slot++];

			cursor->nread++;
			if (edge->site && edge->callee)
				return edge;
		}
		cursor->table++;
		cursor->slot = 0;
	}
	return NULL;
}

const struct recording_object *recording_object(const struct recording *recording,
	unsigned index)
{
	return index < recording->nobjects && recording->objects[index].end
		       ? &recording->objects[index]
		       : NULL;
}
