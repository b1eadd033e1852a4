#include "diff/compare/change_list.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/dynamic_trace.h"

#include <stdlib.h>
#include <string.h>

const char *const change_what_names[CHANGE_WHAT_COUNT] = {
	[CHANGE_ROUTE] = "route",
	[CHANGE_ENTRY_POINT] = "entry-point",
	[CHANGE_DEPENDENCY] = "dependency",
	[CHANGE_CERTIFICATE] = "certificate",
	[CHANGE_FUNCTION] = "function",
	[CHANGE_CALL] = "call",
};

const char *const change_way_names[CHANGE_WAY_COUNT] = {
	[CHANGE_CAME] = "came",
	[CHANGE_WENT] = "went",
	[CHANGE_MOVED] = "moved",
	[CHANGE_OPENED] = "opened",
	[CHANGE_CLOSED] = "closed",
};

struct subject *subjects_add(struct subjects *list)
{
	struct subject *added;

	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	added = &list->items[list->count++];
	*added = (struct subject){.keys = {"", "", "", ""}, .at = {.file = ""}};
	return added;
}

void subjects_release(struct subjects *list)
{
	free(list->items);
	*list = (struct subjects){0};
}

void change_list_add(struct change_list *list, const struct change *change)
{
	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	list->items[list->count++] = *change;
}

static int compare_texts(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int compare_keys(const struct subject *a, const struct subject *b)
{
	int order = 0;

	for (size_t i = 0; !order && i < SUBJECT_KEYS; i++)
		order = strcmp(a->keys[i], b->keys[i]);
	return order;
}

static int compare_places(const struct diff_place *a, const struct diff_place *b)
{
	int order = strcmp(a->file, b->file);

	order = order ? order : compare_u32(a->line, b->line);
	return order ? order : compare_u32(a->column, b->column);
}

static int by_keys(const void *left, const void *right)
{
	const struct subject *a = left, *b = right;
	int order = compare_keys(a, b);

	order = order ? order : compare_texts(a->value, b->value);
	return order ? order : compare_places(&a->at, &b->at);
}

static void add_one(struct change_list *list, enum change_what what, enum change_way way,
	const struct subject *subject)
{
	struct change change = {
		.what = what,
		.way = way,
		.name = subject->keys[0],
		.other = subject->other,
		.before = {.file = ""},
		.after = {.file = ""},
		.count = subject->count,
		.module = subject->module,
		.is_minor = subject->is_outside,
	};

	*(way == CHANGE_WENT ? &change.before : &change.after) = subject->at;
	change_list_add(list, &change);
}

static void add_moved(struct change_list *list, enum change_what what,
	const struct subject *before, const struct subject *after)
{
	struct change change = {
		.what = what,
		.way = CHANGE_MOVED,
		.name = after->keys[0],
		.other = after->other,
		.detail = before->value,
		.before = before->at,
		.after = after->at,
		.count = after->count,
		.module = after->module,
	};

	change_list_add(list, &change);
}

static uint64_t sum(const struct subject *items, size_t count)
{
	uint64_t total = 0;

	for (size_t i = 0; i < count; i++)
		total = dynamic_sum(total, items[i].count);
	return total;
}

/* Those of one key: n of the one file, m of the other; one may be 0. */
struct group {
	struct subject *before, *after;
	size_t nbefore, nafter;
};

static void compare_counts(struct change_list *list, enum change_what what,
	const struct group *group)
{
	uint64_t before = sum(group->before, group->nbefore);
	uint64_t after = sum(group->after, group->nafter);
	struct subject one;

	bool only_presence = list->is_dynamic || what == CHANGE_DEPENDENCY;

	if (before == after || (only_presence && before && after))
		return;
	one = after > before ? group->after[group->nafter - 1]
			     : group->before[group->nbefore - 1];
	if (!before || !after)
		one = after ? group->after[0] : group->before[0];
	one.count = after > before ? after - before : before - after;
	add_one(list, what, after > before ? CHANGE_CAME : CHANGE_WENT, &one);
}

static bool is_telling(const struct subject *subject)
{
	return !subject->is_outside && strcmp(subject->keys[0], "main") != 0;
}

/* Take out what both have; each is sorted by value. */
static void drop_equal(struct change_list *list, struct group *group)
{
	size_t i = 0, k = 0, nbefore = 0, nafter = 0;

	while (i < group->nbefore && k < group->nafter) {
		int order = compare_texts(group->before[i].value, group->after[k].value);

		if (order < 0)
			group->before[nbefore++] = group->before[i++];
		else if (order > 0)
			group->after[nafter++] = group->after[k++];
		else
			list->nshared += is_telling(&group->before[i++]), k++;
	}
	while (i < group->nbefore)
		group->before[nbefore++] = group->before[i++];
	while (k < group->nafter)
		group->after[nafter++] = group->after[k++];
	group->nbefore = nbefore;
	group->nafter = nafter;
}

static void compare_values(struct change_list *list, enum change_what what,
	struct group *group)
{
	drop_equal(list, group);
	if (group->nbefore == 1 && group->nafter == 1) {
		add_moved(list, what, group->before, group->after);
		list->nmoved += is_telling(group->before);
		return;
	}
	for (size_t i = 0; i < group->nbefore; i++)
		add_one(list, what, CHANGE_WENT, &group->before[i]);
	for (size_t i = 0; i < group->nafter; i++)
		add_one(list, what, CHANGE_CAME, &group->after[i]);
}

/* How many of the sorted `items` have the keys of `of`. */
static size_t run_length(const struct subject *items, size_t count,
	const struct subject *of)
{
	size_t n = 0;

	while (n < count && compare_keys(&items[n], of) == 0)
		n++;
	return n;
}

/* Those from `i` on: where there are none, there may be no array to point into. */
static struct subject *from(const struct subjects *subjects, size_t i)
{
	static struct subject none;

	return i < subjects->count ? subjects->items + i : &none;
}

void change_list_compare(struct change_list *list, enum change_what what,
	struct subjects *before, struct subjects *after)
{
	size_t i = 0, k = 0;

	if (before->count)
		qsort(before->items, before->count, sizeof(*before->items), by_keys);
	if (after->count)
		qsort(after->items, after->count, sizeof(*after->items), by_keys);
	while (i < before->count || k < after->count) {
		struct group group = {from(before, i), from(after, k), 0, 0};
		const struct subject *first = group.before;

		if (i == before->count ||
			(k < after->count && compare_keys(group.after, first) < 0))
			first = group.after;
		group.nbefore = run_length(group.before, before->count - i, first);
		group.nafter = run_length(group.after, after->count - k, first);
		i += group.nbefore;
		k += group.nafter;
		if (first->value)
			compare_values(list, what, &group);
		else
			compare_counts(list, what, &group);
	}
}

size_t change_list_shared(const struct change_list *list, const struct subjects *before,
	const struct subjects *after)
{
	size_t fewer = before->count < after->count ? before->count : after->count;

	/* All may have moved at once, to another directory; a few names mean nothing. */
	if (!list->nshared && list->nmoved * 10 < fewer)
		return 0;
	return list->nshared + list->nmoved;
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The modules depended on, sorted: free() it. */
static const char **modules_of(const struct subjects *subjects)
{
	const char **names = xmalloc((subjects->count + 1) * sizeof(*names));

	for (size_t i = 0; i < subjects->count; i++)
		names[i] = subjects->items[i].keys[1];
	qsort(names, subjects->count, sizeof(*names), by_text);
	return names;
}

void change_list_dependencies(struct change_list *list, struct subjects *before,
	struct subjects *after)
{
	const char **olds = modules_of(before), **news = modules_of(after);
	size_t i = list->count;

	change_list_compare(list, CHANGE_DEPENDENCY, before, after);
	for (; i < list->count; i++) {
		struct change *change = &list->items[i];
		bool came = change->way == CHANGE_CAME;

		change->is_minor =
			change->is_minor && bsearch(&change->other, came ? olds : news,
						    came ? before->count : after->count,
						    sizeof(*olds), by_text);
	}
	free(olds);
	free(news);
}

static int by_what(const void *left, const void *right)
{
	const struct change *a = left, *b = right;
	int order = compare_u32(a->what, b->what);

	order = order ? order : compare_u32(a->way, b->way);
	order = order ? order : strcmp(a->name, b->name);
	order = order ? order : compare_texts(a->other, b->other);
	order = order ? order : compare_places(&a->after, &b->after);
	order = order ? order : compare_places(&a->before, &b->before);
	return order ? order : compare_texts(a->detail, b->detail);
}

void change_list_finish(struct change_list *list, struct changes *out)
{
	struct change *items = arena_alloc(list->arena, list->count * sizeof(*items));
	struct changes changes = {.is_dynamic = list->is_dynamic, .items = items};

	changes.nitems = list->count;
	if (list->count) {
		memcpy(items, list->items, list->count * sizeof(*items));
		qsort(items, list->count, sizeof(*items), by_what);
	}
	for (size_t i = 0; i < list->count; i++)
		changes.counts[items[i].what][items[i].way]++;
	free(list->items);
	*list = (struct change_list){.arena = list->arena};
	*out = changes;
}
