#include "diff/story_links.h"

#include "core/arena.h"
#include "core/dynamic_trace.h"
#include "core/event_json.h"

#include <stdlib.h>
#include <string.h>

enum {
	ID_BYTES = 16
};

void story_links_init(struct story_links *links)
{
	*links = (struct story_links){.ids = {.key_bytes = ID_BYTES}};
}

void story_links_release(struct story_links *links)
{
	key_table_release(&links->ids);
	free(links->parents);
	links->parents = NULL;
}

/* The first 32 hex digits: of a GUID, what names the execution. */
static bool read_id(const char *hex, uint8_t out[ID_BYTES])
{
	for (size_t i = 0; i < (size_t)2 * ID_BYTES; i++) {
		unsigned c = (unsigned char)hex[i];
		unsigned digit = c >= 'a' ? c - 'a' + 10 : c - '0';

		if (digit > 15 || (c >= 'a') != (digit > 9))
			return false;
		out[i / 2] = (uint8_t)(i % 2 ? out[i / 2] | digit : digit << 4);
	}
	return true;
}

static uint32_t find_root(struct story_links *links, uint32_t number)
{
	while (links->parents[number] != number) {
		links->parents[number] = links->parents[links->parents[number]];
		number = links->parents[number];
	}
	return number;
}

/* STORY_NONE for what is no id. */
static uint32_t add(struct story_links *links, const char *hex)
{
	uint8_t id[ID_BYTES];
	uint32_t number;
	bool is_new;

	if (!hex || !read_id(hex, id))
		return STORY_NONE;
	number = key_table_add(&links->ids, id, &is_new);
	if (is_new) {
		links->parents = grow(links->parents, number, &links->room,
			sizeof(*links->parents));
		links->parents[number] = number;
	}
	return find_root(links, number);
}

/* The lower number becomes the root, so that the result does not depend on the order. */
static void join(struct story_links *links, const char *left, const char *right)
{
	uint32_t a = add(links, left), b = add(links, right);

	if (a == STORY_NONE || b == STORY_NONE)
		return;
	if (a < b)
		links->parents[b] = a;
	else
		links->parents[a] = b;
}

/* One of an event's links, while its members come one by one. */
struct link {
	struct story_links *links;
	const char *trace_id; /* of the event */
	size_t index;
	char to[33];
	bool is_session;
};

static void end_link(struct link *link)
{
	if (link->to[0] && !link->is_session)
		join(link->links, link->trace_id, link->to);
	link->to[0] = '\0';
	link->is_session = false;
}

/* "[0].relation", "[0].guid", "[0].trace_id" */
static void take_member(void *context, const char *path, const char *value)
{
	struct link *link = context;
	char *member;
	size_t index = strtoul(path + 1, &member, 10);

	if (*path != '[')
		return;
	if (index != link->index)
		end_link(link);
	link->index = index;
	if (strcmp(member, "].relation") == 0)
		link->is_session = strcmp(value, "session") == 0;
	else if (strcmp(member, "].guid") == 0 || strcmp(member, "].trace_id") == 0)
		snprintf(link->to, sizeof(link->to), "%.32s", value);
}

void story_links_event(struct story_links *links, const struct event *event)
{
	struct link link = {.links = links, .trace_id = event->trace_id};

	join(links, event->trace_id, event->guid);
	event_json_values(event, "links", take_member, &link);
	end_link(&link);
}

void story_links_trace(struct story_links *links, const struct observed_trace *trace)
{
	add(links, trace->id);
	join(links, trace->id, trace->guid);
	for (size_t i = 0; i < trace->nlinks; i++)
		join(links, trace->id, trace->links[i]);
}

uint32_t story_links_of(struct story_links *links, const char *id)
{
	uint8_t bytes[ID_BYTES];
	uint32_t number;

	if (!id || !links->ids.count || !read_id(id, bytes))
		return STORY_NONE;
	number = key_table_find(&links->ids, bytes);
	return number == UINT32_MAX ? STORY_NONE : find_root(links, number);
}
