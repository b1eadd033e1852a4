/* dynamic.json, both directions: schemas/dynamic.schema.json. */
#ifndef PCARCH_CORE_DYNAMIC_JSON_H
#define PCARCH_CORE_DYNAMIC_JSON_H

#include <stdbool.h>
#include <stdio.h>

struct arena;
struct dynamic_skim;
struct dynamic_trace;
struct error;
struct json_source;

/* Write `trace` to `stream`, element by element; same trace, same bytes. False: errno. */
bool dynamic_json_write(const struct dynamic_trace *trace, FILE *stream);

/* The same to the file `path` ("-": stdout), replaced only when all is written. */
bool dynamic_json_save(const struct dynamic_trace *trace, const char *path,
	struct error *err);

/*
 * Read `path` ("-" is stdin) into `arena`. Everything that refers to something is
 * checked, and so are sums; members that this version does not know, and the record that
 * a span repeats, are ignored. Fails with the byte offset of the element, or on a newer
 * major version or another kind.
 */
bool dynamic_json_read(struct arena *arena, const char *path, struct dynamic_trace *out,
	struct error *err);

/* The same, of a file or a text in memory. */
bool dynamic_json_read_source(struct arena *arena, const struct json_source *source,
	struct dynamic_trace *out, struct error *err);

/*
 * The same into skim->arena, and with every check, but of the traces only what
 * core/dynamic_skim.h keeps, so that memory does not grow with their spans.
 */
bool dynamic_json_skim(struct dynamic_skim *skim, const struct json_source *source,
	struct dynamic_trace *out, struct error *err);

#endif
