/* static.json, both directions: schemas/static.schema.json. */
#ifndef PCARCH_CORE_STATIC_JSON_H
#define PCARCH_CORE_STATIC_JSON_H

#include <stdbool.h>
#include <stdio.h>

struct arena;
struct error;
struct json_source;
struct static_trace;

/* Write `trace` to `stream`, element by element; same trace, same bytes. False: errno. */
bool static_json_write(const struct static_trace *trace, FILE *stream);

/* The same to the file `path` ("-": stdout), replaced only when all is written. */
bool static_json_save(const struct static_trace *trace, const char *path,
	struct error *err);

/*
 * Read `path` ("-" is stdin) into `arena`. Everything that refers to something is
 * checked, and so is what the file says twice; members that this version does not know
 * are ignored. Fails with the byte offset of the element, or on a newer major version or
 * another kind.
 */
bool static_json_read(struct arena *arena, const char *path, struct static_trace *out,
	struct error *err);

/* The same, of a file or a text in memory. */
bool static_json_read_source(struct arena *arena, const struct json_source *source,
	struct static_trace *out, struct error *err);

#endif
