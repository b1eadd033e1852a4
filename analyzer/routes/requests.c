#include "analyzer/routes/requests.h"

#include "analyzer/routes/dispatch.h"
#include "core/arena.h"

#include <string.h>

/* RFC 9110, 9.1, and RFC 5789 */
static bool is_method(const char *word)
{
	static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE",
		"CONNECT", "OPTIONS", "TRACE", "PATCH"};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (strcmp(methods[i], word) == 0)
			return true;
	return false;
}

static void name_entry(struct arena *arena, struct dispatch_entry *entry)
{
	const char *method = NULL, *path = NULL, **words;

	for (size_t i = 0; i < entry->nwords; i++) {
		if (is_method(entry->words[i]))
			method = entry->words[i];
		else if (entry->words[i][0] == '/')
			path = entry->words[i];
	}
	if (!method || !path)
		return;
	words = arena_alloc(arena, sizeof(*words));
	words[0] = arena_printf(arena, "%s %s", method, path);
	entry->words = words;
	entry->nwords = 1;
}

void requests_name(struct arena *arena, struct dispatch_list *dispatches)
{
	for (size_t i = 0; i < dispatches->count; i++) {
		struct dispatch *dispatch = &dispatches->items[i];
		struct dispatch_entry *entries =
			arena_alloc(arena, (dispatch->nentries + 1) * sizeof(*entries));

		for (size_t e = 0; e < dispatch->nentries; e++) {
			entries[e] = dispatch->entries[e];
			name_entry(arena, &entries[e]);
		}
		dispatch->entries = entries;
	}
}
