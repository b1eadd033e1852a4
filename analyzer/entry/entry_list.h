/* Entry points being collected, from where they were found to their ids. */
#ifndef PCARCH_ANALYZER_ENTRY_ENTRY_LIST_H
#define PCARCH_ANALYZER_ENTRY_ENTRY_LIST_H

#include "core/rule_file.h"
#include "core/trace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	ENTRY_METADATA = 8 /* pairs of one entry point, besides where it is registered */
};

/* One reason for a function to be an entry point. Strings are the program's. */
struct entry {
	enum rule_kind kind;
	uint32_t function; /* of the trace */
	/* It says less than others of the same kind and function, and gives way to them.
	 */
	bool is_weak;
	const char *by; /* what registers it: "pthread_create"; NULL: nothing does */
	const char *file; /* where; NULL: nowhere in particular */
	unsigned line;
	struct metadata metadata[ENTRY_METADATA]; /* without those whose value is NULL */
	size_t nmetadata;
};

/* A zeroed struct is an empty list; free(items). */
struct entry_list {
	struct entry *items;
	size_t count, room;
};

void entry_list_add(struct entry_list *list, const struct entry *entry);

/* Say one more thing of `entry`; nothing when `value` is NULL. */
void entry_describe(struct entry *entry, const char *key, const char *value);

/* The type of entry points of that kind: "cli", "callback", … */
const char *entry_type(enum rule_kind kind);

/*
 * Write them into `trace`, in `arena`: those that differ only in the place where they are
 * registered are one.
 */
void entry_list_write(struct entry_list *list, struct arena *arena,
	struct static_trace *trace);

#endif
