/* What a pcarch file says that it is. */
#ifndef PCARCH_CORE_DOCUMENT_JSON_H
#define PCARCH_CORE_DOCUMENT_JSON_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct cJSON;
struct error;
struct json_source;
struct member_source;

struct document {
	const char *kind, *version; /* in the arena; NULL: missing, or not a string */
	uint64_t kind_offset, version_offset; /* in bytes */
};

/*
 * Read `kind` and `schema_version`, and no more of the text than it takes to find them.
 * Fails when that part is not JSON.
 */
bool document_identify(struct arena *arena, const struct json_source *source,
	struct document *out, struct error *err);

/* Is `value` a schema version that is read here? If not, the source has failed. */
void document_check_version(struct member_source *source, const struct cJSON *value);

#endif
