#include "analyzer/routes/dispatch.h"

#include "core/arena.h"

uint32_t dispatch_add(struct dispatch_list *list, struct dispatch dispatch)
{
	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count] = dispatch;
	return (uint32_t)list->count++;
}
