#include "core/document_parts.h"

#include "core/arena.h"
#include "core/error.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void document_parts_release(struct document_parts *parts)
{
	for (size_t i = 0; i < DOCUMENT_MAX_SECTIONS; i++) {
		free(parts->lists[i].items);
		free(parts->lists[i].offsets);
	}
	*parts = (struct document_parts){0};
}

bool document_parts_fail(struct error *err, struct document_element at, const char *fmt,
	va_list args)
{
	const struct document_parts *parts = at.parts;
	char text[512];

	vsnprintf(text, sizeof(text), fmt, args);
	return error_set_byte(err, parts->file,
		parts->lists[at.section].offsets[at.index], "%s[%zu]: %s",
		parts->kind->sections[at.section], at.index, text);
}

bool document_parts_check(const struct document_parts *parts, struct error *err)
{
	const char *missing = !parts->has_kind       ? "kind"
			      : !parts->has_version  ? "schema_version"
			      : !parts->tool_version ? "tool"
			      : !parts->has_summary  ? "summary"
						     : NULL;

	for (size_t i = 0; i < parts->kind->nsections && !missing; i++) {
		if (!parts->lists[i].is_seen)
			missing = parts->kind->sections[i];
	}
	return !missing || error_set(err, (struct location){parts->file, 0, 0},
				   "'%s' is missing: expected what '%s' writes", missing,
				   parts->kind->writer);
}

bool document_parts_check_counts(const struct document_parts *parts,
	const uint64_t *counts, struct error *err)
{
	for (size_t i = 0; i < parts->kind->ncounts; i++) {
		if (parts->summary[i] != counts[i])
			return error_set_byte(err, parts->file, parts->summary_offset,
				"summary: '%s' is %" PRIu64
				", but the file holds %" PRIu64,
				parts->kind->counts[i], parts->summary[i], counts[i]);
	}
	return true;
}

void *document_parts_copy(const struct document_parts *parts, size_t section, size_t size,
	struct arena *arena)
{
	const struct part_list *list = &parts->lists[section];
	void *items = arena_alloc(arena, list->count * size);

	if (list->count)
		memcpy(items, list->items, list->count * size);
	return items;
}
