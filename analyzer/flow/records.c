#include "analyzer/flow/records.h"

#include "analyzer/facts/facts.h"
#include "core/arena.h"
#include "core/key_table.h"
#include "core/source_paths.h"

#include <stdlib.h>
#include <string.h>

/* A definition: by its place (file and offset), or by what it looks like. */
struct record_key {
	const char *text; /* file, or name */
	const char *shape; /* NULL: the key of a place */
	uint64_t offset;
};

struct known {
	const char *name;
	uint32_t same_as; /* itself, or an older one of its class */
	bool is_system;
};

struct flow_records {
	struct source_paths *paths;
	struct key_table keys;
	struct known *known; /* one for each key */
	size_t nknown, room;
};

struct flow_records *flow_records_new(struct source_paths *paths)
{
	struct flow_records *records = xmalloc(sizeof(*records));

	*records = (struct flow_records){
		.paths = paths,
		.keys.key_bytes = sizeof(struct record_key),
	};
	return records;
}

void flow_records_free(struct flow_records *records)
{
	key_table_release(&records->keys);
	free(records->known);
	free(records);
}

static uint32_t root_of(struct flow_records *records, uint32_t record)
{
	struct known *known = records->known;

	while (known[record].same_as != record) {
		known[record].same_as = known[known[record].same_as].same_as;
		record = known[record].same_as;
	}
	return record;
}

static struct record_key place_key(struct flow_records *records,
	const struct facts *facts, const struct facts_record *from)
{
	const char *path = from->file == FACTS_NONE
				   ? ""
				   : facts_string(facts, facts->files[from->file].path);

	return (struct record_key){
		.text = source_paths_intern(records->paths, path),
		.offset = from->offset,
	};
}

/* Of several names the first; a type that a system header declares is the system's. */
static void describe(struct known *known, const char *name, bool is_system)
{
	if (!known->name[0] || (name[0] && strcmp(name, known->name) < 0))
		known->name = name;
	known->is_system |= is_system;
}

/* The root of the class that the key belongs to. */
static uint32_t add_key(struct flow_records *records, struct record_key key,
	const char *name, bool is_system)
{
	bool is_new;
	uint32_t index = key_table_add(&records->keys, &key, &is_new);

	if (is_new) {
		records->known = grow(records->known, records->nknown, &records->room,
			sizeof(*records->known));
		records->known[records->nknown++] = (struct known){name, index, false};
	}
	index = root_of(records, index);
	describe(&records->known[index], name, is_system);
	return index;
}

static void add_one(struct flow_records *records, const struct facts *facts,
	const struct facts_record *from)
{
	const char *name =
		source_paths_intern(records->paths, facts_string(facts, from->name));
	bool is_system = from->flags & RECORD_SYSTEM;
	struct record_key looks = {.text = name};
	uint32_t place, same, older, newer;

	place = add_key(records, place_key(records, facts, from), name, is_system);
	if (!name[0] || (from->flags & RECORD_PRIVATE))
		return;
	looks.shape =
		source_paths_intern(records->paths, facts_string(facts, from->shape));
	same = add_key(records, looks, name, is_system);
	older = same < place ? same : place;
	newer = same < place ? place : same;
	records->known[newer].same_as = older;
	describe(&records->known[older], records->known[newer].name,
		records->known[newer].is_system);
}

void flow_records_add(struct flow_records *records, const struct facts *facts)
{
	for (size_t i = 0; i < facts->nrecords; i++)
		add_one(records, facts, &facts->records[i]);
}

uint32_t flow_records_find(struct flow_records *records, const struct facts *facts,
	uint32_t record)
{
	struct record_key key = place_key(records, facts, &facts->records[record]);

	return root_of(records, key_table_find(&records->keys, &key));
}

const char *flow_records_name(const struct flow_records *records, uint32_t record)
{
	return records->known[record].name;
}

bool flow_records_is_system(const struct flow_records *records, uint32_t record)
{
	return records->known[record].is_system;
}
