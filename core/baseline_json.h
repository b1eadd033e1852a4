/*
 * Findings that are known, so that only new ones are reported:
 * schemas/baseline.schema.json. Each is known by its fingerprint; the names are there for
 * people.
 */
#ifndef PCARCH_CORE_BASELINE_JSON_H
#define PCARCH_CORE_BASELINE_JSON_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct error;
struct json_source;

struct baseline_entry {
	const char *fingerprint; /* 32 hexadecimal digits */
	const char *id; /* "PCA019" */
	const char *module, *function; /* or NULL */
};

struct baseline {
	const struct baseline_entry *entries; /* by fingerprint, each once */
	size_t count;
};

/* Read `path` into `arena`. Fails with the byte on what is no whole baseline. */
bool baseline_json_read(struct arena *arena, const char *path, struct baseline *out,
	struct error *err);

/* The same, of a file or a text in memory. */
bool baseline_json_read_source(struct arena *arena, const struct json_source *source,
	struct baseline *out, struct error *err);

/* Write, whole or not at all: sorted by id and names, so that a change is a few lines. */
bool baseline_json_save(const struct baseline *baseline, const char *path,
	struct error *err);

#endif
