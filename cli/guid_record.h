/* Steps that events have recorded, and whether they give the GUID beside them. */
#ifndef PCARCH_CLI_GUID_RECORD_H
#define PCARCH_CLI_GUID_RECORD_H

#include "core/guid_steps.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct guid_keys;

/* Of one line of a log; strings are the line's, NULL where it has none. */
struct guid_record {
	const char *file;
	uint64_t line;
	const char *event, *guid, *key_id, *user_ref, *route_id, *path_id;
	const struct guid_way_step *steps;
	size_t nsteps;
	const char *malformed; /* a step that is none; NULL: all are */
};

/* Where records are told, and what was in the logs. */
struct guid_records {
	/* `record` lasts until it returns. */
	void (*each)(void *context, const struct guid_record *record);
	void *context;
	uint64_t nevents; /* with and without steps */
	uint64_t nunread; /* lines that are no events */
};

/* Tell of each event with steps in the log at `path`, "-" is stdin. The first line that
 * is no event is warned of. False: it cannot be read. */
bool guid_records_read(struct guid_records *records, const char *path, struct error *err);

enum guid_verdict {
	GUID_GOOD,
	GUID_NO_KEY, /* its key is not among ours */
	GUID_BAD_STEP, /* a step is none, or the GUID or user_ref is none */
	GUID_BAD_TAG, /* the steps give another tag */
	GUID_BAD_ROUTE, /* the tag is right, route_id or path_id is not */
};

/* Recompute it with the key that it names, or with each of them when it names none. */
enum guid_verdict guid_record_verify(const struct guid_record *record,
	const struct guid_keys *keys);

#endif
