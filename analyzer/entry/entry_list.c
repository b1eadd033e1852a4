#include "analyzer/entry/entry_list.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	MAX_PLACES = 6 /* that are listed of one entry point */
};

void entry_list_add(struct entry_list *list, const struct entry *entry)
{
	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count++] = *entry;
}

void entry_describe(struct entry *entry, const char *key, const char *value)
{
	if (!value || entry->nmetadata == ENTRY_METADATA)
		return;
	for (size_t i = 0; i < entry->nmetadata; i++)
		if (strcmp(entry->metadata[i].key, key) == 0)
			return; /* a member of an object */
	entry->metadata[entry->nmetadata++] = (struct metadata){key, value};
}

/* A callback of an event loop is one as any other to whoever asks for its type. */
static enum rule_kind type_of(enum rule_kind kind)
{
	return kind == RULE_EVENT ? RULE_CALLBACK : kind;
}

const char *entry_type(enum rule_kind kind)
{
	return rule_kind_names[type_of(kind)];
}

static int compare_texts(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "");
}

/* One handler of several signals is one entry point, and says which. */
static bool is_joined(const struct metadata *metadata)
{
	return strcmp(metadata->key, "signal") == 0;
}

static int compare_metadata(const struct entry *a, const struct entry *b)
{
	int order = 0;
	size_t i = 0;

	for (; !order && i < a->nmetadata && i < b->nmetadata; i++) {
		const struct metadata *left = &a->metadata[i], *right = &b->metadata[i];

		order = strcmp(left->key, right->key);
		if (!order && !is_joined(left))
			order = strcmp(left->value, right->value);
	}
	return order ? order
		     : compare_u32((uint32_t)a->nmetadata, (uint32_t)b->nmetadata);
}

/* By all that makes it an entry point of its own, so not by lines. */
static int compare_entries(const struct entry *a, const struct entry *b,
	const struct function *functions)
{
	const struct function *f = &functions[a->function], *g = &functions[b->function];
	int order = (int)type_of(a->kind) - (int)type_of(b->kind);

	order = order ? order : strcmp(f->file, g->file);
	order = order ? order : strcmp(f->name, g->name);
	order = order ? order : compare_u32(a->function, b->function);
	order = order ? order : (int)a->is_weak - (int)b->is_weak;
	return order ? order : compare_metadata(a, b);
}

static int by_place(const void *left, const void *right, void *functions)
{
	const struct entry *a = left, *b = right;
	int order = compare_entries(a, b, functions);

	order = order ? order : compare_texts(a->by, b->by);
	order = order ? order : compare_texts(a->file, b->file);
	return order ? order : compare_u32(a->line, b->line);
}

/* Of one registering call: "event_set at a.c:1, b.c:2". */
static void list_places(struct text *text, const struct entry *entries, size_t count)
{
	size_t listed = 0;

	text_printf(text, "%s%s", text->len ? "; " : "", entries->by);
	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = &entries[i];
		bool is_same = i && entry->line == entry[-1].line &&
			       compare_texts(entry->file, entry[-1].file) == 0;

		if (!entry->file || is_same || listed++ >= MAX_PLACES)
			continue;
		text_printf(text, "%s%s:%u", listed > 1 ? ", " : " at ", entry->file,
			entry->line);
	}
	if (listed > MAX_PLACES)
		text_printf(text, " and %zu more", listed - MAX_PLACES);
}

/* All that registers one entry point; NULL when nothing is known. */
static const char *registration(struct arena *arena, const struct entry *entries,
	size_t count)
{
	scoped_text text = {0};
	size_t end;

	for (size_t i = 0; i < count; i = end) {
		end = i + 1;
		while (end < count && !compare_texts(entries[end].by, entries[i].by))
			end++;
		if (entries[i].by)
			list_places(&text, &entries[i], end - i);
	}
	return text.len ? arena_strdup(arena, text_string(&text)) : NULL;
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* "SIGINT, SIGTERM": what several entries have at number `at` of their metadata. */
static const char *join(struct arena *arena, const struct entry *entries, size_t count,
	size_t at)
{
	const char **values = xmalloc(count * sizeof(*values));
	scoped_text text = {0};

	for (size_t i = 0; i < count; i++)
		values[i] = entries[i].metadata[at].value;
	qsort(values, count, sizeof(*values), by_text);
	for (size_t i = 0; i < count; i++)
		if (!i || strcmp(values[i], values[i - 1]) != 0)
			text_printf(&text, "%s%s", i ? ", " : "", values[i]);
	free(values);
	return arena_strdup(arena, text_string(&text));
}

static struct entry_point write_one(struct arena *arena, const struct entry *entries,
	size_t count, unsigned number)
{
	const char *type = entry_type(entries->kind);
	const char *registered = registration(arena, entries, count);
	size_t nmetadata = entries->nmetadata;
	struct metadata *metadata =
		arena_alloc(arena, (nmetadata + 1) * sizeof(*metadata));

	memcpy(metadata, entries->metadata, nmetadata * sizeof(*metadata));
	for (size_t i = 0; i < nmetadata; i++)
		if (is_joined(&metadata[i]))
			metadata[i].value = join(arena, entries, count, i);
	if (registered)
		metadata[nmetadata++] = (struct metadata){"registered_by", registered};
	return (struct entry_point){
		.id = arena_printf(arena, "%s_%u", type, number),
		.type = type,
		.function = entries->function,
		.metadata = metadata,
		.nmetadata = nmetadata,
	};
}

static bool is_of_same_kind(const struct entry *a, const struct entry *b)
{
	return a->function == b->function && type_of(a->kind) == type_of(b->kind);
}

/* Weak ones come after the others of their kind and function: drop them there. */
static void drop_weak(struct entry_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct entry *entry = &list->items[i];
		const struct entry *last = kept ? &list->items[kept - 1] : NULL;

		if (entry->is_weak && last && !last->is_weak &&
			is_of_same_kind(entry, last))
			continue;
		list->items[kept++] = *entry;
	}
	list->count = kept;
}

void entry_list_write(struct entry_list *list, struct arena *arena,
	struct static_trace *trace)
{
	struct function *functions = (struct function *)trace->functions;
	struct entry_point *written = arena_alloc(arena, list->count * sizeof(*written));
	size_t count = 0, end;
	enum rule_kind last = RULE_NO_KIND;
	unsigned number = 0;

	if (list->count)
		qsort_r(list->items, list->count, sizeof(*list->items), by_place,
			functions);
	drop_weak(list);
	for (size_t i = 0; i < list->count; i = end) {
		const struct entry *first = &list->items[i];

		end = i + 1;
		while (end < list->count &&
			!compare_entries(first, &list->items[end], functions))
			end++;
		if (type_of(first->kind) != last)
			number = 0;
		last = type_of(first->kind);
		written[count++] = write_one(arena, first, end - i, number++);
	}
	trace->entry_points = written;
	trace->nentry_points = count;
}
