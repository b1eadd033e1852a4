/* A recording (core/record.h), read from its file without trusting it. */
#ifndef PCARCH_TRACER_RECORDING_H
#define PCARCH_TRACER_RECORDING_H

#include "core/record.h"

#include <stdbool.h>
#include <stddef.h>

struct error;
struct interner;

struct recording {
	const char *path; /* of the file, for messages; borrowed */
	char *bytes; /* heap: a copy, for its process may still cut it */
	size_t size;
	const struct recording_header *header;
	const struct recording_object *objects;
	size_t nobjects;
	const struct recording_table *tables;
	size_t ntables;
	const struct recording_trace *traces;
	size_t ntraces;
	const struct recording_edge *times; /* those with no site or callee are unused */
	size_t ntimes;
};

/* Fails on what is no recording, on another version, and on sections out of bounds. */
bool recording_read(struct recording *out, const char *path, struct error *err);

/* The same of `size` bytes at `bytes`, which are copied. */
bool recording_read_bytes(struct recording *out, const char *name, const void *bytes,
	size_t size, struct error *err);
void recording_release(struct recording *recording);

#define scoped_recording __attribute__((cleanup(recording_release))) struct recording

/* "" where it lies outside, and never with a NUL inside. */
const char *recording_text(const struct recording *recording, struct interner *strings,
	const struct recording_string *string);

/* Walks the edges of all tables; zeroed, it stands before the first. */
struct recording_cursor {
	size_t table, slot;
	size_t nread; /* slots: never more than the file can hold, however tables overlap
		       */
};

/* The next edge in use; NULL at the end. */
const struct recording_edge *recording_next(const struct recording *recording,
	struct recording_cursor *cursor);

/* NULL: in none that is there. */
const struct recording_object *recording_object(const struct recording *recording,
	unsigned index);

#endif
