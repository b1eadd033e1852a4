/* Reading a file of ours, one element at a time. */
#ifndef PCARCH_CORE_DOCUMENT_READ_JSON_H
#define PCARCH_CORE_DOCUMENT_READ_JSON_H

#include "core/interner.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct document_parts;
struct document_reader;
struct error;
struct json_source;
struct members;

/*
 * How the elements of a section are read: into `out`, `item_bytes` of zeros. Where that
 * is 0 they are only counted: `out` is NULL, and strings are gone after the call.
 */
struct document_section {
	size_t item_bytes;
	void (*read)(struct document_reader *reader, struct members *in, void *out);
	/*
	 * A member of the elements, an array whose items are read one by one, each before
	 * its element, which then has none; NULL: none. Its strings are gone, too.
	 */
	const char *inner;
	void (*read_inner)(struct document_reader *reader, struct members *in);
};

struct document_reader {
	struct document_parts *parts; /* of a kind */
	struct arena *arena; /* what is kept goes there */
	const struct document_section *sections; /* one for each of the kind's */
	/* What the summary says besides its counts. */
	void (*read_summary)(struct document_reader *reader, struct members *in);
	struct interner interner; /* of strings in `arena` */
};

/*
 * Read `source` into reader->parts, which are the caller's to release, whatever comes
 * out. Fails, with the byte offset of the element, on what is not a whole file of that
 * kind and of a version that is read here; members that are not known are ignored.
 */
bool document_read(struct document_reader *reader, const struct json_source *source,
	struct error *err);

#endif
