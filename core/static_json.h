/* static.json, both directions: schemas/static.schema.json. */
#ifndef PCARCH_CORE_STATIC_JSON_H
#define PCARCH_CORE_STATIC_JSON_H

#include <stdbool.h>
#include <stdio.h>

struct arena;
struct error;
struct static_trace;

/* Write `trace` to `stream`, element by element; same trace, same bytes. False: errno. */
bool static_json_write(const struct static_trace *trace, FILE *stream);

/* Read `path` ("-" is stdin) into `arena`. Everything that refers to something is
 * checked. */
bool static_json_read(struct arena *arena, const char *path, struct static_trace *out,
	struct error *err);

#endif
