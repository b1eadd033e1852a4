/*
 * Stories: traces that belong together, because they share an execution or one links to
 * the other. A story is a connected component over trace ids and links; the executions of
 * one session are no story.
 */
#ifndef PCARCH_DIFF_STORY_LINKS_H
#define PCARCH_DIFF_STORY_LINKS_H

#include "core/key_table.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event;
struct observed_trace;

enum {
	STORY_NONE = UINT32_MAX
};

struct story_links {
	struct key_table ids; /* 16 bytes: trace ids, and the nonces of GUIDs */
	uint32_t *parents; /* heap: a forest, the root names the story */
	size_t room;
};

void story_links_init(struct story_links *links);
void story_links_release(struct story_links *links);

/* Join what an event, or a trace of dynamic.json, says to belong together. */
void story_links_event(struct story_links *links, const struct event *event);
void story_links_trace(struct story_links *links, const struct observed_trace *trace);

/* The story of a trace id or GUID, in hex; STORY_NONE: not known. Valid until the next
 * one is joined. */
uint32_t story_links_of(struct story_links *links, const char *id);

#endif
