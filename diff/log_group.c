#include "diff/log_group.h"

#include "core/event_json.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	NONCE_DIGITS = 32 /* of a GUID: what names the execution */
};

void log_groups_init(struct log_groups *groups, const char *path)
{
	*groups = (struct log_groups){
		.path = path, .keys = {.key_bytes = sizeof(const char *)}};
	groups->values.arena = &groups->arena;
}

void log_groups_release(struct log_groups *groups)
{
	key_table_release(&groups->keys);
	interner_release(&groups->values);
	arena_release(&groups->arena);
	free(groups->groups);
	groups->groups = NULL;
}

static void count(struct log_group *group, const struct event *event)
{
	if (!group->count++) {
		group->first_ns = event->time_ns;
		group->last_ns = event->time_ns;
	}
	group->nerrors += event->level >= EVENT_ERROR;
	if (event->time_ns < group->first_ns)
		group->first_ns = event->time_ns;
	if (event->time_ns > group->last_ns)
		group->last_ns = event->time_ns;
}

void log_groups_add(struct log_groups *groups, const struct event *event)
{
	scoped_text value = {0};
	const char *interned;
	uint32_t number;
	bool is_new;

	if (!event_json_find(event, groups->path, &value)) {
		count(&groups->missing, event);
		return;
	}
	if (strcmp(groups->path, "guid") == 0 && value.len > NONCE_DIGITS)
		value.len = NONCE_DIGITS;
	/* When there are enough, only those that are known go on. */
	if (groups->keys.count == LOG_GROUPS_MAX)
		interned = intern_find(&groups->values, text_string(&value), value.len);
	else
		interned = intern(&groups->values, text_string(&value), value.len);
	if (!interned) {
		count(&groups->others, event);
		return;
	}
	number = key_table_add(&groups->keys, &interned, &is_new);
	if (is_new) {
		groups->groups = grow(groups->groups, number, &groups->room,
			sizeof(*groups->groups));
		groups->groups[number] = (struct log_group){.value = interned};
	}
	count(&groups->groups[number], event);
}

static int compare(const void *a, const void *b)
{
	const struct log_group *left = a, *right = b;

	if (left->count != right->count)
		return (left->count < right->count) - (left->count > right->count);
	return strcmp(left->value, right->value);
}

void log_groups_sort(struct log_groups *groups)
{
	if (groups->keys.count)
		qsort(groups->groups, groups->keys.count, sizeof(*groups->groups),
			compare);
}
