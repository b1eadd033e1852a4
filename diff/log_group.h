/* Events counted by what one of their members says. */
#ifndef PCARCH_DIFF_LOG_GROUP_H
#define PCARCH_DIFF_LOG_GROUP_H

#include "core/arena.h"
#include "core/interner.h"
#include "core/key_table.h"

#include <stddef.h>
#include <stdint.h>

struct event;

enum {
	LOG_GROUPS_MAX = 1 << 16, /* what comes after them is counted as one */
};

struct log_group {
	const char *value; /* NULL: events without the member, or beyond LOG_GROUPS_MAX */
	uint64_t count, nerrors; /* of level error and above */
	uint64_t first_ns, last_ns;
};

struct log_groups {
	const char *path; /* "error.code"; of "guid" the first half counts */
	struct arena arena;
	struct interner values;
	struct key_table keys;
	struct log_group *groups; /* heap, parallel to keys */
	size_t room;
	struct log_group missing, others;
};

void log_groups_init(struct log_groups *groups, const char *path);
void log_groups_release(struct log_groups *groups);

void log_groups_add(struct log_groups *groups, const struct event *event);

/* Most frequent first, then by value: log_groups.groups[0..keys.count). */
void log_groups_sort(struct log_groups *groups);

#endif
