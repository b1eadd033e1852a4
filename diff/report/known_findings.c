#include "diff/report/known_findings.h"

#include "core/arena.h"
#include "core/baseline_json.h"
#include "diff/report/diff_finding.h"

#include <stdlib.h>
#include <string.h>

static int by_fingerprint(const void *left, const void *right)
{
	const struct baseline_entry *a = left, *b = right;

	return strcmp(a->fingerprint, b->fingerprint);
}

bool known_findings_are_lasting(enum finding kind)
{
	return kind != FINDING_LOW_COVERAGE && kind != FINDING_INCOMPLETE_RECORDING &&
	       kind != FINDING_SUPPRESSION_WITHOUT_REASON &&
	       kind != FINDING_STALE_SUPPRESSION;
}

size_t known_findings_mark(struct diff_findings *findings,
	const struct baseline *baseline, const bool looked_for[FINDING_COUNT])
{
	bool *is_seen = xmalloc(baseline->count + 1);
	size_t ngone = 0;

	memset(is_seen, 0, baseline->count + 1);
	for (size_t i = 0; i < findings->count; i++) {
		struct diff_finding *finding = &findings->items[i];
		const struct baseline_entry key = {.fingerprint = finding->fingerprint};
		const struct baseline_entry *found = bsearch(&key, baseline->entries,
			baseline->count, sizeof(key), by_fingerprint);

		if (!found)
			continue;
		is_seen[found - baseline->entries] = true;
		if (known_findings_are_lasting(finding->kind))
			finding->state = DIFF_KNOWN;
	}
	for (size_t i = 0; i < baseline->count; i++) {
		const struct finding_kind *kind = finding_find(baseline->entries[i].id);

		ngone += !is_seen[i] && kind && looked_for[kind - finding_kinds];
	}
	free(is_seen);
	return ngone;
}

void known_findings_list(struct arena *arena, const struct diff_findings *findings,
	struct baseline *out)
{
	struct baseline_entry *entries =
		arena_alloc(arena, findings->count * sizeof(*entries));
	size_t count = 0;

	for (size_t i = 0; i < findings->count; i++) {
		const struct diff_finding *finding = &findings->items[i];

		if (finding->suppressed || !known_findings_are_lasting(finding->kind))
			continue;
		entries[count++] = (struct baseline_entry){finding->fingerprint,
			finding_kinds[finding->kind].id, finding->module,
			finding->function};
	}
	*out = (struct baseline){entries, count};
}
