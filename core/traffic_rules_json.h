/* Traffic rules, read: schemas/traffic.schema.json. */
#ifndef PCARCH_CORE_TRAFFIC_RULES_JSON_H
#define PCARCH_CORE_TRAFFIC_RULES_JSON_H

#include <stdbool.h>

struct arena;
struct error;
struct json_source;
struct traffic_rules;

enum {
	TRAFFIC_RULES_MAX_BYTES = 16 << 20,
	TRAFFIC_RULES_MAX_PROGRAMS = 1000,
};

/*
 * Read a file, all of it into `arena`. It is held against the schema first; an error
 * points at the line and column, for people write these files.
 */
bool traffic_rules_read(struct arena *arena, const struct json_source *source,
	struct traffic_rules *out, struct error *err);

#endif
