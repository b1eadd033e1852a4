/*
 * The object files that ran, in whatever processes and at whatever address, and what the
 * addresses seen in them are in the source. First everything is asked for, then all is
 * resolved at once, then the answers are there.
 */
#ifndef PCARCH_TRACER_TRACED_OBJECTS_H
#define PCARCH_TRACER_TRACED_OBJECTS_H

#include "core/interner.h"
#include "core/key_table.h"
#include "tracer/code_map.h"
#include "tracer/object_code.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct recording;
struct recording_object;

struct traced_object {
	const char *path, *name; /* the name is without the directory */
	const char *build_id; /* hexadecimal; NULL: it has none */
	bool is_ours; /* instrumented, and so a part of the program */
	uint64_t main; /* address of main(), as in the file; 0: it is elsewhere */
	const char *problem; /* why nothing of it could be read; NULL: it could */
	uint64_t *addresses; /* heap */
	size_t naddresses, room;
	struct code_map map;
	struct object_code code; /* read where the map does not tell */
	bool has_code;
};

struct traced_objects {
	struct interner *strings;
	struct key_table keys; /* by path and build id */
	struct traced_object *items; /* heap, parallel to the keys */
	size_t room;
	struct key_table imported; /* names that our objects ask of others */
	struct key_table asked; /* places in others, as asked for traced_through() */
	const char **answers; /* heap, parallel */
	size_t answer_room;
};

void traced_objects_init(struct traced_objects *objects, struct interner *strings);
void traced_objects_release(struct traced_objects *objects);

#define scoped_objects \
	__attribute__((cleanup(traced_objects_release))) struct traced_objects

/* Its index here. */
uint32_t traced_objects_add(struct traced_objects *objects,
	const struct recording *recording, const struct recording_object *object);

/* `address`, as in the file, will be asked for. */
void traced_objects_want(struct traced_objects *objects, uint32_t object,
	uint64_t address);

/* Read all files; of ours, too, the symbols only, where that is asked for. */
void traced_objects_resolve(struct traced_objects *objects, bool only_symbols);

/* What is at an address. */
struct traced_place {
	const char *name; /* of the function; "+0x1139", its offset, where it has none */
	uint32_t function; /* in the object's map; CODE_NONE: only `name` is known */
	bool is_public;
	bool is_start; /* the function's first address; true, where that is not known */
	bool is_part; /* what the compiler split off the function */
};

/* The function that has the address in its own body. */
void traced_body(const struct traced_objects *objects, uint32_t object, uint64_t address,
	struct traced_place *out);

/* The function that a scope of the map is made from. */
void traced_scope(const struct traced_objects *objects, uint32_t object, uint32_t scope,
	struct traced_place *out);

/* Is the function at `place` main()? */
bool traced_is_main(const struct traced_objects *objects, uint32_t object,
	const struct traced_place *place);

/*
 * "libc.so.6:qsort": what of the object our own objects had called, for it to call back
 * from the address; or the object's name alone.
 */
const char *traced_through(struct traced_objects *objects, uint32_t object,
	uint64_t address);

#endif
