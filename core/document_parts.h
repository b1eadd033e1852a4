/*
 * What a file of ours says, before anything that it refers to is looked up: its members
 * may come in any order. Each kind of file has a header, a summary with counts, and
 * sections of elements.
 */
#ifndef PCARCH_CORE_DOCUMENT_PARTS_H
#define PCARCH_CORE_DOCUMENT_PARTS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct error;

/* Any count fits: the writer keeps whole numbers up to 2^52 (json_uint). */
#define DOCUMENT_COUNT_MAX (UINT64_C(1) << 52)

enum {
	DOCUMENT_MAX_SECTIONS = 16,
	DOCUMENT_MAX_COUNTS = 16,
};

struct document_kind {
	const char *name; /* as in `kind` */
	const char *writer; /* the command, for messages */
	const char *const *sections;
	size_t nsections;
	const char *const *counts; /* of `summary`, in schema order */
	size_t ncounts;
};

/* One section's elements: as in the trace, or parts where there is a struct of them. */
struct part_list {
	void *items; /* heap */
	uint64_t *offsets; /* heap: where each stands in the file, in bytes */
	size_t count, room, offset_room;
	bool is_seen;
};

struct document_parts {
	const struct document_kind *kind;
	const char *file; /* for messages */
	struct part_list lists[DOCUMENT_MAX_SECTIONS];
	uint64_t summary[DOCUMENT_MAX_COUNTS];
	uint64_t summary_offset;
	const char *tool_version;
	bool has_version, has_kind, has_summary;
};

/* An element of a section. */
struct document_element {
	const struct document_parts *parts;
	size_t section, index;
};

void document_parts_release(struct document_parts *parts);

/* "byte 12: calls[3]: …". Returns false. */
bool document_parts_fail(struct error *err, struct document_element at, const char *fmt,
	va_list args) __attribute__((format(printf, 3, 0)));

/* Fails when the file lacks a member. */
bool document_parts_check(const struct document_parts *parts, struct error *err);

/* Fails when the summary counts otherwise. */
bool document_parts_check_counts(const struct document_parts *parts,
	const uint64_t *counts, struct error *err);

/* The elements of a section, `size` bytes each, in `arena`. */
void *document_parts_copy(const struct document_parts *parts, size_t section, size_t size,
	struct arena *arena);

#endif
