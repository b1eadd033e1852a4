#include "diff/report/finding_list.h"

#include "core/arena.h"
#include "core/compare.h"
#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

void finding_list_release(struct finding_list *list)
{
	free(list->items);
	list->items = NULL;
	list->count = list->room = 0;
}

/* With the NUL, so that no two lists of names are the same text. */
static void add_name(struct text *text, const char *name)
{
	text_add_bytes(text, name ? name : "", name ? strlen(name) + 1 : 1);
}

static void set_fingerprint(struct diff_finding *finding, const struct text *names)
{
	XXH128_hash_t hash = XXH3_128bits(names->bytes, names->len);

	snprintf(finding->fingerprint, sizeof(finding->fingerprint),
		"%016" PRIx64 "%016" PRIx64, (uint64_t)hash.high64, (uint64_t)hash.low64);
}

void finding_list_add(struct finding_list *list, const struct diff_finding *finding,
	const char *key)
{
	scoped_text names = {0};
	struct diff_finding *added;

	list->items = grow(list->items, list->count, &list->room, sizeof(*list->items));
	added = &list->items[list->count++];
	*added = *finding;
	if (!added->at.file)
		added->at.file = "";
	add_name(&names, finding_kinds[finding->kind].id);
	add_name(&names, finding->module);
	add_name(&names, finding->function);
	add_name(&names, key);
	set_fingerprint(added, &names);
}

static int by_place(const void *left, const void *right)
{
	const struct diff_finding *a = left, *b = right;
	int order = compare_u32(finding_kinds[a->kind].severity,
		finding_kinds[b->kind].severity);

	order = order ? order : strcmp(a->at.file, b->at.file);
	order = order ? order : compare_u32(a->at.line, b->at.line);
	order = order ? order : compare_u32(a->at.column, b->at.column);
	order = order ? order : compare_u32(a->kind, b->kind);
	order = order ? order : strcmp(a->message, b->message);
	return order ? order : strcmp(a->fingerprint, b->fingerprint);
}

/* Of equal fingerprints the one that stands first. */
static int by_fingerprint(const void *left, const void *right)
{
	const struct diff_finding *a = *(const struct diff_finding *const *)left;
	const struct diff_finding *b = *(const struct diff_finding *const *)right;
	int order = strcmp(a->fingerprint, b->fingerprint);

	return order ? order : (a > b) - (a < b);
}

static void number(struct diff_finding *finding, size_t occurrence)
{
	scoped_text names = {0};

	add_name(&names, finding->fingerprint);
	text_printf(&names, "%zu", occurrence);
	set_fingerprint(finding, &names);
}

static void number_all(struct diff_finding *items, size_t count)
{
	struct diff_finding **sorted =
		xmalloc((count + 1) * sizeof(struct diff_finding *));
	char first[FINGERPRINT_DIGITS + 1] = "";
	size_t occurrence = 0;

	for (size_t i = 0; i < count; i++)
		sorted[i] = &items[i];
	qsort(sorted, count, sizeof(struct diff_finding *), by_fingerprint);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(sorted[i]->fingerprint, first) == 0) {
			number(sorted[i], ++occurrence);
			continue;
		}
		memcpy(first, sorted[i]->fingerprint, sizeof(first));
		occurrence = 0;
	}
	free(sorted);
}

void finding_list_finish(const struct finding_list *list, struct diff_findings *out)
{
	struct diff_finding *items =
		arena_alloc(list->arena, list->count * sizeof(*items));

	if (list->count)
		memcpy(items, list->items, list->count * sizeof(*items));
	qsort(items, list->count, sizeof(*items), by_place);
	number_all(items, list->count);
	*out = (struct diff_findings){items, list->count};
}
